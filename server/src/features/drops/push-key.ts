import { generateKeyPairSync } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'

/** What a department's system signs its deliveries of one source with. 推送密钥 */
export type PushKey = Readonly<{
  id: string
  source: string
  name: string
  /** Its last day. */
  validTo: string
  state: 'live' | 'expired' | 'revoked'
  madeBy: string
  madeAt: string
  revokedAt: string | null
  usedAt: string | null
}>

/** The longest a key may hold, in days. 待核: our proposal, no rule sets it. */
export const longestDays = 730

/** Keys of a source, the newest first. */
export async function listPushKeys(tx: Tx, source: string): Promise<readonly PushKey[]> {
  const { rows } = await sql<PushKey>`select key.id, key.source, key.name, valid_to as "validTo",
      case when revoked_at is not null then 'revoked'
        when valid_to < (now() at time zone 'Asia/Shanghai')::date then 'expired' else 'live' end as state,
      coalesce(maker.name, '其他同事') as "madeBy", made_at as "madeAt", revoked_at as "revokedAt", used_at as "usedAt"
    from app.push_key key left join app.staff maker on maker.id = made_by
    where key.source = ${source} order by made_at desc, key.id`.execute(tx)
  return rows
}

export type NewPushKey = Readonly<{ source: string; name: string; validTo: string }>

/** Makes a key. @returns its number, and the private half as PKCS#8 PEM, which is kept nowhere */
export async function makePushKey(
  tx: Tx,
  { source, name, validTo }: NewPushKey,
): Promise<Readonly<{ id: string; privateKey: string }>> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  const { rows } = await sql<{ id: string }>`
    insert into app.push_key (source, name, public_key, valid_to)
    values (${source}, ${name}, ${raw}, ${validTo}::date) returning id`.execute(tx)
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return { id: rows[0]?.id ?? '', privateKey: pem }
}

/** Ends a key for good; false where it is not there or was ended before. */
export async function revokePushKey(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select app.revoke_push_key(${id}) as done`.execute(tx)
  return rows[0]?.done ?? false
}
