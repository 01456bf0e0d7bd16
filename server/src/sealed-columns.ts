import type pg from 'pg'
import type { SealedField } from './platform/crypto/field-cipher.ts'

/** Where a sealed field lies, in a table whose primary key is `key`. */
export type SealedColumn = Readonly<{
  table: string
  key: string
  type: 'bigint' | 'uuid'
  column: string
  field: SealedField
  /** How many are sealed anew at once, where not many: a piece of a file is a megabyte. */
  atOnce?: number
}>

/** Every column that holds what is sealed by the keys of the key file. */
export const sealedColumns: readonly SealedColumn[] = [
  {
    table: 'app.person',
    key: 'id',
    type: 'bigint',
    column: 'id_number_enc',
    field: 'id-number',
  },
  { table: 'app.person', key: 'id', type: 'bigint', column: 'phone_enc', field: 'phone' },
  {
    table: 'auth.merged_person',
    key: 'id',
    type: 'bigint',
    column: 'id_number_enc',
    field: 'id-number',
  },
  { table: 'auth.merged_person', key: 'id', type: 'bigint', column: 'phone_enc', field: 'phone' },
  ...(['id-number', 'phone'] as const).flatMap((field) =>
    (['before', 'after'] as const).map((when) => ({
      table: 'app.change_item',
      key: 'id',
      type: 'bigint' as const,
      column: `${field.replace('-', '_')}_${when}_enc`,
      field,
    })),
  ),
  {
    table: 'auth.account',
    key: 'staff_id',
    type: 'uuid',
    column: 'totp_secret',
    field: 'authenticator',
  },
  {
    table: 'auth.account',
    key: 'staff_id',
    type: 'uuid',
    column: 'totp_offered',
    field: 'authenticator',
  },
  {
    table: 'app.service_record',
    key: 'id',
    type: 'bigint',
    column: 'words_enc',
    field: 'service',
  },
  {
    table: 'app.counselling_note',
    key: 'id',
    type: 'bigint',
    column: 'note_enc',
    field: 'counselling',
  },
  {
    table: 'app.drop_point',
    key: 'id',
    type: 'uuid',
    column: 'secret_enc',
    field: 'drop-point',
  },
  {
    table: 'app.delivery_piece',
    key: 'id',
    type: 'bigint',
    column: 'piece_enc',
    field: 'delivery',
    atOnce: 10,
  },
  ...(
    [
      ['scale_result', 'answers_enc', 'scale'],
      ['safety_task', 'outcome_enc', 'scale'],
      ['needs_assessment', 'words_enc', 'assessment'],
      ['need', 'outcome_enc', 'assessment'],
      ['assessment_objection', 'text_enc', 'assessment'],
      ['assessment_objection', 'reply_enc', 'assessment'],
      ['household_case', 'household_word_enc', 'case'],
      ['case_goal', 'text_enc', 'case'],
      ['case_goal', 'measure_enc', 'case'],
      ['case_goal', 'outcome_enc', 'case'],
      ['case_event', 'text_enc', 'case'],
    ] as const
  ).map(([table, column, field]) => ({
    table: `app.${table}`,
    key: 'id',
    type: 'bigint' as const,
    column,
    field,
  })),
  {
    table: 'app.warning_event',
    key: 'id',
    type: 'bigint',
    column: 'words_enc',
    field: 'words',
  },
]

/**
 * How many fields are sealed with each key, by its number: the first byte of each.
 *
 * @param client as a role that sees every row
 */
export async function fieldsByKey(
  client: Readonly<{ query: pg.ClientBase['query'] }>,
): Promise<ReadonlyMap<number, number>> {
  const selects = sealedColumns.map(
    ({ table, column }) =>
      `select get_byte(${column}, 0) as id from ${table} where ${column} is not null`,
  )
  const { rows } = await client.query<{ id: number; fields: number }>(
    `select id, count(*)::int as fields from (${selects.join(' union all ')}) sealed
      group by id order by id`,
  )
  return new Map(rows.map(({ id, fields }) => [id, fields]))
}
