import fc from 'fast-check'

/** Random choices made one after the other, so that a later one may depend on an earlier. */
export type Draw = Readonly<{
  /** A whole number from `min` to `max`, both included. */
  integer: (min: number, max: number) => number
  pick: <T>(from: readonly T[]) => T
  /** True `times` in `outOf`. */
  chance: (times: number, outOf: number) => boolean
  /** A list of `min` to `max` things. */
  list: <T>(min: number, max: number, make: (index: number) => T) => T[]
}>

const number = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max })

/** Whatever `make` puts together from random choices; the choices are what shrinks. */
export function drawn<T>(make: (draw: Draw) => T): fc.Arbitrary<T> {
  return fc.gen().map((choose) => {
    const integer = (min: number, max: number): number => choose(number, min, max)
    const pick = <U>(from: readonly U[]): U => {
      const found = from[integer(0, from.length - 1)]
      if (found === undefined) throw new Error('nothing to pick from')
      return found
    }
    const chance = (times: number, outOf: number): boolean => integer(1, outOf) > outOf - times
    const list = <U>(min: number, max: number, item: (index: number) => U): U[] =>
      Array.from({ length: integer(min, max) }, (_, i) => item(i))
    return make({ integer, pick, chance, list })
  })
}
