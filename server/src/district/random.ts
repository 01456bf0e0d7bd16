/**
 * A stream of chance that depends on its seed alone (sfc32), so that the same seed makes the same
 * district on every machine.
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #d = 1

  /** @param seed any whole number; `stream` separates independent streams of the same seed */
  constructor(seed: number, stream: number) {
    this.#a = seed | 0
    this.#b = Math.floor(seed / 4294967296) | 0
    this.#c = stream | 0
    for (let i = 0; i < 12; i++) this.bits()
  }

  /** 32 random bits as a signed integer. */
  bits(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#d) | 0
    this.#d = (this.#d + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (this.#c << 21) | (this.#c >>> 11)
    this.#c = (this.#c + sum) | 0
    return sum
  }

  /** At least 0 and below 1. */
  next(): number {
    return (this.bits() >>> 0) / 4294967296
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  /** One of `items`, each as likely. */
  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)] as T
  }

  /** About normally distributed: the sum of four uniform numbers, which never strays past 3.5 σ. */
  normal(mean: number, deviation: number): number {
    const sum = this.next() + this.next() + this.next() + this.next()
    return mean + (sum - 2) * 1.7320508 * deviation
  }

  shuffle(items: Int32Array): Int32Array {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.between(0, i)
      const held = items[i]!
      items[i] = items[j]!
      items[j] = held
    }
    return items
  }
}
