import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { inflateSync } from 'node:zlib'

const require = createRequire(import.meta.url)
const file = require.resolve(
  '@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff',
)
let held: Buffer | undefined

/** Noto Sans SC as one TrueType file, unpacked once: out of the packed one every glyph is looked for anew. */
export function chineseFont(): Buffer {
  held ??= unpack(readFileSync(file))
  return held
}

/** A TrueType file from WOFF 1.0: the same tables, unpacked (W3C WOFF 1.0, §§ 3–5). */
function unpack(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12)
  const tables = Array.from({ length: count }, (_, place) => {
    const at = 44 + place * 20
    const [from, packed, whole] = [4, 8, 12].map((offset) => woff.readUInt32BE(at + offset))
    const bytes = woff.subarray(from, (from ?? 0) + (packed ?? 0))
    return {
      tag: woff.subarray(at, at + 4),
      sum: woff.subarray(at + 16, at + 20),
      bytes: packed === whole ? bytes : inflateSync(bytes),
    }
  })
  const power = 2 ** Math.floor(Math.log2(count))
  const head = Buffer.alloc(12 + count * 16)
  woff.copy(head, 0, 4, 8)
  for (const [place, value] of [
    count,
    power * 16,
    Math.log2(power),
    (count - power) * 16,
  ].entries())
    head.writeUInt16BE(value, 4 + place * 2)
  const pieces: Buffer[] = [head]
  let next = head.length
  for (const [place, { tag, sum, bytes }] of tables.entries()) {
    const at = 12 + place * 16
    tag.copy(head, at)
    sum.copy(head, at + 4)
    head.writeUInt32BE(next, at + 8)
    head.writeUInt32BE(bytes.length, at + 12)
    const padded = Buffer.alloc(Math.ceil(bytes.length / 4) * 4)
    bytes.copy(padded)
    pieces.push(padded)
    next += padded.length
  }
  return Buffer.concat(pieces)
}
