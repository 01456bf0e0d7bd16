import { expect, test } from 'vitest'
import { guessedBy } from './guessing.ts'

const words = ['wanggangzhi', '王刚治']

test.each([
  ['a password of known leaks', '1qaz2wsx3edc4rfv', '已泄露'],
  ['one of known leaks with a number behind', 'password123456', '这个口令在已泄露'],
  ['pinyin that everybody chooses', 'woaini1314520', '已泄露'],
  ['a row of keys', 'qwertyuiop[]', '相邻'],
  ['the name of this place with the year', 'qingpu2025qiao', '口令里的“qingpu”'],
  ['the account, its letters replaced by signs', 'W@nggangzhi2025', '账号'],
  ['the name of its holder', '王刚治王刚治王刚治王刚治', '重复'],
  ['the same word again and again', '青浦区青浦区青浦区青浦区', '重复'],
  ['letters in their order', 'abcdefghijklmnop', '顺着排'],
  ['days and nothing else', '19900317 2024', '日期'],
])('%s is refused, and the sentence says why', async (_what, password, why) => {
  expect(await guessedBy(password, words)).toContain(why)
})

test.each([
  'a bridge over the Dianpu',
  '九峰三泖水乡青浦桥头人家',
  'correct horse battery',
  'Tg7#mVq2-xLp9',
])('%s is not', async (password) => {
  expect(await guessedBy(password, words)).toBeUndefined()
})
