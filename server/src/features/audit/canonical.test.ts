import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { canonicalBytes, canonicalJson, plainDecimal } from './canonical.ts'
import { type Entry, entryBytes, entryDigest } from './entry.ts'
import { hadCommitted, noSeal, readSnapshot, sealHash } from './seal.ts'

const entry: Entry = {
  id: 1,
  at: 0,
  actor: 'job:test',
  action: 'household.read',
  subject: 'household:42',
  householdId: 42,
  areaId: null,
  reason: null,
  requestId: null,
  address: null,
  fields: ['members'],
  detail: '{"b":0.10,"a":"桥"}',
  xid: '700',
}

test('the example of docs/reference/audit.md has the bytes, digest and hash that stand there', () => {
  const text = readFileSync('docs/reference/audit.md', 'utf8')
  expect(text).toContain(`\n\`\`\`\n${entryBytes(entry).toString()}\`\`\`\n`)
  const digest = entryDigest(entry)
  const seal = { number: 1, at: 1_000_000, snapshot: '701:701:', afterId: 0, previous: noSeal }
  const hash = sealHash({ ...seal, entries: [1], digests: [digest] })
  expect(text.match(/`[0-9a-f]{64}`/g)).toEqual([
    `\`${digest.toString('hex')}\``,
    `\`${hash.toString('hex')}\``,
  ])
})

test.each([
  ['0', '0'],
  ['-0', '0'],
  ['0.10', '0.1'],
  ['-1.50e2', '-150'],
  ['1e21', '1000000000000000000000'],
  ['12.5E-3', '0.0125'],
  ['100', '100'],
  ['0.000', '0'],
  ['12345678901234567890.10', '12345678901234567890.1'],
])('the number %s is written %s', (source, expected) => {
  expect(plainDecimal(source)).toBe(expected)
})

test('JSON of the same content is the same bytes, and of other content is not', () => {
  expect(canonicalJson(' {"b" : [1, true, null],\n"a": "\\u00e9\\n"} ')).toBe(
    '{"a":"é\\n","b":[1,true,null]}',
  )
  expect(canonicalJson('9007199254740993')).not.toBe(canonicalJson('9007199254740992'))
  expect(canonicalJson('{"__proto__":1}')).toBe('{"__proto__":1}')
})

test('no value can pass for another: neither a null for a dash, nor one field for two', () => {
  const bytes = (values: readonly (string | null)[]) =>
    canonicalBytes(
      't',
      values.map((value, at) => [`f${at}`, value] as const),
    ).toString()
  const all = [
    [null, ''],
    ['-', ''],
    ['', null],
    ['a\nf1 0\n', ''],
    ['a', ''],
    ['a\n', '\n'],
  ]
  expect(new Set(all.map(bytes)).size).toBe(all.length)
})

test('a snapshot knows what had committed', () => {
  const snapshot = readSnapshot('100:110:103,105')
  expect(
    ['99', '103', '104', '105', '110', '111'].map((xid) => hadCommitted(xid, snapshot)),
  ).toEqual([true, false, true, false, false, false])
  expect(() => readSnapshot('100:110')).toThrow('no snapshot')
})
