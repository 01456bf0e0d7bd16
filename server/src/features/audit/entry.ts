import { sm3 } from '../../platform/crypto/sm3.ts'
import { canonicalBytes, canonicalJson } from './canonical.ts'

/** One entry of the audit log, as stored and as exported. 审计记录 */
export type Entry = Readonly<{
  id: number
  /** Microseconds since 1970-01-01T00:00:00Z. */
  at: number
  /** `staff:<uuid>` or `job:<name>`, as the database knew it. */
  actor: string
  /** feature.happened, e.g. `household.read`. */
  action: string
  /** kind:id, never a name. */
  subject: string | null
  householdId: number | null
  areaId: string | null
  /** Why: a duty, an office, a lead, or what was stated. */
  reason: string | null
  requestId: string | null
  address: string | null
  /** Classes or names of fields, never values. */
  fields: readonly string[]
  /** The JSON text of what else was noted. */
  detail: string | null
  /** The transaction that wrote it, in digits. */
  xid: string
}>

/** The bytes that a seal's digest of an entry is of; docs/reference/audit.md defines them. */
export function entryBytes(entry: Entry): Buffer {
  return canonicalBytes('qiao audit entry 1', [
    ['id', String(entry.id)],
    ['at', String(entry.at)],
    ['actor', entry.actor],
    ['action', entry.action],
    ['subject', entry.subject],
    ['household', entry.householdId === null ? null : String(entry.householdId)],
    ['area', entry.areaId],
    ['reason', entry.reason],
    ['request', entry.requestId],
    ['address', entry.address],
    ['fields', JSON.stringify(entry.fields)],
    ['detail', entry.detail === null ? null : canonicalJson(entry.detail)],
    ['transaction', entry.xid],
  ])
}

export function entryDigest(entry: Entry): Buffer {
  return sm3(entryBytes(entry))
}
