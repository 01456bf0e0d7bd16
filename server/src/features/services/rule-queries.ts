import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { type Every, type Rule, type RuleKey, ruleKeys, type Season } from './rhythm.ts'
import type { SeasonForm, SeasonOf, StatedRule, VisitRuleOf } from './rule-views.ts'

type RuleRow = Readonly<{
  key: RuleKey
  contact: Every | null
  visit: Every | null
}>

const every = (
  kind: 'contact' | 'visit',
) => sql`case when ${sql.ref(`${kind}_amount`)} is not null then
  json_build_object('amount', ${sql.ref(`${kind}_amount`)}, 'unit', ${sql.ref(`${kind}_unit`)}) end`

/** The rules that are in force on a day. */
export async function rulesOn(tx: Tx, on: string): Promise<Rule[]> {
  const { rows } = await sql<RuleRow>`
    select distinct on (key) key, ${every('contact')} as contact, ${every('visit')} as visit from app.visit_rule
    where superseded_at is null and from_day <= ${on}::date order by key, from_day desc`.execute(tx)
  return rows
}

/** Seasons that hold on a day or will. */
export async function seasonsOn(tx: Tx, on: string): Promise<Season[]> {
  const { rows } = await sql<Season>`
    select kind, from_day as from, to_day as to, percent from app.visit_season
    where ended_at is null and to_day >= ${on}::date order by from_day, id`.execute(tx)
  return rows
}

/** Every rule as it is in force, with what is to come and what stood before. @param on 'YYYY-MM-DD' */
export async function readRules(tx: Tx, on: string): Promise<VisitRuleOf[]> {
  type Row = VisitRuleOf['others'][number] & { key: RuleKey; id: number; standing: boolean }
  const { rows } = await sql<Row>`
    select visit_rule.id, key, ${every('contact')} as contact, ${every('visit')} as visit, from_day as "from", source, proposed,
      recorded_at as "recordedAt", case when recorded_by is not null then coalesce(staff.name, '其他同事') end as "recordedBy",
      superseded_at is null as standing
    from app.visit_rule left join app.staff on staff.id = recorded_by
    order by key, from_day desc, visit_rule.id desc`.execute(tx)
  return ruleKeys.flatMap((of) => {
    const all = rows.filter(({ key }) => key === of)
    const standing = all.filter((one) => one.standing)
    const now = standing.find(({ from }) => from <= on)
    if (!now) return []
    const plain = ({ id: _id, key: _key, standing: _standing, ...row }: Row) => row
    const seen = Math.max(...standing.map(({ id }) => id))
    return [
      {
        key: of,
        ...plain(now),
        version: seen,
        others: all.filter((one) => one !== now).map(plain),
      },
    ]
  })
}

/** @returns false where somebody stated something since `seen` */
export async function stateRule(
  tx: Tx,
  key: RuleKey,
  { version, ...stated }: StatedRule,
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select app.state_visit_rule(${key}, ${JSON.stringify(stated)}::jsonb, ${version}) as done`.execute(
    tx,
  )
  return rows[0]?.done ?? false
}

/** Seasons that are to come, hold, or were; the latest first. */
export async function readSeasons(tx: Tx): Promise<SeasonOf[]> {
  const { rows } = await sql<SeasonOf>`
    select visit_season.id, kind, from_day as from, to_day as to, percent, because, recorded_at as "recordedAt",
      coalesce(staff.name, '其他同事') as "recordedBy", ended_at is not null as ended
    from app.visit_season left join app.staff on staff.id = recorded_by
    order by from_day desc, visit_season.id desc limit 100`.execute(tx)
  return rows
}

export async function stateSeason(tx: Tx, season: SeasonForm): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select app.state_visit_season(${JSON.stringify(season)}::jsonb) as id`.execute(tx)
  return rows[0]?.id ?? 0
}

/** @returns false where there is none, or it was taken back already */
export async function endSeason(tx: Tx, id: number): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select app.end_visit_season(${id}) as done`.execute(
    tx,
  )
  return rows[0]?.done ?? false
}
