import { columnFor, type ColumnBatch, householdAt, KNOWN_NONE } from '@qiao/rules'
import { sql } from 'kysely'
import type pg from 'pg'
import type { Tx } from '../../platform/db/database.ts'
import { type Choice, readShard, type Shard } from '../eligibility/shard.ts'
import { type FactValue, valueText } from '../households/fact-value.ts'
import type { Catalogue } from './catalogue.ts'
import type { Read, Ready } from './feel.ts'

/** Somebody, or a household, of whom a rule holds. */
export type Hit = Readonly<{
  /** Place of the rule among those asked. */
  rule: number
  householdId: number
  areaId: string
  personId: number | null
  /** What it read, told apart and in words. */
  content: string
  text: string
  facts: readonly string[]
  /** The day of what happened, where it rests on that and not on a fact. */
  happenedOn: string | null
}>

/** Households read and asked at a time: what is found of them is kept in memory. */
const atOnce = 5_000

/** Cuts the district into parts of so many households. */
export async function partsOfAll(tx: Tx): Promise<Choice[]> {
  const { rows } = await sql<{ after: number; upTo: number }>`
    select coalesce(lag(max(id)) over (order by piece), 0) as after, max(id) as "upTo"
    from (select household_id as id, (row_number() over (order by household_id) - 1) / ${atOnce}::int as piece
      from app.household_current) numbered
    group by piece order by piece`.execute(tx)
  return rows
}

/**
 * Asks every rule of the chosen households.
 *
 * Only what surely holds is found: a rule that reads something unknown says nothing of the household. Nobody who objects to
 * matching is asked.
 *
 * @param connection of a transaction of the program
 */
export async function findHits(
  tx: Tx,
  connection: pg.PoolClient,
  { ready, catalogue, today }: Readonly<{ ready: Ready; catalogue: Catalogue; today: string }>,
  choice: Choice,
): Promise<readonly Hit[]> {
  const events = new Set(catalogue.events.map(({ id }) => id))
  const stored = ready.pack.facts.filter(({ id }) => !events.has(id))
  const shard = await readShard(connection, stored, choice)
  const { batch, days } = await withEvents(tx, shard, catalogue, today)
  const hits: Hit[] = []
  ready.columns.judge(batch, ({ target, first, count, rows, verdict }) => {
    const isPerson = ready.pack.program.targets[target]?.entity === 'person'
    for (let i = 0; i < count; i++) {
      if (verdict[i] !== 1) continue
      const row = first + (rows[i] ?? 0)
      if (isPerson && shard.optedOut[row] === 1) continue
      const place = isPerson ? { person: row } : { household: row }
      hits.push(hitAt(ready, { shard: { ...shard, batch }, days }, target, place))
    }
  })
  return hits
}

type Place = Readonly<{ person: number } | { household: number }>

/** By household, the day of what happened there, by the event. */
type EventDays = ReadonlyMap<number, Readonly<Record<string, string | null>>>

function hitAt(
  ready: Ready,
  { shard, days }: Readonly<{ shard: Shard; days: EventDays }>,
  rule: number,
  place: Place,
): Hit {
  const person = 'person' in place ? place.person : null
  const household = 'person' in place ? ownerOf(shard.batch.offsets, place.person) : place.household
  const known = householdAt(ready.pack, shard.batch, household)
  const says = (ready.reads[rule] ?? []).map((read) => {
    const values = valuesOf(known, read, person)
    return { read, values: values.map((value) => value ?? null) as FactValue[] }
  })
  const householdId = shard.householdIds[household] ?? 0
  const happened = days.get(householdId) ?? {}
  const eventDays = says.flatMap(({ read }) => happened[read.fact.id] ?? [])
  return {
    rule,
    householdId,
    areaId: shard.areaIds[household] ?? '',
    personId: person === null ? null : (shard.personIds[person] ?? null),
    // Days since go on by themselves; what happened is told apart by its day.
    content: says
      .map(({ read, values }) => `${read.fact.id}=${happened[read.fact.id] ?? values.join(',')}`)
      .join(';'),
    text: says
      // A birth is read for an age; it is nobody's business here.
      .filter(({ read, values }) => read.fact.type !== 'date' && values.length > 0)
      .map(
        ({ read, values }) =>
          `${read.fact.name} ${values.map((one) => valueText(read.fact, one)).join('、')}`,
      )
      .join('，'),
    facts: says.map(({ read }) => read.fact.id),
    happenedOn: eventDays.toSorted().at(-1) ?? null,
  }
}

function valuesOf(
  { household, members }: ReturnType<typeof householdAt>,
  { fact, ofMembers }: Read,
  person: number | null,
) {
  if (fact.entity === 'household') return fact.id in household ? [household[fact.id]?.value] : []
  const whose =
    ofMembers || person === null ? members : members.filter(({ id }) => id === String(person))
  return whose.flatMap(({ facts }) => (fact.id in facts ? [facts[fact.id]?.value] : []))
}

/** The household of a person in a batch, by halving. */
function ownerOf(offsets: Int32Array, person: number): number {
  let [low, high] = [0, offsets.length - 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((offsets[middle] ?? 0) <= person) low = middle
    else high = middle
  }
  return low
}

/** The batch with what happened as columns of its own, and the days of it. */
async function withEvents(
  tx: Tx,
  { batch, householdIds }: Shard,
  { events }: Catalogue,
  today: string,
): Promise<{ batch: ColumnBatch; days: EventDays }> {
  const ids = Array.from(householdIds)
  const { rows } = await sql<{
    id: number
    diedOn: string | null
    days: number | null
    endedOn: string | null
    months: number | null
  }>`
    select chosen.id, died.day as "diedOn", ${today}::date - died.day as days, ended.day as "endedOn",
      (extract(year from age(${today}::date, ended.day)) * 12 + extract(month from age(${today}::date, ended.day)))::int as months
    from unnest(${ids}::bigint[]) as chosen (id)
    left join lateral (select max(valid_to) as day from app.member
      where household_id = chosen.id and superseded_at is null and ended_because = 'died' and valid_to <= ${today}::date) died on true
    left join lateral (
      select max(case state when 'refused' then valid_from else valid_to end) as day from app.award
      where household_id = chosen.id and superseded_at is null
        and (state = 'refused' and valid_from <= ${today}::date or valid_to < ${today}::date)
        and not exists (select from app.award other where other.household_id = chosen.id and other.superseded_at is null
          and other.state = 'receiving' and (other.valid_to is null or other.valid_to >= ${today}::date))) ended on true`.execute(
    tx,
  )
  const found = new Map(rows.map((row) => [Number(row.id), row]))
  const household = { ...batch.household }
  for (const { id, type } of events) {
    const column = columnFor(type, batch.households)
    for (const [place, of] of ids.entries()) {
      const row = found.get(of)
      column[place] = (id === 'member_died_days' ? row?.days : row?.months) ?? KNOWN_NONE
    }
    household[id] = column
  }
  const days = rows.map(({ id, diedOn, endedOn }) => {
    return [Number(id), { member_died_days: diedOn, aid_ended_months: endedOn }] as const
  })
  return { batch: { ...batch, household }, days: new Map(days) }
}

/** When, and by whose word, what a hit rests on began: the latest of what it read. */
export type Begun = Readonly<{ day: string | null; source: string | null }>

/** In the order of the hits. */
export async function begunOf(tx: Tx, hits: readonly Hit[]): Promise<readonly Begun[]> {
  if (hits.length === 0) return []
  const asked = hits.map(({ householdId, personId, facts }, place) => ({
    place,
    household: householdId,
    person: personId,
    facts,
  }))
  const { rows } = await sql<Begun & { place: number }>`
    select asked.place, last.day, last.source
    from json_to_recordset(${JSON.stringify(asked)}::json) as asked (place int, household bigint, person bigint, facts json)
    left join lateral (
      select valid_from as day, source from app.fact
      where household_id = asked.household and superseded_at is null
        and fact in (select json_array_elements_text(asked.facts)) and fact <> 'birth_date'
        and (person_id is null or asked.person is null or person_id = asked.person)
      order by valid_from desc, id desc limit 1) last on true
    order by asked.place`.execute(tx)
  return rows.map(({ day, source }, place) => {
    const happened = hits[place]?.happenedOn ?? null
    return happened === null ? { day, source } : { day: happened, source: null }
  })
}
