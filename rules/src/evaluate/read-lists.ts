import type { FactRead, LoweredFact, Reads, Target } from '../ir.ts'
import type { ParameterValue } from '../parameters.ts'

/** Whose fact a read is: every member's, the household's, or that of the row itself. */
type Reader = typeof MEMBERS | typeof HOUSEHOLD | typeof SELF
export const SELF = 0
export const HOUSEHOLD = 1
const MEMBERS = 2

/**
 * Facts that something reads, seen from a target, with what is read of parameters and programmes.
 * Lists of the same facts bear the same number, so that they are shown from one array.
 */
export type ReadList = Readonly<{
  reads: Reads
  number: number
  facts: readonly number[]
  /** Of each fact, whose it is. */
  readers: readonly Reader[]
  /** So many facts of the row or the household, and so many of every member. */
  once: number
  perMember: number
  /** Some fact is the row's own: another row reads another's. */
  own: boolean
  /** Parameters that are missing or expired on the day. */
  doubtful: readonly number[]
}>

/** The lists of a day, numbered. */
export type ReadLists = Readonly<{
  of: (reads: Reads, target: Target) => ReadList
  /** How many different ones there are. */
  count: () => number
}>

export function readLists(
  facts: readonly LoweredFact[],
  parameters: readonly ParameterValue[],
): ReadLists {
  const isDoubtful = (index: number): boolean =>
    parameters[index]?.state === 'missing' || parameters[index]?.state === 'expired'
  const numbers = new Map<string, number>()
  return {
    of: (reads, target) => {
      const readers = reads.facts.map((read) => readerOf(read, target, facts))
      const key = reads.facts.map(({ fact }, i) => `${fact} ${readers[i]}`).join()
      const number = numbers.get(key) ?? numbers.size
      numbers.set(key, number)
      const perMember = readers.filter((reader) => reader === MEMBERS).length
      return {
        reads,
        number,
        facts: reads.facts.map(({ fact }) => fact),
        readers,
        once: readers.length - perMember,
        perMember,
        own: readers.includes(SELF),
        doubtful: reads.parameters.filter(isDoubtful),
      }
    },
    count: () => numbers.size,
  }
}

function readerOf({ fact, of }: FactRead, target: Target, facts: readonly LoweredFact[]): Reader {
  if (of === 'members') return MEMBERS
  return of === 'household' || target.entity === 'household' || facts[fact]?.entity === 'household'
    ? HOUSEHOLD
    : SELF
}
