import { ageBands, deciles, type Population } from './population.ts'

/**
 * What a household is like, as far as a reader of samples may learn it: how many live there, of which
 * ages, what kind it is. One whole number, so that a district is counted by it quickly.
 */
export type Likeness = number

/** Larger households are told apart no further. */
export const mostSize = 7

const [kindBits, bandBits] = [3, ageBands.length]
const likenesses = 2 ** (3 + kindBits + bandBits)

/** Attributes of a likeness that are told or kept back. */
const attributes = ['township', 'kind', 'size', 'bands'] as const
export type Attribute = (typeof attributes)[number]

export function likenessOf({ batch, kindOf, bandOf }: Population, household: number): Likeness {
  const [from = 0, to = 0] = [batch.offsets[household], batch.offsets[household + 1]]
  let bands = 0
  for (let p = from; p < to; p++) bands |= 1 << (bandOf[p] ?? 0)
  const size = Math.min(to - from, mostSize)
  return (((size << kindBits) | (kindOf[household] ?? 0)) << bandBits) | bands
}

export function sizeIn(likeness: Likeness): number {
  return likeness >> (kindBits + bandBits)
}

export function kindIn(likeness: Likeness): number {
  return (likeness >> bandBits) & (2 ** kindBits - 1)
}

/** Places among the bands of age. */
export function bandsIn(likeness: Likeness): number[] {
  return ageBands.flatMap((_, band) => ((likeness >> band) & 1 ? [band] : []))
}

/** How many households are like each other, by township, tenth of income and likeness. */
export type Crowd = ReadonlyMap<number, number>

export function crowdOf(population: Population, decileOf: Uint8Array): Crowd {
  const crowd = new Map<number, number>()
  for (let h = 0; h < population.batch.households; h++) {
    const group = (population.townshipOf[h] ?? 0) * (deciles + 1) + (decileOf[h] ?? 0)
    const key = group * likenesses + likenessOf(population, h)
    crowd.set(key, (crowd.get(key) ?? 0) + 1)
  }
  return crowd
}

/** One household as it would be told: what is told of it, and whose households it could be among. */
export type Told = Readonly<{
  likeness: Likeness
  township: number
  told: readonly Attribute[]
  /** Townships the reader knows it to be of. */
  scope: readonly number[]
  /** Tenth of income the reader knows it to be in. */
  decile?: number | undefined
}>

/** How many households of the district, with itself, would be told the same; counted until enough. */
export function alikeIn(
  crowd: Crowd,
  { likeness, township, told, scope, decile }: Told,
  enough = Number.POSITIVE_INFINITY,
): number {
  const kept = new Set(told)
  const mask = maskOf(kept)
  const among = kept.has('township') ? [township] : scope
  let alike = 0
  for (const [key, households] of crowd) {
    const group = Math.floor(key / likenesses)
    if (decile !== undefined && group % (deciles + 1) !== decile) continue
    if (((key % likenesses) & mask) !== (likeness & mask)) continue
    if (among.includes(Math.floor(group / (deciles + 1)))) alike += households
    if (alike >= enough) break
  }
  return alike
}

function maskOf(told: ReadonlySet<Attribute>): number {
  const bands = told.has('bands') ? 2 ** bandBits - 1 : 0
  const kind = told.has('kind') ? (2 ** kindBits - 1) << bandBits : 0
  const size = told.has('size') ? mostSize << (kindBits + bandBits) : 0
  return bands | kind | size
}
