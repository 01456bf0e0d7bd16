import { sql } from 'kysely'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { DropFile, DropPoint } from './drop-point.ts'

const columns = sql`point.id, point.source, kind, host, port, path, pattern, user_name as "userName",
  server_key as "serverKey", login_key as "loginKey", every,
  case when programme is not null then json_build_object('programme', programme, 'areaId', roll_area,
    'complete', roll_complete) end as roll,
  coalesce(maker.name, '其他同事') as "madeBy", made_at as "madeAt", ended_at as "endedAt", looked_at as "lookedAt", problem`
const from = sql`app.drop_point point left join app.staff maker on maker.id = made_by`

/** Of a source, or all that are still in use; the newest first. */
export async function listDropPoints(tx: Tx, source?: string): Promise<readonly DropPoint[]> {
  const chosen = source === undefined ? sql`ended_at is null` : sql`point.source = ${source}`
  const { rows } = await sql<DropPoint>`select ${columns} from ${from}
    where ${chosen} order by made_at desc, point.id`.execute(tx)
  return rows
}

export type NewDropPoint = Omit<
  DropPoint,
  'id' | 'madeBy' | 'madeAt' | 'endedAt' | 'lookedAt' | 'problem'
> &
  Readonly<{ secret: string | null }>

export async function makeDropPoint(
  tx: Tx,
  cipher: FieldCipher,
  { roll, secret, ...point }: NewDropPoint,
): Promise<string> {
  const sealed = secret === null ? null : cipher.seal('drop-point', secret).sealed
  const { rows } = await sql<{ id: string }>`
    insert into app.drop_point (source, kind, host, port, path, pattern, user_name, server_key, login_key, secret_enc,
      every, programme, roll_area, roll_complete)
    values (${point.source}, ${point.kind}, ${point.host}, ${point.port}, ${point.path}, ${point.pattern},
      ${point.userName}, ${point.serverKey}, ${point.loginKey}, ${sealed}, ${point.every}, ${roll?.programme ?? null},
      ${roll?.areaId ?? null}, ${roll?.complete ?? null})
    returning id`.execute(tx)
  return rows[0]?.id ?? ''
}

/** Ends it for good; false where it is not there or was ended before. */
export async function endDropPoint(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select app.end_drop_point(${id}) as done`.execute(
    tx,
  )
  return rows[0]?.done ?? false
}

/** What the program signs in with there; undefined where nothing is asked for. */
export async function secretOf(
  tx: Tx,
  cipher: FieldCipher,
  id: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ sealed: Buffer | null }>`
    select app.secret_of_drop_point(${id}) as sealed`.execute(tx)
  const sealed = rows[0]?.sealed
  return sealed ? cipher.open('drop-point', sealed) : undefined
}

/** How far a file has come that was seen before. */
export type Fetched = Readonly<{ deliveryId: number; whole: boolean; pieces: number }>

export async function fetchedBefore(
  tx: Tx,
  id: string,
  { name, bytes, modifiedAt }: DropFile,
): Promise<Fetched | undefined> {
  const { rows } =
    await sql<Fetched>`select delivery_id as "deliveryId", state <> 'receiving' or came.bytes = file.bytes as whole,
      came.pieces
    from app.drop_point_file file join app.delivery on delivery.id = delivery_id
    cross join lateral (select count(*)::int as pieces, coalesce(sum(piece.bytes), 0) as bytes
      from app.delivery_piece piece where piece.delivery_id = file.delivery_id) came
    where file.drop_point_id = ${id} and name = ${name} and file.bytes = ${bytes} and modified_at = ${modifiedAt}`.execute(
      tx,
    )
  return rows[0]
}
