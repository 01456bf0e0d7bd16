import { retentionClasses, type RetentionRules } from '../households/retention.ts'

/** A connection as role `owner`: nobody else may say what goes. */
type Connection = Readonly<{ query: (text: string, values: unknown[]) => Promise<unknown> }>

const optional = { persons: [], households: [], blanks: [], whole: false, rests: false } as const

/** Brings the classes and the rule of every table into the database, which erases by them; run at every start. */
export async function loadRetentionRules(
  connection: Connection,
  rules: RetentionRules,
): Promise<void> {
  const classes = Object.entries(retentionClasses).map(([id, { starts, least, waits }]) => ({
    id,
    starts,
    least: least && `${least.years} years`,
    waits,
  }))
  const tables = Object.entries(rules).flatMap(([table_name, rule], place) =>
    rule.ends === 'kept' ? [] : [{ ...optional, ...rule, place, table_name }],
  )
  await connection.query(
    `insert into meta.retention_class
     select * from jsonb_populate_recordset(null::meta.retention_class, $1)
     on conflict (id) do update set starts = excluded.starts, least = excluded.least, waits = excluded.waits`,
    [JSON.stringify(classes)],
  )
  await connection.query('delete from meta.retention_rule', [])
  await connection.query(
    `insert into meta.retention_rule
     select * from jsonb_populate_recordset(null::meta.retention_rule, $1)`,
    [JSON.stringify(tables)],
  )
}
