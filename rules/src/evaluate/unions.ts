import type { ReadList } from './read-lists.ts'

/** What several lists of one target read, each fact once, in the order of the lists. */
export type Union = Pick<ReadList, 'facts' | 'readers' | 'doubtful'> &
  Readonly<{
    /** The same and one list more, by the place of the list in its target. */
    more: (Union | undefined)[]
  }>

/** How many unions of a day are kept: household after household waits for the same. */
export type Kept = { unions: number }

/** Beyond so many they are made anew each time. */
const MOST_KEPT = 8192

/** A union of nothing yet. */
export function emptyUnion(): Union {
  return { facts: [], readers: [], doubtful: [], more: [] }
}

/** The union and one list more. */
export function withList(kept: Kept, union: Union, place: number, list: ReadList): Union {
  const found = union.more[place]
  if (found) return found
  const made = extended(union, list)
  if (kept.unions >= MOST_KEPT) return made
  kept.unions++
  union.more[place] = made
  return made
}

function extended(union: Union, list: ReadList): Union {
  const facts = [...union.facts]
  const readers = [...union.readers]
  list.facts.forEach((fact, i) => {
    const reader = list.readers[i]
    const isThere = facts.some((other, at) => other === fact && readers[at] === reader)
    if (isThere || reader === undefined) return
    facts.push(fact)
    readers.push(reader)
  })
  const doubtful = [...new Set([...union.doubtful, ...list.doubtful])]
  return { facts, readers, doubtful, more: [] }
}
