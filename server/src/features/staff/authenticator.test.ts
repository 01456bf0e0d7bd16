import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { makeFieldCipher } from '../../platform/crypto/field-cipher.ts'
import {
  hashRecoveryCode,
  newRecoveryCodes,
  newSecret,
  offerOf,
  openSecret,
  sealSecret,
  stepOf,
} from './authenticator.ts'

/** The ASCII text 12345678901234567890 of RFC 6238, appendix B, in Base32. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

/** Appendix B has eight digits; six are the last six of them (RFC 4226, section 5.3). */
const known = [
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
] as const

describe('a code of an authenticator', () => {
  test.each(known)('at second %d is that of RFC 6238', async (second, digits) => {
    expect(await stepOf(digits.slice(2), { secret, now: second * 1000 })).toBe(
      Math.floor(second / 30),
    )
  })

  const at = (second: number, used: number | null = null) =>
    stepOf('050471', { secret, now: second * 1000, used })
  /** The step that begins at second 1,111,111,110. */
  const step = 37_037_037

  test.each([
    ['one step early', 1_111_111_080, step],
    ['two steps early', 1_111_111_079, undefined],
    ['at the end of the step after', 1_111_111_169, step],
    ['two steps late', 1_111_111_170, undefined],
  ])('is taken with clocks that differ by a step, no more: %s', async (_when, second, expected) => {
    expect(await at(second)).toBe(expected)
  })

  test('is not taken twice, nor one before it', async () => {
    expect(await at(1_111_111_111, step)).toBeUndefined()
    expect(await at(1_111_111_111, step + 1)).toBeUndefined()
    expect(await at(1_111_111_111, step - 1)).toBe(step)
  })

  test('is read however it was typed, and is six digits', async () => {
    const now = 1_111_111_111_000
    expect(await stepOf(' 050 471 ', { secret, now })).toBe(step)
    expect(await stepOf('０５０４７１', { secret, now })).toBe(step)
    for (const wrong of ['', '14050471', '5047', '050472', 'abcdef', '-50471'])
      expect(await stepOf(wrong, { secret, now }), wrong).toBeUndefined()
  })
})

test('what is offered to an authenticator is 160 bits, its address and a picture without a script', async () => {
  const fresh = await newSecret()
  expect(fresh).toMatch(/^[A-Z2-7]{32}$/)
  const { uri, svg } = await offerOf(fresh, 'wang')
  const address = new URL(uri)
  expect([address.protocol, address.host]).toEqual(['otpauth:', 'totp'])
  expect(decodeURIComponent(address.pathname)).toBe('/桥 Qiao:wang')
  expect(address.searchParams.get('secret')).toBe(fresh)
  expect(svg).toMatch(/^<svg [^>]+>/)
  expect(svg).not.toMatch(/script|href/)
})

test('ten codes to recover with differ, and are read however they are typed', () => {
  const codes = newRecoveryCodes()
  expect(new Set(codes).size).toBe(10)
  for (const code of codes)
    expect(code).toMatch(/^([2-9A-HJKMNP-TV-Z]{4}-){3}[2-9A-HJKMNP-TV-Z]{4}$/)
  const [first = ''] = codes
  expect(hashRecoveryCode('a', first.toLowerCase().replaceAll('-', ' '))).toEqual(
    hashRecoveryCode('a', first),
  )
  expect(hashRecoveryCode('b', first)).not.toEqual(hashRecoveryCode('a', first))
})

test('a sealed secret shows nothing and opens for its holder only', () => {
  const cipher = makeFieldCipher({
    secret: 'unused here',
    index: randomBytes(32),
    fields: [{ id: 1, suite: 'guomi', encrypt: randomBytes(16), mac: randomBytes(32) }],
  })
  const sealed = sealSecret(cipher, 'a', secret)
  expect(Buffer.from(sealed).toString('latin1')).not.toContain(secret)
  expect(openSecret(cipher, 'a', sealed)).toBe(secret)
  expect(() => openSecret(cipher, 'b', sealed)).toThrow('lies elsewhere')
})
