import type { Way } from '@qiao/rules'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import {
  type Expected,
  expected,
  matching,
  named,
  type QuestionFilters,
  type Words,
} from './filters.ts'
import { askText, becauseName, wayName } from './question.ts'
import type { AskedFact } from './views.ts'

export const questionSorts = ['found', 'money', 'decided', 'households'] as const
export type QuestionSort = (typeof questionSorts)[number]

type Facet = { id: string; name: string; count: number }
type Counted = Omit<Facet, 'name'>
type Summed = Expected & {
  fact: string
  way: Way
  department: string | null
  households: number
  persons: number
  /** Most often settled first. */
  programmes: string[]
}
type Overview = {
  facts: Summed[]
  households: number
  areas: Facet[]
  ways: Counted[]
  programmes: Counted[]
  because: Counted[]
}

export type AskedFacts = Readonly<{
  items: AskedFact[]
  /** How many households the filters leave. */
  households: number
  facets: Readonly<{ areas: Facet[]; ways: Facet[]; programmes: Facet[]; because: Facet[] }>
}>

const mostNamed = 4

/**
 * Facts worth asking for, each with for how many and what it would settle, and the filters with how
 * many households each leaves: the questions in sight are read once for all of it.
 */
export async function listAskedFacts(
  tx: Tx,
  filters: QuestionFilters,
  { sort, areaLevel, words }: Readonly<{ sort: QuestionSort; areaLevel: string; words: Words }>,
): Promise<AskedFacts> {
  // a district's questions are sorted in memory
  await sql`set local work_mem = '64MB'`.execute(tx)
  const digits = areaLevel === 'district' ? 9 : 12
  const { rows } = await sql<Overview>`
    with question as materialized (
      select question.household_id, question.area_id, fact, way, department, decided, found,
        certain_fen, programmes, because
      from app.question
    ), here as materialized (select * from question where ${matching(filters)}),
    settled as materialized (
      select fact, way, department, programme, count(*) as times
      from here, unnest(programmes) programme group by fact, way, department, programme)
    select (${facts}) as facts,
      (select count(*)::int from (select distinct household_id from here) one) as households,
      (select coalesce(json_agg(json_build_object('id', area.id, 'name', area.name, 'count', counted.count)
          order by area.id), '[]')
        from (${counts(sql`left(area_id, ${digits}::int)`, filters, 'area')}) counted
        join app.area on area.id = counted.id) as areas,
      (${listed(counts(sql`way`, filters, 'way'))}) as ways,
      (${listed(counts(sql`unnest(programmes)`, filters, 'programme'))}) as programmes,
      (${listed(counts(sql`because`, filters, 'because'))}) as because`.execute(tx)
  const [of] = rows
  if (!of) throw new Error('an overview has one row')
  return {
    items: of.facts.toSorted(orders[sort]).map((one) => itemOf(one, words)),
    households: of.households,
    facets: {
      areas: of.areas,
      ways: of.ways.map((one) => ({ ...one, name: wayName(one.id) })),
      programmes: of.programmes.map((one) => ({
        ...one,
        name: named(words, [one.id])[0]?.name ?? '',
      })),
      because: of.because.map((one) => ({ ...one, name: becauseName(one.id) })),
    },
  }
}

/** Sums by fact and way. Households are made one before they are counted: that is faster than `distinct`. */
const facts = sql`
  select coalesce(json_agg(summed), '[]') from (
    select fact, way, department, count(*)::int as households, sum(n)::int as persons,
      sum(decided)::float8 as decided, sum(found)::float8 as found,
      sum(certain_fen)::float8 as "certainFen",
      coalesce((select array_agg(programme order by times desc, programme) from (
        select programme, times from settled
        where settled.fact = one.fact and settled.way = one.way
          and settled.department is not distinct from one.department
        order by times desc, programme limit ${sql.lit(mostNamed)}) most), '{}') as programmes
    from (
      select fact, way, department, household_id, count(*) as n, sum(decided) as decided,
        sum(found) as found, sum(certain_fen) as certain_fen
      from here group by fact, way, department, household_id) one
    group by fact, way, department) summed`

function counts(
  what: RawBuilder<unknown>,
  filters: QuestionFilters,
  except: keyof QuestionFilters,
): RawBuilder<unknown> {
  return sql`select id, count(*)::int as count from (
      select distinct ${what} as id, household_id from question where ${matching(filters, except)}) one
    group by id`
}

function listed(counted: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select coalesce(json_agg(one order by count desc, id), '[]') from (${counted}) one`
}

const byName = (a: Summed, b: Summed): number =>
  b.decided - a.decided || (`${a.fact} ${a.way}` < `${b.fact} ${b.way}` ? -1 : 1)
const by = (key: 'found' | 'certainFen' | 'decided' | 'households') => (a: Summed, b: Summed) =>
  (b[key] ?? -1) - (a[key] ?? -1) || byName(a, b)

const orders: Readonly<Record<QuestionSort, (a: Summed, b: Summed) => number>> = {
  found: by('found'),
  money: by('certainFen'),
  decided: by('decided'),
  households: by('households'),
}

function itemOf({ programmes, ...one }: Summed, words: Words): AskedFact {
  const fact = words.facts.find(({ id }) => id === one.fact)
  return {
    ...one,
    ...expected(one),
    name: fact?.name ?? one.fact,
    ask: askText(fact ?? { name: one.fact }, one),
    programmes: named(words, programmes),
  }
}
