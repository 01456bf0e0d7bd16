import { expect, test } from 'vitest'
import { runCommand } from '../../test/running-command.ts'

const feel = (...args: string[]) => runCommand(['feel', ...args])
const answers = async (...args: string[]) => {
  const { code, out } = await feel(...args)
  return [code, JSON.parse(out)]
}

test.each([
  ['1 + 2', {}, { value: 3 }],
  ['家庭收入 / 人数 < 1510', { 家庭收入: 3000, 人数: 2 }, { value: true }],
  ['if a then "甲" else "乙"', { a: false }, { value: '乙' }],
  ['养老金', { 养老金: null }, { value: null }],
  ['[1, 2.5, true]', {}, { value: [1, 2.5, true] }],
  ['{甲: 1}', {}, { value: { 甲: 1 } }],
])('%s with %j is a value', async (expression, context, answer) => {
  expect(await answers(expression, '--context', JSON.stringify(context))).toEqual([0, answer])
})

test.each([
  ['出生 + duration("P18Y")', { 出生: { '@date': '2007-06-01' } }, { '@date': '2025-06-01' }],
  [
    '到 - 从',
    { 从: { '@date': '2025-05-01' }, 到: { '@date': '2025-06-01' } },
    { '@duration': 'P31D' },
  ],
  ['期限 * 2', { 期限: { '@duration': 'P1M' } }, { '@duration': 'P2M' }],
])('days and durations go in and come out tagged: %s', async (expression, context, value) => {
  expect(await answers(expression, '--context', JSON.stringify(context))).toEqual([0, { value }])
})

test('what is not given is unknown, each name once, and it is no failure', async () => {
  expect(await answers('a + b + a > 3', '--context', '{"c": 1}')).toEqual([
    0,
    { unknown: ['a', 'b'] },
  ])
  expect(await answers('a > 3 or true')).toEqual([0, { value: true }])
})

test('what cannot be read is refused with a reason and exit code 3', async () => {
  for (const expression of ['1 +', '收入 ＜ 3', 'if a then b', 'a == b']) {
    const [code, answer] = await answers(expression)
    expect([code, Object.keys(answer), typeof answer.refused]).toEqual([3, ['refused'], 'string'])
  }
})

test('an expression may begin with a minus, before or after its context', async () => {
  expect(await answers('-1 + 3')).toEqual([0, { value: 2 }])
  expect(await answers('-a', '--context', '{"a": 2}')).toEqual([0, { value: -2 }])
  expect(await answers('--context', '{"a": 2}', '-a')).toEqual([0, { value: -2 }])
})

test.each([
  ['no expression', []],
  ['two expressions', ['1', '2']],
  ['a context that is no JSON', ['1', '--context', '{a: 1}']],
  ['a context that is no object', ['1', '--context', '[1]']],
  ['a context without text', ['1', '--context']],
  ['an option nobody knows', ['1', '--verbose']],
])('%s is asked wrongly: exit code 2 and nothing on standard output', async (_what, args) => {
  const { code, out, err } = await feel(...args)
  expect([code, out]).toEqual([2, ''])
  expect(err).not.toMatch(/^\s+at /m)
  expect(err).not.toBe('')
})

test('lines are answered one by one, in order, whatever they hold, and the exit code is 0', async () => {
  const lines = [
    '{"expr": "1 + 1", "inputs": {}}',
    '{"expr": "收入 > 2", "inputs": {"收入": 3}}',
    '{"expr": "a", "inputs": {}}',
    '{"expr": "1 +"}',
    'no JSON',
    '',
    '{"expr": 1}',
    '{"expr": "1", "inputs": [1]}',
    '{"expr": "date(\\"2025-06-01\\")"}',
  ]
  const { code, out } = await runCommand(['feel', '--lines'], { stdin: `${lines.join('\n')}\n` })
  const answered = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(code).toBe(0)
  expect(answered).toHaveLength(lines.length)
  expect(answered.slice(0, 3)).toEqual([{ value: 2 }, { value: true }, { unknown: ['a'] }])
  for (const answer of answered.slice(3, 8)) expect(Object.keys(answer)).toEqual(['refused'])
  expect(answered[8]).toEqual({ value: { '@date': '2025-06-01' } })
})

test('ten thousand lines are answered in order', async () => {
  const lines = Array.from({ length: 10_000 }, (_, i) =>
    JSON.stringify({ expr: `${i} + 1`, inputs: {} }),
  )
  const { out } = await runCommand(['feel', '--lines'], { stdin: lines.join('\n') })
  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).value),
  ).toEqual(lines.map((_, i) => i + 1))
})
