import { dayProgram, dayView, type Pack } from '@qiao/rules'
import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Tx } from '../../platform/db/database.ts'
import { problem } from '../../platform/http/problem.ts'
import { clinicalProgrammes } from '../eligibility/clinical.ts'
import { packOf } from '../policies/pack-files.ts'
import type { Change } from './change.ts'
import type { Lab, Sample } from './lab.ts'
import type { Picked } from './laboratory.ts'
import { alikeIn, type Attribute, bandsIn, kindIn, mostSize, sizeIn } from './likeness.ts'
import type { Cell, Found, Said } from './pick.ts'
import { ageBands, deciles, householdKinds } from './population.ts'
import { labProblems } from './problems.ts'
import { type Report, reportOf, type Scope } from './report.ts'
import { triedOf } from './trial.ts'
import type { SampleCellForm, SampleHouseholdsView } from './views.ts'

type CellWish = Static<typeof SampleCellForm>
type View = Static<typeof SampleHouseholdsView>
type Item = View['households'][number]

/** At most so many households are shown of a cell. */
const most = 20
/** A household is told as so many others, with itself, could be told. */
const fewestAlike = 5

/** A figure of a change with some of the households behind it, not yet as they may be told. */
export type PickedCell = Readonly<{
  sample: Sample
  wish: CellWish
  cell: Cell
  found: Picked['found']
  report: Report
  counted: number
  /** Programmes whose answer tells a clinical fact. */
  walled: ReadonlySet<string>
}>

/**
 * Draws some households behind a figure of a change; a figure that is hidden has none.
 *
 * @throws Problem `cell-hidden`, and what trying a change throws
 */
export async function pickHouseholds(
  lab: Lab,
  sample: Sample,
  change: Change,
  wish: CellWish,
  scope: Scope,
): Promise<PickedCell> {
  const tried = triedOf(sample, change)
  const cell = cellOf(sample, wish, scope)
  const { effect, found } = await lab.pick(sample, tried, cell, most)
  const report = reportOf(sample, effect, scope)
  const counted = rowIn(report, wish)?.[wish.outcome] ?? 0
  if (counted === 0) throw problem(labProblems, 'cell-hidden')
  const pack = tried.files === null ? sample.pack : packOf(tried.files)
  const walled = walledIn(sample, 'problems' in pack ? sample.pack : pack)
  return { sample, wish, cell, found, report, counted, walled }
}

/**
 * What such households are like, and what the change does to them; nothing that names them.
 *
 * What is told of a household fits at least five of the district, and gives away no hidden figure.
 * Only whoever has a duty for it learns which one it is. Who objects to matching or push is left
 * out, and the household with them.
 *
 * @param tx of whoever looks
 */
export async function tellHouseholds(
  tx: Tx,
  picked: PickedCell,
  mayReadClinical: boolean,
): Promise<View> {
  const opened = await openedIn(tx, picked.found)
  return {
    counted: picked.counted,
    households: picked.found.flatMap((found) => {
      const hasDuty = opened.get(found.id)
      if (hasDuty === undefined) return []
      const tellsClinical = found.changes.some(({ key }) => picked.walled.has(programmeIn(key)))
      const mayOpen = hasDuty && (mayReadClinical || !tellsClinical)
      return [{ ...told(picked, found), householdId: mayOpen ? found.id : null }]
    }),
  }
}

function programmeIn(key: string): string {
  return key.split('/')[0] ?? ''
}

/** Programmes whose answer tells a clinical fact, by today's rules or by those that are tried. */
function walledIn({ pack, on }: Sample, other: Pack): ReadonlySet<string> {
  const of = (one: Pack) => clinicalProgrammes(one, dayView(dayProgram(one, on, {})))
  return other === pack ? of(pack) : new Set([...of(pack), ...of(other)])
}

/** Households the reader's area holds and nobody of whom objects, each with whether they have a duty for it. */
async function openedIn(tx: Tx, found: Picked['found']): Promise<ReadonlyMap<number, boolean>> {
  const { rows } = await sql<{ id: number; open: boolean }>`
    select id, area_id = any((select auth.duty_areas())::text[]) as open
    from app.household where id = any(${found.map(({ id }) => id)}::bigint[])
      and not exists (select from app.objection where objection.household_id = household.id
        and objection.withdrawn_at is null)`.execute(tx)
  return new Map(rows.map(({ id, open }) => [id, open]))
}

function cellOf({ townships }: Sample, { table, row, outcome }: CellWish, scope: Scope): Cell {
  const refuse = (): never => {
    throw problem(labProblems, 'cell-hidden')
  }
  const placeIn = (ids: readonly string[]) => {
    const at = ids.indexOf(row)
    return at < 0 ? refuse() : at
  }
  switch (table) {
    case 'total':
      return { outcome, townships: scope }
    case 'townships': {
      const place = placeIn([...townships.map(({ id }) => id), 'other'])
      return { outcome, townships: scope.includes(place) ? [place] : refuse() }
    }
    case 'kinds':
      return { outcome, townships: scope, kind: placeIn(householdKinds) }
    case 'deciles': {
      const ids = Array.from({ length: deciles }, (_, i) => String(i + 1))
      return { outcome, townships: scope, decile: placeIn([...ids, 'unknown']) }
    }
  }
}

function rowIn(report: Report, { table, row }: Pick<CellWish, 'table' | 'row'>) {
  return table === 'total' ? report.total : report[table].find(({ id }) => id === row)
}

/** From most to least; sizes and ages say something of the kind and go with it. */
const tellings: readonly (readonly Attribute[])[] = [
  ['township', 'kind', 'size', 'bands'],
  ['kind', 'size', 'bands'],
  ['township', 'kind', 'size'],
  ['kind', 'size'],
  ['township', 'kind'],
  ['kind'],
  ['township'],
]

function told(
  { sample, report, cell, wish: { outcome } }: PickedCell,
  found: Found,
): Omit<Item, 'householdId'> {
  const { likeness, township } = found
  const place = sample.townships[township]
  const bands = bandsIn(likeness).map((band) => ageBands[band] ?? 'unknown')
  const kind = householdKinds[kindIn(likeness)] ?? 'other'
  const isShown = (table: 'townships' | 'kinds' | 'ages', row: string) =>
    rowInTable(report, table, row)?.[outcome] !== null
  const allowed = new Set<Attribute>()
  if (cell.townships.length === 1 || isShown('townships', place?.id ?? 'other'))
    allowed.add('township')
  if (cell.kind !== undefined || isShown('kinds', kind)) allowed.add('kind').add('size')
  if (allowed.has('kind') && bands.every((band) => isShown('ages', band))) allowed.add('bands')
  const known: Attribute[] = cell.kind === undefined ? [] : ['kind']
  const attributes = tellings.find((one) => {
    if (!one.every((attribute) => allowed.has(attribute))) return false
    if (!known.every((attribute) => one.includes(attribute))) return false
    const wish = { likeness, township, told: one, scope: cell.townships, decile: cell.decile }
    return alikeIn(sample.standing.crowd, wish, fewestAlike) >= fewestAlike
  })
  const tells = (attribute: Attribute) => attributes?.includes(attribute) === true
  const size = sizeIn(likeness)
  return {
    township: tells('township') ? (place?.name ?? null) : null,
    kind: tells('kind') || cell.kind !== undefined ? kind : null,
    size: tells('size') ? { persons: size, orMore: size === mostSize } : null,
    bands: tells('bands') ? bands : null,
    yearFen: rounded(found.year),
    apartFen: rounded(found.apart),
    changes: changesOf(sample, report, found),
  }
}

function rowInTable(report: Report, table: 'townships' | 'kinds' | 'ages', row: string) {
  return (
    report[table].find(({ id }) => id === row) ?? {
      gains: null,
      loses: null,
      moves: null,
      open: null,
    }
  )
}

/** What each programme says before and after; one of which only a few are shown is not named. */
function changesOf({ pack }: Sample, { programmes }: Report, { changes }: Found): Item['changes'] {
  return changes.map(({ key, before, after }) => {
    const [id = '', entity = ''] = key.split('/')
    const row = programmes.find((one) => one.id === id && one.entity === entity)
    const turned = before.verdict !== after.verdict
    const isFew =
      row === undefined ||
      row.after.eligible === null ||
      (turned && (row.gained === null || row.lost === null))
    const name = pack.programmes.find((one) => one.id === id)?.name ?? row?.name ?? id
    return {
      programme: isFew ? null : name,
      before: saidView(before),
      after: saidView(after),
    }
  })
}

function saidView({ verdict, year, apart, open }: Said): Item['changes'][number]['before'] {
  return { verdict, yearFen: rounded(year), apartFen: rounded(apart), open }
}

/** To three digits of whole yuan: an exact amount would tell an exact income. */
function rounded(fen: number): number {
  const yuan = Math.round(fen / 100)
  const digits = Math.max(0, Math.floor(Math.log10(Math.abs(yuan) || 1)) - 2)
  return Math.round(yuan / 10 ** digits) * 10 ** digits * 100
}
