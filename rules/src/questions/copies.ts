import {
  type ColumnBatch,
  columnFor,
  type FactColumn,
  KNOWN_NONE,
  cellIn,
} from '../columns/batch.ts'
import type { LoweredFact } from '../ir.ts'
import type { Pack } from '../pack.ts'

/** One value of one fact, tried in one copy of the household. */
export type Trial = Readonly<{
  /** Which question it belongs to. */
  question: number
  fact: LoweredFact
  member: number | null
  value: number | null
  share: number
  /** Places of the open answers that the fact bears on. */
  touches: readonly number[]
  copy: number
}>

/** For each copy and open answer, the trial that decides it; -1 where none does. */
export type Copies = Readonly<{ trials: readonly Trial[]; count: number; owner: Int32Array }>

/**
 * Spreads trials over copies of the household. Trials that bear on different answers share a copy:
 * neither can change what the other leads to.
 */
export function copiesFor(trials: readonly Omit<Trial, 'copy'>[], answers: number): Copies {
  const taken: Uint8Array[] = []
  const placed = trials.map((trial): Trial => {
    let copy = taken.findIndex((one) => trial.touches.every((at) => one[at] === 0))
    if (copy < 0) copy = taken.push(new Uint8Array(answers)) - 1
    for (const at of trial.touches) taken[copy]?.fill(1, at, at + 1)
    return { ...trial, copy }
  })
  const owner = new Int32Array(taken.length * answers).fill(-1)
  placed.forEach(({ copy, touches }, i) => {
    for (const at of touches) owner[copy * answers + at] = i
  })
  return { trials: placed, count: taken.length, owner }
}

/** The copies as columns: the household's own cells over and over, with the trials put in. */
export function batchOfCopies(
  { program }: Pack,
  one: ColumnBatch,
  { trials, count }: Copies,
): ColumnBatch {
  const members = one.persons
  const repeat = (fact: LoweredFact): FactColumn => {
    const own = one[fact.entity][fact.id]
    const rows = fact.entity === 'person' ? members : 1
    const column = columnFor(fact.type, rows * count)
    if (!own) return column
    column.set(own)
    // doubles what is filled, until all is
    for (let filled = rows; filled < column.length; filled *= 2)
      column.copyWithin(filled, 0, Math.min(filled, column.length - filled))
    return column
  }
  const columns = program.facts.map(repeat)
  for (const { fact, member, value, copy } of trials) {
    const column = columns[fact.index]
    if (!column) continue
    const row = fact.entity === 'person' ? copy * members + (member ?? 0) : copy
    column[row] = value === null ? cellIn(column, KNOWN_NONE) : value / fact.factor
  }
  const of = (entity: 'household' | 'person'): Record<string, FactColumn> =>
    Object.fromEntries(
      program.facts.flatMap((fact) => {
        const column = columns[fact.index]
        return fact.entity === entity && column ? [[fact.id, column]] : []
      }),
    )
  return {
    households: count,
    persons: count * members,
    offsets: Int32Array.from({ length: count + 1 }, (_, i) => i * members),
    household: of('household'),
    person: of('person'),
  }
}
