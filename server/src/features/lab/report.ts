import type { Pack } from '@qiao/rules'
import type { Static } from 'typebox'
import { breakdownFields, outcomes, turnFields } from './difference.ts'
import { gapFields, gapSize, gapStages } from './gap.ts'
import type { Effect } from './laboratory.ts'
import type { Sample } from './lab.ts'
import { ageBands, deciles, householdKinds } from './population.ts'
import { type State, stateOf } from './state.ts'
import { hiddenCells, isFew, type Sum } from './suppress.ts'
import type { EffectView } from './views.ts'

type View = Static<typeof EffectView>
type Row = View['total']
type StateRow = View['programmes'][number]['before']

/** Who looks: the places of the townships whose households may be counted for them. */
export type Scope = readonly number[]

/** What a change does in the scope, with nothing in it by which somebody could be told. */
export type Report = Pick<
  View,
  'total' | 'townships' | 'ages' | 'kinds' | 'deciles' | 'programmes' | 'moves' | 'cost' | 'gap'
> &
  Readonly<{
    /** Entitlements of the programmes reached: what a mass loss is measured by. */
    entitled: number
    lost: number
  }>

export function reportOf(sample: Sample, effect: Effect, scope: Scope): Report {
  const programmes = programmesOf(sample, effect, scope)
  return {
    ...breakdownsOf(sample, effect, scope),
    programmes: programmes.map(({ row }) => row),
    moves: movesOf(sample.pack, effect, scope),
    cost: costsOf(sample, effect, programmes, scope),
    gap: gapViewOf(sample, effect, scope),
    entitled: programmes.reduce((sum, { entitled }) => sum + entitled, 0),
    lost: programmes.reduce((sum, { lost }) => sum + lost, 0),
  }
}

type Group = Readonly<{ id: string; name: string | null; cells: number[] }>

/** The four tables at once: those of households share their total, which one could tell by another. */
function breakdownsOf(sample: Sample, { breakdown }: Effect, scope: Scope) {
  const other = sample.townships.length
  const groups = (cells: Float64Array, ids: readonly string[]): Group[] =>
    ids.map((id, kind) => ({ id, name: null, cells: sumOver(cells, ids.length, kind, scope) }))
  const townships = scope.map((place): Group => {
    const { id = 'other', name = null } = sample.townships[place] ?? {}
    return { id, name, cells: sumOver(breakdown.township, 1, 0, [place]) }
  })
  const total = { id: 'total', name: null, cells: sumOver(breakdown.township, 1, 0, scope) }
  const tenths = Array.from({ length: deciles + 1 }, (_, i) =>
    i === deciles ? 'unknown' : String(i + 1),
  )
  const households = [
    townships.filter(({ id, cells }) => id !== 'other' || other < 0 || cells.some((n) => n !== 0)),
    groups(breakdown.kind, householdKinds),
    groups(breakdown.decile, tenths),
  ]
  const [totalRow, ...tables] = shown(total, households)
  const ages = groups(breakdown.age, ageBands)
  const people = { id: 'total', name: null, cells: columnSums(ages) }
  const [, ageRows = []] = shown(people, [ages])
  const [townshipRows = [], kinds = [], tenthRows = []] = tables
  return {
    total: totalRow,
    townships: townshipRows,
    ages: ageRows,
    kinds,
    deciles: tenthRows,
  }
}

function columnSums(groups: readonly Group[]): number[] {
  return Array.from({ length: breakdownFields }, (_, field) =>
    groups.reduce((sum, { cells }) => sum + (cells[field] ?? 0), 0),
  )
}

function sumOver(cells: Float64Array, kinds: number, kind: number, scope: Scope): number[] {
  return Array.from({ length: breakdownFields }, (_, field) =>
    scope.reduce(
      (sum, place) => sum + (cells[(place * kinds + kind) * breakdownFields + field] ?? 0),
      0,
    ),
  )
}

/**
 * Rows as they may be shown. Every row sums up to its own total, every column of a table to the
 * total of all; a row's own total is what everybody may know.
 */
function shown(total: Group, tables: readonly (readonly Group[])[]): [Row, ...Row[][]] {
  const width = outcomes.length + 1
  const rows = [total, ...tables.flat()]
  const counts = rows.flatMap(({ cells }) => {
    const own = cells.slice(0, outcomes.length)
    return [own.reduce((sum, n) => sum + n, 0), ...own]
  })
  const place = (row: number, column: number) => row * width + column
  const sums: Sum[] = rows.map((_, row) =>
    Array.from({ length: width }, (_cell, column) => place(row, column)),
  )
  let first = 1
  for (const table of tables) {
    const from = first
    for (let column = 0; column < width; column++)
      sums.push([place(0, column), ...table.map((_, i) => place(from + i, column))])
    first += table.length
  }
  const hidden = hiddenCells(counts, sums)
  const made = rows.map((group, row) =>
    rowOf(group, (column) => hidden[place(row, column)] === true, counts[place(row, 0)] ?? 0),
  )
  let at = 1
  const parts = tables.map((table) => made.slice(at, (at += table.length)))
  return [made[0] ?? rowOf(total, () => true, 0), ...parts]
}

function rowOf(
  { id, name, cells }: Group,
  isHidden: (column: number) => boolean,
  total: number,
): Row {
  const cell = (outcome: number) => (isHidden(outcome + 1) ? null : (cells[outcome] ?? 0))
  const fen = (outcome: number) =>
    isHidden(outcome + 1) ? null : (cells[outcomes.length + outcome] ?? 0)
  return {
    id,
    name,
    total: isHidden(0) ? null : total,
    gains: cell(0),
    loses: cell(1),
    moves: cell(2),
    open: cell(3),
    unchanged: cell(4),
    wonFen: fen(0),
    lostFen: fen(1),
  }
}

function splitKey(pack: Pack, key: string) {
  const [id = '', entity = 'household'] = key.split('/')
  const name = pack.programmes.find((one) => one.id === id)?.name ?? id
  return { id, name, entity: entity === 'person' ? ('person' as const) : ('household' as const) }
}

type Step = Readonly<{
  key: string
  row: View['programmes'][number]
  lost: number
  entitled: number
}>

function programmesOf({ pack, standing }: Sample, effect: Effect, scope: Scope): Step[] {
  return effect.reached.map((key) => {
    const [was, is] = [stateIn(standing.before, key, scope), stateIn(effect.after, key, scope)]
    const turns = effect.turned.get(key)
    const [gained = 0, lost = 0, shifted = 0] = turnFields.map((_, field) =>
      scope.reduce((sum, place) => sum + (turns?.[place * turnFields.length + field] ?? 0), 0),
    )
    const before = stateRow(was)
    const after = hideSmallStep(stateRow(is), was, is, gained + lost + shifted)
    const row = {
      ...splitKey(pack, key),
      before,
      after,
      gained: isFew(gained) ? null : gained,
      lost: isFew(lost) ? null : lost,
    }
    return { key, row, lost, entitled: was.eligible }
  })
}

function stateIn(from: ReadonlyMap<string, Float64Array>, key: string, scope: Scope): State {
  return stateOf(from.get(key) ?? new Float64Array(0), scope)
}

function yearOf(state: State, of: '' | 'low' | 'high'): number {
  if (of === '') return state.month * 12 + state.year
  return of === 'low' ? state.lowMonth * 12 + state.lowYear : state.highMonth * 12 + state.highYear
}

/** A programme's state, with its counts hidden where they are few and its sums with them. */
function stateRow(state: State): StateRow {
  const { eligible, receiving, notReceiving, unknown, endless, unpriced } = state
  const rest = eligible - receiving - notReceiving
  const [noEligible, noReceiving, noNotReceiving] = hiddenCells(
    [eligible, receiving, notReceiving, rest],
    [[0, 1, 2, 3]],
  )
  const sure = (fen: number) => (noEligible ? null : fen)
  const open = (fen: number) => (isFew(unknown) || noEligible ? null : fen)
  return {
    eligible: sure(eligible),
    unknown: isFew(unknown) ? null : unknown,
    monthFen: sure(state.month),
    yearFen: sure(yearOf(state, '')),
    onceFen: sure(state.once),
    eventFen: sure(state.event),
    openLowFen: open(yearOf(state, 'low')),
    openHighFen: open(yearOf(state, 'high')),
    endless: isFew(endless) ? null : endless,
    unpriced: noEligible || isFew(unpriced) ? null : unpriced,
    receiving: noReceiving ? null : receiving,
    notReceiving: noNotReceiving ? null : notReceiving,
    notReceivedFen: noNotReceiving ? null : state.notReceivedYear,
  }
}

/** Before and after stand side by side: their difference must not be a few people either. */
function hideSmallStep(row: StateRow, was: State, is: State, changed: number): StateRow {
  const hidden: Partial<Record<keyof StateRow, null>> = {}
  const fields = [
    'eligible',
    'unknown',
    'endless',
    'unpriced',
    'receiving',
    'notReceiving',
  ] as const
  for (const field of fields) if (isFew(is[field] - was[field])) hidden[field] = null
  if (hidden.notReceiving === null) hidden.notReceivedFen = null
  const all = isFew(changed) || hidden.eligible === null
  const sure = ['eligible', 'monthFen', 'yearFen', 'onceFen', 'eventFen'] as const
  if (all) for (const field of sure) hidden[field] = null
  if (all || hidden.unknown === null) {
    hidden.openLowFen = null
    hidden.openHighFen = null
  }
  return { ...row, ...hidden }
}

function movesOf(pack: Pack, { moves }: Effect, scope: Scope): View['moves'] {
  return [...moves]
    .flatMap(([pair, counts]) => {
      const households = scope.reduce((sum, place) => sum + (counts[place] ?? 0), 0)
      const [from = '', to = ''] = pair.split('>').map((key) => splitKey(pack, key).name)
      return households === 0 || isFew(households) ? [] : [{ from, to, households }]
    })
    .sort((a, b) => b.households - a.households)
}

/**
 * All programmes together. Those with a few people stay out of both sums, and those in which only a
 * few change count as today: a sum of what is shown gives nothing away.
 */
function costsOf(
  { standing }: Sample,
  effect: Effect,
  programmes: readonly Step[],
  scope: Scope,
): View['cost'] {
  const stepOf = new Map(programmes.map((step) => [step.key, step]))
  const sums = [...new Set([...standing.before.keys(), ...effect.after.keys()])].flatMap((key) => {
    const was = stateIn(standing.before, key, scope)
    const step = stepOf.get(key)
    if (isFew(was.eligible)) return []
    const isShown = step !== undefined && step.row.after.yearFen !== null
    const isOpenShown = step !== undefined && step.row.after.openHighFen !== null
    const is = isShown ? stateIn(effect.after, key, scope) : was
    const open = isOpenShown ? stateIn(effect.after, key, scope) : was
    return [{ was, is, open }]
  })
  return {
    before: costOf(sums.map(({ was }) => ({ sure: was, open: was }))),
    after: costOf(sums.map(({ is, open }) => ({ sure: is, open }))),
  }
}

function costOf(states: readonly Readonly<{ sure: State; open: State }>[]): View['cost']['before'] {
  const sum = (of: (one: { sure: State; open: State }) => number) =>
    states.reduce((total, one) => total + of(one), 0)
  const endless = sum(({ open }) => open.endless)
  return {
    monthFen: sum(({ sure }) => sure.month),
    yearFen: sum(({ sure }) => yearOf(sure, '')),
    openLowFen: sum(({ open }) => yearOf(open, 'low')),
    openHighFen: sum(({ open }) => yearOf(open, 'high')),
    endless: isFew(endless) ? null : endless,
  }
}

/** The poverty gap before assistance, today and changed; stages that differ by a few households are hidden. */
export function gapViewOf({ line }: Sample, { gap }: Effect, scope: Scope): View['gap'] {
  if (gap === null || line === null) return null
  const stage = (at: number) =>
    gapFields.map((_, field) =>
      scope.reduce(
        (sum, place) => sum + (gap[place * gapSize + at * gapFields.length + field] ?? 0),
        0,
      ),
    )
  const stages = gapStages.map((_, at) => stage(at))
  const view = (at: number, beside?: number) => {
    const [households = 0, persons = 0, monthFen = 0] = stages[at] ?? []
    const other = beside === undefined ? households : (stages[beside]?.[0] ?? 0)
    const hide = isFew(households) || isFew(households - other)
    return hide
      ? { households: null, persons: null, monthFen: null }
      : { households, persons, monthFen }
  }
  return { line, alone: view(0), today: view(1, 0), changed: view(2, 1) }
}
