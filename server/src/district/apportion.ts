import type { Random } from './random.ts'

/**
 * Whole numbers in proportion to `weights` that add up to exactly `total` (largest remainder;
 * ties go to the earlier).
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  if (sum <= 0) {
    if (total === 0) return weights.map(() => 0)
    throw new RangeError('cannot apportion over weights that are all zero')
  }
  const exact = weights.map((weight) => (total * weight) / sum)
  const parts = exact.map(Math.floor)
  const left = total - parts.reduce((a, b) => a + b, 0)
  const order = exact
    .map((value, i) => ({ i, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.i - b.i)
  for (const { i } of order.slice(0, left)) parts[i] = parts[i]! + 1
  return parts
}

/**
 * Cards dealt one by one without putting back: after the last card every kind has come up exactly
 * as often as declared, so a quota holds to the unit in one pass.
 */
export class Deck {
  readonly #left: number[]
  #total: number

  constructor(counts: readonly number[]) {
    this.#left = [...counts]
    this.#total = counts.reduce((a, b) => a + b, 0)
  }

  get left(): number {
    return this.#total
  }

  /** The index of the kind drawn; the last kind when the deck is empty. */
  draw(random: Random): number {
    let at = random.next() * this.#total
    const last = this.#left.length - 1
    for (let kind = 0; kind < last; kind++) {
      const count = this.#left[kind]!
      if (at < count) return this.#take(kind)
      at -= count
    }
    return this.#take(last)
  }

  #take(kind: number): number {
    if (this.#total === 0) return kind
    const chosen = this.#left[kind]! > 0 ? kind : this.#left.findIndex((count) => count > 0)
    this.#left[chosen] = this.#left[chosen]! - 1
    this.#total--
    return chosen
  }
}
