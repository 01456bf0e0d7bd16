import type { Tx } from '../../platform/db/database.ts'
import type { Line } from './log-file.ts'
import { type Place, readSealed, readSeals, readUnsealed } from './queries.ts'
import type { Seal } from './seal.ts'

/** How much of the log is in memory at a time. */
const most = { seals: 500, entries: 5000 }

/**
 * The whole log in its order: the entries of each seal, then the seal; at the end what none holds.
 *
 * Goes up to the last seal of the moment it begins; what is sealed meanwhile comes at the end.
 */
export async function* readLog(tx: Tx): AsyncGenerator<Line> {
  let number = 0
  for (;;) {
    const seals = atOnce(await readSeals(tx, number, most.seals))
    const last = seals.at(-1)
    if (!last) break
    const entries = await readSealed(tx, seals)
    for (const seal of seals) {
      for (const entry of entries.get(seal.number) ?? []) yield { entry }
      yield { seal }
    }
    number = last.number
  }
  let from: Place = ['0', 0]
  for (;;) {
    const entries = await readUnsealed(tx, number, from, most.entries)
    const last = entries.at(-1)
    if (!last) return
    for (const entry of entries) yield { entry }
    from = [last.xid, last.id]
  }
}

/** The first of them, as many as together hold no more than may be in memory, at least one. */
function atOnce(seals: readonly Seal[]): readonly Seal[] {
  let held = 0
  const end = seals.findIndex(({ entries }) => (held += entries.length) > most.entries)
  return end === -1 ? seals : seals.slice(0, Math.max(end, 1))
}
