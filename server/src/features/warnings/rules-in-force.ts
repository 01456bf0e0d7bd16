import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { Severity } from './warning.ts'

/** By which rule a signal raises warnings, as the district stated it. */
export type StatedRule = Readonly<{
  id: number
  signal: string
  on: boolean
  rule: string
  sensitivity: 'plain' | 'need-signal' | 'clinical'
  severity: Severity
  redRule: string | null
  freshDays: number | null
  from: string
  source: string
  proposed: boolean
}>

const columns = sql`id, signal, switched_on as "on", rule, sensitivity, severity, red_rule as "redRule",
  fresh_days as "freshDays", from_day as "from", source, proposed`

/** The rules by which warnings are raised on a day: of each signal what was stated last and has begun. @param on 'YYYY-MM-DD' */
export async function rulesInForce(tx: Tx, on: string): Promise<readonly StatedRule[]> {
  const { rows } = await sql<StatedRule>`
    select distinct on (signal) ${columns} from app.warning_rule
    where from_day <= ${on}::date order by signal, id desc`.execute(tx)
  return rows.filter((rule) => rule.on)
}

type Before = StatedRule &
  Readonly<{ recordedAt: string; recordedBy: string | null; current: boolean }>

/** Everything that was stated of every signal, the latest first. */
export async function everyRule(tx: Tx): Promise<readonly Before[]> {
  const { rows } = await sql<Before>`
    select ${columns}, recorded_at as "recordedAt", superseded_at is null as current,
      case when recorded_by is not null then coalesce(
        (select name from app.staff where staff.id = recorded_by), '其他同事') end as "recordedBy"
    from app.warning_rule order by id desc`.execute(tx)
  return rows
}

export type RuleWish = Omit<StatedRule, 'id' | 'signal'>

/** @returns false where somebody stated something since `version`, the number of what stood then */
export async function stateRule(
  tx: Tx,
  signal: string,
  wish: RuleWish,
  version: number | null,
): Promise<boolean> {
  const { rows } = await sql<{ made: number | null }>`
    select app.state_warning_rule(${signal}, ${JSON.stringify(wish)}::jsonb, ${version}) as made`.execute(
    tx,
  )
  return (rows[0]?.made ?? null) !== null
}
