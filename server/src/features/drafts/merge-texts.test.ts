import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differenceOf, hunksOf } from './line-difference.ts'
import { mergeTexts } from './merge-texts.ts'

const text = (...lines: readonly string[]) => `${lines.join('\n')}\n`
const base = text('甲', '乙', '丙', '丁', '戊')

test('what two people changed in different places is both kept', () => {
  const mine = text('甲', '乙改', '丙', '丁', '戊')
  const theirs = text('甲', '乙', '丙', '丁', '戊', '己')
  expect(mergeTexts(base, mine, theirs)).toBe(text('甲', '乙改', '丙', '丁', '戊', '己'))
})

test('the same place changed in two ways is for a person to decide', () => {
  expect(
    mergeTexts(base, text('甲', '乙一', '丙', '丁', '戊'), text('甲', '乙二', '丙', '丁', '戊')),
  ).toBeNull()
  expect(
    mergeTexts(base, text('甲', '乙一', '丙', '丁', '戊'), text('甲', '乙', '丙二', '丁', '戊')),
  ).toBeNull()
})

test('the same change made twice is one', () => {
  const both = text('甲', '乙改', '丙', '丁', '戊')
  expect(mergeTexts(base, both, both)).toBe(both)
  expect(mergeTexts(base, both, text('甲', '乙改', '丙', '丁', '戊', '己'))).toBe(
    text('甲', '乙改', '丙', '丁', '戊', '己'),
  )
})

test('a difference shows each change with the lines around it', () => {
  const lines = Array.from({ length: 12 }, (_, i) => String(i))
  const changed = lines.with(6, 'six')
  expect(differenceOf(text(...lines), text(...changed), 1)).toEqual([
    null,
    { kind: 'same', text: '5' },
    { kind: 'old', text: '6' },
    { kind: 'new', text: 'six' },
    { kind: 'same', text: '7' },
  ])
  expect(differenceOf(base, base)).toEqual([])
})

test('putting the changes of a text in place of what they stand for gives the other text', () => {
  const some = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 })
  fc.assert(
    fc.property(some, some, (before, after) => {
      const made: string[] = [...before]
      for (const { from, to, lines } of hunksOf(before, after).toReversed())
        made.splice(from, to - from, ...lines)
      expect(made).toEqual(after)
    }),
  )
})
