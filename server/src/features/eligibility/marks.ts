import { cellIn, type Fact, type FactColumn, isKnown, UNKNOWN } from '@qiao/rules'
import type { ClinicalRead } from './clinical.ts'
import type { Signal } from './matcher.ts'
import { rowsOf, type Shard } from './shard.ts'

type Entity = Fact['entity']

/**
 * By row of a shard, whether a fact of a list is known of whom an answer concerns. Lists are few and
 * targets many: each is looked up once.
 */
export type Marks = Readonly<{
  /** 1 where one of the signs of need is known; null where there is none to know. */
  signal: (signals: readonly Signal[], entity: Entity) => Uint8Array | null
  /** 1 where one of the clinical facts is on record, also that there is none. */
  clinical: (reads: readonly ClinicalRead[], entity: Entity) => Uint8Array | null
}>

export function makeMarks(shard: Shard): Marks {
  const made = new Map<string, Uint8Array>()
  const once = (key: string, make: () => Uint8Array): Uint8Array => {
    const found = made.get(key) ?? make()
    made.set(key, found)
    return found
  }
  return {
    signal: (signals, entity) =>
      signals.length === 0
        ? null
        : once(`signal ${entity} ${signals.map(({ fact }) => fact).join(' ')}`, () =>
            marked(shard, entity, signals.flatMap(signalCells(shard))),
          ),
    clinical: (reads, entity) =>
      reads.length === 0
        ? null
        : once(
            `clinical ${entity} ${reads.map(({ fact, ofAnyMember }) => `${fact.id} ${ofAnyMember}`).join(' ')}`,
            () => marked(shard, entity, reads.flatMap(clinicalCells(shard))),
          ),
  }
}

type Cells = Readonly<{
  entity: Entity
  ofAnyMember: boolean
  cells: FactColumn
  isSet: (cells: FactColumn, at: number) => boolean
}>

function signalCells({ batch }: Shard): (signal: Signal) => Cells[] {
  return ({ fact, entity, boolean }) => {
    const cells = batch[entity][fact]
    if (!cells) return []
    const isSet = boolean ? isTrue : isKnown
    return [{ entity, ofAnyMember: false, cells, isSet }]
  }
}

function isTrue(cells: FactColumn, at: number): boolean {
  return cells[at] === 1
}

function clinicalCells({ batch }: Shard): (read: ClinicalRead) => Cells[] {
  return ({ fact: { id, entity }, ofAnyMember }) => {
    const cells = batch[entity][id]
    if (!cells) return []
    const unknown = cellIn(cells, UNKNOWN)
    return [{ entity, ofAnyMember, cells, isSet: (of, at) => of[at] !== unknown }]
  }
}

function marked(shard: Shard, entity: Entity, all: readonly Cells[]): Uint8Array {
  const { households, persons, offsets } = shard.batch
  const marks = new Uint8Array(entity === 'person' ? persons : households)
  for (let h = 0; h < households; h++) {
    const from = entity === 'person' ? offsets[h]! : h
    const to = entity === 'person' ? offsets[h + 1]! : h + 1
    for (let row = from; row < to; row++)
      for (let i = 0; i < all.length && marks[row] === 0; i++)
        if (isMarked(shard, all[i]!, h, entity === 'person' ? row : -1)) marks[row] = 1
  }
  return marks
}

function isMarked(
  shard: Shard,
  { entity, ofAnyMember, cells, isSet }: Cells,
  household: number,
  person: number,
): boolean {
  const [from, to] = rowsOf(shard, entity, household, ofAnyMember ? -1 : person)
  for (let at = from; at < to; at++) if (isSet(cells, at)) return true
  return false
}
