import type pg from 'pg'
import type { SealedField } from './platform/crypto/field-cipher.ts'

/** Where a sealed field lies; `index` is the column of its blind index, if it can be searched for. */
export type SealedColumn = Readonly<{
  table: string
  key: string
  column: string
  field: SealedField
  index?: string
}>

/** Every column that holds what is sealed by the keys of the key file. */
export const sealedColumns: readonly SealedColumn[] = [
  {
    table: 'app.person',
    key: 'id',
    column: 'id_number_enc',
    field: 'id-number',
    index: 'id_number_index',
  },
  { table: 'app.person', key: 'id', column: 'phone_enc', field: 'phone', index: 'phone_index' },
  { table: 'auth.account', key: 'staff_id', column: 'totp_secret', field: 'authenticator' },
  { table: 'auth.account', key: 'staff_id', column: 'totp_offered', field: 'authenticator' },
]

/**
 * The numbers of the keys that some field is sealed with: the first byte of each.
 *
 * @param client as a role that sees every row
 */
export async function keysInUse(client: Pick<pg.ClientBase, 'query'>): Promise<readonly number[]> {
  const selects = sealedColumns.map(
    ({ table, column }) =>
      `select distinct get_byte(${column}, 0) as id from ${table} where ${column} is not null`,
  )
  const { rows } = await client.query<{ id: number }>(`${selects.join(' union ')} order by id`)
  return rows.map(({ id }) => id)
}
