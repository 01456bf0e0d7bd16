import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeFieldCipher } from './field-cipher.ts'
import { readOrMakeKeys } from './keys.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qiao-keys-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe.each(['guomi', 'intl'] as const)('suite %s', (suite) => {
  const cipher = async () =>
    makeFieldCipher(await readOrMakeKeys(join(folder, `${suite}.json`), suite))

  test('a sealed field opens again, and twice the same text looks different', async () => {
    const { seal, open } = await cipher()
    const [one, two] = [seal('phone', '13800000000'), seal('phone', '13800000000')]
    expect(open('phone', one.sealed)).toBe('13800000000')
    expect(Buffer.from(one.sealed).equals(Buffer.from(two.sealed))).toBe(false)
    expect(Buffer.from(one.index).equals(Buffer.from(two.index))).toBe(true)
  })

  test('a changed byte anywhere, or another field, is refused', async () => {
    const { seal, open } = await cipher()
    const { sealed } = seal('id-number', '310199194905010021')
    expect(() => open('phone', sealed)).toThrow()
    for (let at = 0; at < sealed.length; at++) {
      const forged = Uint8Array.from(sealed)
      forged[at] = (forged[at] ?? 0) ^ 1
      expect(() => open('id-number', forged)).toThrow()
    }
  })
})

test('the same number gives another index in another field', async () => {
  const { index } = makeFieldCipher(await readOrMakeKeys(join(folder, 'guomi.json'), 'guomi'))
  expect(index('phone', '1')).not.toEqual(index('id-number', '1'))
})

test('after a change of suite old fields still open, and only the owner reads the file', async () => {
  const file = join(folder, 'rotated.json')
  const { sealed, index } = makeFieldCipher(await readOrMakeKeys(file, 'guomi')).seal(
    'phone',
    '139',
  )
  const later = makeFieldCipher(await readOrMakeKeys(file, 'intl'))
  expect(later.open('phone', sealed)).toBe('139')
  expect(later.index('phone', '139')).toEqual(index)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(JSON.parse(await readFile(file, 'utf8')).fields).toHaveLength(2)
})
