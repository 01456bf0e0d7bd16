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
  chosen: 'Your password is set. Sign in with the account {{account}}.',
  code: {
    title: 'Enter your code',
    lead: 'Open the authenticator on your phone and enter the six digits under “Qiao”.',
    label: 'Code',
    recovery: 'Phone not at hand: use a recovery code',
    recoveryLead: 'Enter one of the recovery codes you wrote down. Each works once.',
    recoveryLabel: 'Recovery code',
    back: 'Use the authenticator',
    needed: 'Please fill in',
    submit: 'Continue',
    anew: 'Another account',
  },
  enrolment: {
    title: 'Set up an authenticator first',
    lead: 'By rule you sign in with a code from your phone beside the password. This is set up once.',
    submit: 'Set up and sign in',
    go: 'Written down, go on',
  },
  invitation: {
    title: 'Choose your password',
    for: 'Hello {{name}}. Your post is {{role}}, your account is',
    submit: 'Set the password',
    void: 'This invitation is no longer valid',
    toSignIn: 'To sign-in',
  },
  signOn: {
    button: 'Sign in with the district’s sign-on',
    accept: 'Accept with the district’s sign-on',
    or: 'or',
    working: 'Checking with the district’s sign-on…',
    failed: 'You are not signed in',
    back: 'Back to sign-in',
  },
  errors: {
    wrong: 'The account or the password is wrong. Look at the capitals again.',
    locked:
      'Too many failures; the account is locked for a while. Try again in 15 minutes or ask the security administrator.',
    offline:
      'The server cannot be reached. Check the network, or ask whether the service is running.',
    other: 'Signing in did not work. {{detail}}',
    said: '{{title}}. {{detail}}',
    code: 'Wrong, or used already. Wait for the next code.',
    anew: 'More than ten minutes have passed; enter account and password again.',
  },
}
