import type { signin as zh } from '../zh-CN/signin.ts'

export const signin: typeof zh = {
  title: 'Sign in',
  welcome: 'The policy finds the person',
  lead: 'Households entitled and not receiving, at your hand: what is missing, by which clause, and what to ask next.',
  username: 'Account',
  password: 'Password',
  submit: 'Sign in',
  usernameNeeded: 'Enter your account',
  passwordNeeded: 'Enter your password',
  picture: 'Line drawing of the five-arched Fangsheng Bridge of Qingpu and its reflection',
  demo: {
    title: 'Demonstration accounts',
    body: 'One press fills in the account and its password.',
  },
  errors: {
    wrong: 'The account or the password is wrong. Look at the capitals again.',
    locked:
      'Too many failures; the account is locked for a while. Try again in 15 minutes or ask the security administrator.',
    offline:
      'The server cannot be reached. Check the network, or ask whether the service is running.',
    other: 'Signing in did not work. {{detail}}',
  },
}
