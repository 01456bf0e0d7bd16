import { expect, test } from 'vitest'
import { packOf } from './pack-files.ts'

/** The mistakes of a pack whose facts.yaml is this text. */
function mistakes(text: string) {
  const pack = packOf({ 'pack.yaml': 'id: x', 'facts.yaml': text })
  return 'problems' in pack ? pack.problems : []
}

test.each([
  ['a colon too many', 'a: b: c', 1, 4, '一行里有两个冒号'],
  ['a quote not closed', 'a: "x', 1, 6, '少了一个符号'],
  ['a tab', 'a:\n\tb: 1', 2, 1, '不能用制表符'],
  ['a bracket not closed', 'a: [1, 2', 1, 9, '括号没有合上'],
  ['a bracket too many', 'a: {b: 1}}', 1, 10, '多出了内容'],
  ['a key twice', 'a: 1\na: 2', 2, 1, '两个相同的键'],
  ['two documents', 'a: 1\n---\nb: 2', 2, 1, '一个文件只能有一份内容'],
  ['a sign that needs quotes', 'a: @x', 1, 4, '请加引号'],
  ['an alias of nothing', 'a: 1\nb: *x', 2, 4, '没有这个锚点'],
])('%s is told in Chinese at its place', (_what, text, line, column, words) => {
  const [first, ...rest] = mistakes(text)
  expect(first).toMatchObject({ file: 'facts.yaml', line, column })
  expect(first?.message).toContain(words)
  for (const { message } of [first, ...rest].filter((one) => one !== undefined)) {
    expect(message.replace(/YAML|Tab|---/g, '')).not.toMatch(/[A-Za-z]/)
  }
})
