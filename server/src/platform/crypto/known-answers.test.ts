import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeFieldCipher } from './field-cipher.ts'
import { sm3 } from './sm3.ts'

test.each([
  ['abc', '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'],
  ['abcd'.repeat(16), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'],
])('SM3 of %s is that of GB/T 32905-2016, annex A', (text, digest) => {
  expect(sm3(text).toString('hex')).toBe(digest)
  expect(sm3(Buffer.from(text)).toString('hex')).toBe(digest)
})

const key = Buffer.from('0123456789abcdeffedcba9876543210', 'hex')

test('SM4 of the example of GB/T 32907-2016, annex A, is its ciphertext', () => {
  const cipher = createCipheriv('sm4-ecb', key, null).setAutoPadding(false)
  expect(cipher.update(key, undefined, 'hex') + cipher.final('hex')).toBe(
    '681edf34d206965e86b3e94f536e4246',
  )
})

test('a field is sealed with that SM4 in CBC, and proven by HMAC over that SM3', () => {
  const mac = randomBytes(32)
  const fields = [{ id: 1, suite: 'guomi', encrypt: key, mac }] as const
  const cipher = makeFieldCipher({ secret: '', index: mac, fields })
  const sealed = Buffer.from(cipher.seal('phone', '13800000000').sealed)
  const [nonce, body, proof] = [
    sealed.subarray(1, 17),
    sealed.subarray(17, -32),
    sealed.subarray(-32),
  ]
  const first = createDecipheriv('sm4-ecb', key, null).setAutoPadding(false).update(body)
  const plain = Buffer.from(first.map((byte, at) => byte ^ (nonce[at] ?? 0)))
  expect(plain.toString('latin1')).toBe(`13800000000${'\x05'.repeat(5)}`)
  const signed = Buffer.concat([Buffer.from('phone\0'), sealed.subarray(0, -32)])
  expect(createHmac('sm3', mac).update(signed).digest()).toEqual(proof)
})
