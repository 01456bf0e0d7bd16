import type { TargetColumns } from '@qiao/rules'

const mix = 0x9e3779b1
const other = 0x85ebca6b
const firstOfA = 0x811c9dc5 | 0
const firstOfB = 0x1b873593

/** A quick 53-bit hash of a sequence of numbers, for telling whether an answer changed. */
export class ContentHash {
  private a = firstOfA
  private b = firstOfB

  /** As new: one hash serves a million answers, one after the other. */
  restart(): this {
    this.a = firstOfA
    this.b = firstOfB
    return this
  }

  /** @param value an integer within ±2^53, or Infinity */
  add(value: number): this {
    const low = value | 0
    if (low === value) return this.mixIn(low, low < 0 ? -1 : 0)
    const number = Number.isFinite(value) ? value : -1
    return this.mixIn(number | 0, Math.floor(number / 4_294_967_296) | 0)
  }

  private mixIn(low: number, high: number): this {
    this.a = Math.imul(this.a ^ low, mix) ^ (this.a >>> 15) ^ high
    this.b =
      Math.imul(this.b ^ low ^ (this.a >>> 7), other) ^ (this.b >>> 13) ^ Math.imul(high, mix)
    return this
  }

  value(): number {
    return (this.a >>> 0) * 2_097_152 + ((this.b ^ (this.b >>> 16)) & 0x1fffff)
  }
}

/** Hashes of what the answers of one target say, by row. */
export function contentHashes(
  layout: number,
  target: number,
  columns: TargetColumns,
): (row: number, signalled: boolean, clinical: boolean) => number {
  const { verdict, tier, amountKind, periodOf, amountMin, amountMax, reasons, nearMiss } = columns
  const { missing, missingWords, via } = columns
  const hash = new ContentHash()
  return (row, signalled, clinical) => {
    hash.restart().add(layout)
    hash.add(target * 64 + verdict[row]! * 16 + tier[row]! + 1)
    hash.add(amountKind[row]! * 64 + periodOf[row]! + 1)
    hash.add(amountMin[row]!)
    hash.add(amountMax[row]!)
    hash.add(reasons[row]! * 4 + nearMiss[row]! * 2 + (signalled ? 1 : 0))
    const first = row * missingWords
    for (let word = 0; word < missingWords; word++) hash.add(missing[first + word]!)
    if (via.size > 0) for (const programme of via.get(row) ?? []) hash.add(programme)
    if (clinical) hash.add(-1)
    return hash.value()
  }
}
