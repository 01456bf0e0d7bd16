import {
  type ColumnProgram,
  compileColumns,
  dayProgram,
  dayView,
  type Fact,
  type Pack,
  reasonNames,
} from '@qiao/rules'
import { type Calendar, calendarsOf } from './calendar.ts'
import { type ClinicalRead, clinicalReads } from './clinical.ts'
import { ContentHash } from './content-hash.ts'

/** A pack ready to answer for one day. */
export type Matcher = Readonly<{
  pack: Pack
  on: string
  columns: ColumnProgram
  /** Per programme: when its answer may change with no new fact. */
  calendars: readonly Calendar[]
  /** Per target: facts that are a sign of need when known to be so, and bear on it. */
  signals: readonly (readonly Signal[])[]
  /** Per target: the clinical facts that an answer given on them tells. */
  clinical: readonly (readonly ClinicalRead[])[]
  /** Per target: whether it reads a confirmed status, which a roll may deny. */
  readsStatus: readonly boolean[]
  /** What the places of facts, programmes and tiers stand for; the same numbers under another layout say something else. */
  layout: number
}>

export type Signal = Readonly<{ fact: string; entity: 'household' | 'person'; boolean: boolean }>

/** The last matcher of each pack: its loops are written and optimised once, not run after run. */
const kept = new WeakMap<Pack, Matcher>()

/** Makes ready to answer for a day; what was made for it last is used again. */
export function makeMatcher(pack: Pack, on: string): Matcher {
  const found = kept.get(pack)
  if (found?.on === on) return found
  const made = newMatcher(pack, on)
  kept.set(pack, made)
  return made
}

function newMatcher(pack: Pack, on: string): Matcher {
  const view = dayView(dayProgram(pack, on, {}))
  const readBy = pack.program.targets.map(({ index }) => factsRead(pack, view(index).reads))
  return {
    pack,
    on,
    columns: compileColumns(pack, on),
    calendars: calendarsOf(pack, on),
    signals: readBy.map((read, target) => signalsFor(pack, target, read)),
    clinical: clinicalReads(pack, view),
    readsStatus: readBy.map((read) => read.some(({ kind }) => kind === 'status')),
    layout: layoutOf(pack),
  }
}

function factsRead(
  pack: Pack,
  conditions: readonly { facts: readonly { fact: number }[] }[],
): readonly Fact[] {
  const read = new Set(conditions.flatMap(({ facts }) => facts.map(({ fact }) => fact)))
  return pack.facts.filter((_, i) => read.has(i))
}

/**
 * A person's sign of need bears on a programme for persons that reads it: an illness says nothing of
 * an orphan's allowance. A programme for households is about hardship, which any member's sign may
 * be part of.
 */
function signalsFor(pack: Pack, target: number, read: readonly Fact[]): Signal[] {
  const isForHouseholds = pack.program.targets[target]?.entity === 'household'
  return pack.facts
    .filter((fact) => fact.needSignal === true && (isForHouseholds || read.includes(fact)))
    .map(({ id, entity, type }) => ({ fact: id, entity, boolean: type === 'boolean' }))
}

/** One number for the names and places of everything an answer is told in; figures are no part of it. */
export function layoutOf(pack: Pack): number {
  const names = [
    ...pack.facts.map(({ id }) => id),
    ...pack.programmes.map(({ id }) => id),
    ...pack.program.targets.flatMap(({ programme, entity, tiers }) => [
      `${programme} ${entity}`,
      ...tiers.map(({ id, amount }) => `${id} ${amount.per ?? ''}`),
    ]),
    ...reasonNames,
  ]
  const hash = new ContentHash()
  for (const character of names.join('\n')) hash.add(character.codePointAt(0) ?? 0)
  return hash.value()
}
