import type { FactRead, LoweredFact, Reads, Target } from '../ir.ts'

/** Whose fact a read is: every member's, the household's, or that of the row itself. */
type Reader = 'members' | 'household' | 'self'

/**
 * Facts that something reads, seen from a target, with what is read of parameters and programmes.
 * Lists of the same facts bear the same number, so that they are shown from one array.
 */
export type ReadList = Readonly<{
  reads: Reads
  number: number
  facts: readonly Readonly<{ fact: number; reader: Reader }>[]
  /** Some fact is the row's own: another row reads another's. */
  own: boolean
}>

/** Numbers the lists of a day. */
export function readLists(
  facts: readonly LoweredFact[],
): (reads: Reads, target: Target) => ReadList {
  const numbers = new Map<string, number>()
  return (reads, target) => {
    const list = reads.facts.map((read) => ({
      fact: read.fact,
      reader: readerOf(read, target, facts),
    }))
    const key = list.map(({ fact, reader }) => `${fact} ${reader}`).join()
    const number = numbers.get(key) ?? numbers.size
    numbers.set(key, number)
    return { reads, number, facts: list, own: list.some(({ reader }) => reader === 'self') }
  }
}

function readerOf({ fact, of }: FactRead, target: Target, facts: readonly LoweredFact[]): Reader {
  if (of === 'members') return 'members'
  return of === 'household' || target.entity === 'household' || facts[fact]?.entity === 'household'
    ? 'household'
    : 'self'
}
