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
    const number = Number.isFinite(value) ? value : -1
    const low = number | 0
    const high = Math.floor(number / 4_294_967_296) | 0
    this.a = Math.imul(this.a ^ low, mix) ^ (this.a >>> 15) ^ high
    this.b =
      Math.imul(this.b ^ low ^ (this.a >>> 7), other) ^ (this.b >>> 13) ^ Math.imul(high, mix)
    return this
  }

  value(): number {
    return (this.a >>> 0) * 2_097_152 + ((this.b ^ (this.b >>> 16)) & 0x1fffff)
  }
}
