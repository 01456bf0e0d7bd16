import type { Population } from './population.ts'

/** Of each household: what its members add up to. Money in fen. */
export type Sums = Readonly<{
  family: Int32Array
  spending: Int32Array
  allLocal: Uint8Array
  tekuns: Uint8Array
}>

export function sumsOf(p: Population, tekun: Uint8Array): Sums {
  const { income, pension, medical, education, local, offsets } = p
  const sums = {
    family: new Int32Array(p.households),
    spending: new Int32Array(p.households),
    allLocal: new Uint8Array(p.households),
    tekuns: new Uint8Array(p.households),
  }
  for (let h = 0; h < p.households; h++) {
    let family = 0
    let spending = 0
    let locals = 0
    let tekuns = 0
    const end = offsets[h + 1]!
    for (let i = offsets[h]!; i < end; i++) {
      family += income[i]! + pension[i]!
      spending += medical[i]! + education[i]!
      locals += local[i]!
      tekuns += tekun[i]!
    }
    sums.family[h] = family
    sums.spending[h] = spending
    sums.allLocal[h] = locals === sizeOf(p, h) ? 1 : 0
    sums.tekuns[h] = tekuns
  }
  return sums
}

export function sizeOf({ offsets }: Population, h: number): number {
  return offsets[h + 1]! - offsets[h]!
}
