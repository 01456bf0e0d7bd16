import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type NoticeContent, noticeFields, noticeGaps, noticeInForce } from './notice.ts'

const filled = Object.fromEntries(noticeFields.map((field) => [field, '写好了'])) as NoticeContent
const plain = { sensitive: false, toOthers: false }

test('whatever must be said and is empty or 待核 is named, whoever it is for', () => {
  fc.assert(
    fc.property(
      fc.record({ sensitive: fc.boolean(), toOthers: fc.boolean() }),
      fc.subarray([...noticeFields]),
      fc.constantFrom('', '  ', '待核：电话'),
      (purpose, empty, instead) => {
        const content = { ...filled, ...Object.fromEntries(empty.map((one) => [one, instead])) }
        const needed = noticeFields.filter(
          (field) =>
            (field !== 'necessity' || purpose.sensitive) &&
            (field !== 'receivers' || purpose.toOthers),
        )
        expect(noticeGaps(content, purpose)).toEqual(needed.filter((one) => empty.includes(one)))
      },
    ),
  )
  expect(noticeGaps(filled, plain)).toEqual([])
})

test('the version in force is the latest that has begun; a draft never is', () => {
  const versions = [null, '2025-03-01', '2025-01-01', '2025-09-01'].map((from) => ({ from }))
  const on = (day: string) => noticeInForce(versions, day)?.from
  expect([on('2024-12-31'), on('2025-01-01'), on('2025-06-01'), on('2025-09-01')]).toEqual([
    undefined,
    '2025-01-01',
    '2025-03-01',
    '2025-09-01',
  ])
})
