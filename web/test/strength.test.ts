import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { guessedBy } from '../../server/src/features/staff/guessing.ts'
import { passwordProblem } from '../../server/src/features/staff/staff.ts'
import { measure } from '../src/staff/account/strength.ts'

const whose = { username: 'zhou.zhuangan', name: '周专干' }

async function serverTakes(password: string): Promise<boolean> {
  const { username, name } = whose
  const refused =
    passwordProblem(password, username) ??
    (await guessedBy(password.normalize('NFKC'), [username, name]))
  return refused === undefined
}

test.each([
  ['春天里的', 'weak', 'short'],
  ['aaaabbbbaaaabbbb', 'weak', 'repeat'],
  ['my zhou.zhuangan 2025', 'weak', 'account'],
  ['qingpushanghai', 'weak', 'account'],
  ['password1234', 'weak', 'leaked'],
  ['qwertyuiop[]', 'weak', 'keys'],
  ['abcdefghijklmn', 'weak', 'sequence'],
  ['奶奶每天五点钟喂鸡', 'weak', 'short'],
  ['奶奶每天五点钟起来喂八只鸡', 'strong', null],
] as const)('%s is %s because of %s', async (password, grade, why) => {
  expect(measure(password, whose)).toMatchObject({ grade, why })
  expect(await serverTakes(password)).toBe(grade !== 'weak')
})

test('both know the same words of the place', () => {
  const [here, there] = [
    '../src/staff/account/strength.ts',
    '../../server/src/features/staff/guessing.ts',
  ].map((file) => {
    const text = readFileSync(new URL(file, import.meta.url), 'utf8')
    return /const wordsOfThePlace =\s+'([^']+)'/.exec(text)?.[1]
  })
  expect(here).toBeTruthy()
  expect(here).toBe(there)
})

test('the meter calls weak what the server refuses, and nothing else', async () => {
  const part = fc.oneof(
    fc.constantFrom(
      'qingpu',
      '救助',
      'zhou',
      'password',
      '1990',
      'qwerty',
      'aaa',
      '口令',
      '周专干',
    ),
    fc.string({ maxLength: 6 }),
  )
  const chosen = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''))
  await fc.assert(
    fc.asyncProperty(chosen, async (password) => {
      expect(measure(password, whose).grade !== 'weak').toBe(await serverTakes(password))
    }),
  )
})
