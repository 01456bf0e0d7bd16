import { expect, test } from 'vitest'
import { mayOf } from './access-matrix.ts'
import { administrators, passwordProblem, roleName, roles } from './staff.ts'

const granted = (role: string) => [...mayOf(role)].sort()

test('the three administrators may do nothing with cases, leads or runs', () => {
  for (const role of administrators) {
    expect(
      granted(role).filter((may) => /^(households|leads|runs)\./.test(may)),
      role,
    ).toEqual([])
  }
})

test('no administrator may do all that another may: what one changes another sees', () => {
  expect(granted('system-admin')).toContain('policies.write')
  expect(granted('security-admin')).not.toContain('policies.write')
  const changing = granted('audit-admin').filter((may) => !/\.(read|export)$/.test(may))
  // How they themselves sign in is everybody's to change.
  expect(changing).toEqual(['account.own'])
})

test('only the district enters figures and starts runs, of those who work on cases', () => {
  for (const may of ['policies.write', 'runs.write']) {
    expect(['advisor', 'township'].filter((role) => granted(role).includes(may))).toEqual([])
    expect(granted('district')).toContain(may)
  }
})

test('a role that does not exist may do nothing, whatever it is called', () => {
  for (const role of ['', 'admin', 'job', 'toString', '__proto__', 'constructor', 'District']) {
    expect(mayOf(role), role).toEqual([])
  }
})

test('every role has a name in Chinese; an unknown one stays as it is', () => {
  for (const role of Object.keys(roles)) expect(roleName(role)).toMatch(/^[一-龥]+$/)
  expect(roleName('somebody')).toBe('somebody')
})

test('a password is measured in characters, not in the bytes of its script', () => {
  expect(passwordProblem('九峰三泖水乡青浦桥头人家', 'wang')).toBeUndefined()
  expect(passwordProblem('🌉🌊🌾🐟🚣🏮🍵🌙⭐🌸🍃', 'wang')).toBe('口令至少 12 个字符')
  expect(passwordProblem('🌉🌊🌾🐟🚣🏮🍵🌙⭐🌸🍃🪷', 'wang')).toBeUndefined()
})

test('a password asks for length, not for signs and numbers', () => {
  expect(passwordProblem('a bridge over the river', 'wang')).toBeUndefined()
  expect(passwordProblem('P4$$w0rd!', 'wang')).toBe('口令至少 12 个字符')
  expect(passwordProblem('wwwwwwwwwwwwww', 'x')).toMatch(/过于简单/)
  expect(passwordProblem('my name is Wang', 'wang')).toBe('口令不能包含账号')
})
