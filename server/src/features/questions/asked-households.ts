import type { Way } from '@qiao/rules'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import {
  current,
  type Expected,
  expected,
  matching,
  named,
  type QuestionFilters,
  type Words,
} from './filters.ts'
import type { AskedHousehold } from './views.ts'

export type AskedOf = QuestionFilters &
  Readonly<{ fact: string; department?: string; page: number; size: number }>

/** For whom one fact is worth asking, those first whom it promises most. */
export async function listAskedHouseholds(
  tx: Tx,
  { fact, department, page, size, ...filters }: AskedOf,
  words: Words,
): Promise<{ items: AskedHousehold[]; total: number }> {
  const { rows } = await sql<AskedRow>`
    select question.household_id as "householdId", household.register_no as "registerNo",
      coalesce(head.name, '') as head, person.name as member, because, decided::float8 as decided,
      found::float8 as found, certain_fen as "certainFen", programmes,
      json_strip_nulls(json_build_object('id', area.id, 'name', area.name, 'level', area.level,
        'township', township.name)) as area,
      count(*) over ()::int as total
    from ${current}
    join app.area on area.id = question.area_id
    left join app.area township on township.id = area.parent_id and township.level = 'township'
    left join app.person on person.id = question.person_id
    left join lateral (
      select other.name from app.member join app.person other on other.id = member.person_id
      where member.household_id = question.household_id and superseded_at is null and valid_to is null
      order by relation <> '02', other.id limit 1) head on true
    where ${matching(filters)} and fact = ${fact}
      and department is not distinct from coalesce(${department ?? null}, department)
    order by found desc nulls last, worth desc, question.household_id, place
    limit ${size} offset ${(page - 1) * size}`.execute(tx)
  return {
    total: rows[0]?.total ?? 0,
    items: rows.map(({ total: _, programmes, ...row }) => ({
      ...row,
      ...expected(row),
      programmes: named(words, programmes),
    })),
  }
}

type AskedRow = Omit<AskedHousehold, 'programmes'> & {
  programmes: readonly string[]
  total: number
}

export type CommitteeRow = Expected &
  Readonly<{
    township: string | null
    committee: string
    fact: string
    way: Way
    department: string | null
    households: number
    persons: number
  }>

/** The same by committee, for a table to take along. */
export async function askedByCommittee(
  tx: Tx,
  filters: QuestionFilters,
): Promise<readonly CommitteeRow[]> {
  const { rows } = await sql<CommitteeRow>`
    select township.name as township, area.name as committee, fact, way, department,
      count(distinct question.household_id)::int as households, count(*)::int as persons,
      sum(decided)::float8 as decided, sum(found)::float8 as found,
      sum(certain_fen)::float8 as "certainFen"
    from ${current}
    join app.area on area.id = question.area_id
    left join app.area township on township.id = area.parent_id and township.level = 'township'
    where ${matching(filters)}
    group by area.id, area.name, township.name, fact, way, department
    order by area.id, found desc nulls last, decided desc, fact, way`.execute(tx)
  return rows
}
