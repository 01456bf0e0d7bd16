import type { FieldCipher } from './platform/crypto/field-cipher.ts'
import { asOwner } from './platform/db/actor.ts'
import type { Database } from './platform/db/database.ts'
import { type SealedColumn, sealedColumns } from './sealed-columns.ts'

/** How many fields are sealed anew in one transaction; whoever writes one of them waits so long. */
const manyAtOnce = 1000

/**
 * Seals every field that is not sealed with the newest key anew, in steps that are kept each: cut off,
 * it goes on where it was. Blind indexes stay as they are, since their key is another.
 *
 * @param newest number of the key that the cipher seals with
 * @param progress told how many are done
 * @returns how many fields were sealed anew
 */
export async function resealAll(
  owner: Database,
  { cipher, newest }: Readonly<{ cipher: FieldCipher; newest: number }>,
  progress: (done: number) => void,
): Promise<number> {
  let done = 0
  for (const column of sealedColumns) {
    let after: string | undefined
    do {
      const step = await resealSome(owner, { cipher, newest }, column, after)
      progress((done += step.done))
      after = step.last
    } while (after !== undefined)
  }
  return done
}

async function resealSome(
  owner: Database,
  { cipher, newest }: Readonly<{ cipher: FieldCipher; newest: number }>,
  { table, key, type, column, field, atOnce = manyAtOnce }: SealedColumn,
  after: string | undefined,
): Promise<{ done: number; last: string | undefined }> {
  return asOwner(owner, async (_tx, connection) => {
    const { rows } = await connection.query<{ key: string; sealed: Buffer }>(
      `select ${key}::text as key, ${column} as sealed from ${table}
        where get_byte(${column}, 0) <> $1 ${after === undefined ? '' : `and ${key} > $2`}
        order by ${key} limit ${atOnce} for update`,
      after === undefined ? [newest] : [newest, after],
    )
    const anew = rows.map(({ sealed }) => cipher.seal(field, cipher.open(field, sealed)).sealed)
    await connection.query(
      `update ${table} set ${column} = anew.sealed
        from unnest($1::text[], $2::bytea[]) as anew (key, sealed) where ${table}.${key} = anew.key::${type}`,
      [rows.map((row) => row.key), anew],
    )
    return { done: rows.length, last: rows.length < atOnce ? undefined : rows.at(-1)?.key }
  })
}
