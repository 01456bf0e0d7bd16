import type { ReadList } from './read-lists.ts'

/** What several lists read, each fact once, in the order of the lists. */
export type Union = Pick<ReadList, 'facts' | 'readers' | 'doubtful'> &
  Readonly<{
    /** The same and one list more, by its place. */
    more: Map<number, Union>
  }>

/** The unions of a day, kept as they are met: household after household waits for the same. */
export type Unions = { readonly empty: Union; kept: number }

/** Beyond so many they are made anew each time. */
const MOST_KEPT = 4096

export function noUnions(): Unions {
  return { empty: { facts: [], readers: [], doubtful: [], more: new Map() }, kept: 0 }
}

/** The union and one list more. */
export function withList(unions: Unions, union: Union, list: ReadList): Union {
  const found = union.more.get(list.place)
  if (found) return found
  const made = extended(union, list)
  if (unions.kept >= MOST_KEPT) return made
  unions.kept++
  union.more.set(list.place, made)
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
  return { facts, readers, doubtful, more: new Map() }
}
