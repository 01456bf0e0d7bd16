import { setImmediate as breath } from 'node:timers/promises'
import type { Pack } from '@qiao/rules'
import { type Clock, instantOn } from '../../platform/clock.ts'
import { asActor, asActorOnConnection } from '../../platform/db/actor.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import type { Choice } from '../eligibility/shard.ts'
import { type Catalogue, factsFor, readCatalogue } from './catalogue.ts'
import { keepWarningClocks } from './clocks.ts'
import { makeReady } from './feel.ts'
import { partsOfAll } from './find.ts'
import { rulesInForce, type StatedRule } from './rules-in-force.ts'
import { type Asked, feelOf, findEvidence, type Found, settleWarnings } from './settle.ts'

/** What the watch over warnings needs. */
export type WatchParts = Readonly<{
  db: Database
  clock: Clock
  packInForce: (tx: Tx) => Promise<Pack>
  /** A session of the program named `warnings`. */
  programToken: () => Promise<string>
}>

/** The last rules that were made ready: a household that changes asks the same as the one before. */
let kept: Readonly<{ key: string; asked: Asked }> | undefined

/** A rule that does not fit the facts any more asks nothing, which the catalogue shows; the others go on. */
function askedOf(
  rules: readonly StatedRule[],
  { pack, catalogue, today }: Readonly<{ pack: Pack; catalogue: Catalogue; today: string }>,
): Asked {
  const key = JSON.stringify([pack.hash, today, rules])
  if (kept?.key === key) return kept.asked
  const facts = factsFor(pack, catalogue)
  const fits = rules.filter((rule) => {
    const { feel } = feelOf([rule], catalogue)
    return !('wrong' in makeReady(feel, facts, today))
  })
  const { feel, of } = feelOf(fits, catalogue)
  const ready = makeReady(feel, facts, today)
  if ('wrong' in ready) throw new Error('rules that hold alone do not hold together')
  const asked = { ready, rules: fits, of }
  kept = { key, asked }
  return asked
}

/**
 * Asks the rules that are switched on of some households, or of all, and raises what is wanting.
 *
 * @returns how many warnings were raised, and how many pieces of evidence were put with one
 */
export async function watchHouseholds(
  parts: WatchParts,
  householdIds?: readonly number[],
): Promise<{ raised: number; added: number }> {
  const { db, clock, programToken } = parts
  const today = clock.today()
  const catalogue = await readCatalogue()
  const begin = await asActor(db, await programToken(), async (tx) => {
    const rules = await rulesInForce(tx, today)
    if (rules.length === 0) return undefined
    const choices: readonly Choice[] = householdIds ? [{ ids: householdIds }] : await partsOfAll(tx)
    return { rules, pack: await parts.packInForce(tx), choices }
  })
  if (!begin) return { raised: 0, added: 0 }
  const asked = askedOf(begin.rules, { pack: begin.pack, catalogue, today })
  const all = { raised: 0, added: 0 }
  for (const choice of begin.choices) {
    await breath()
    const { raised, added } = await asActorOnConnection(
      db,
      await programToken(),
      async (tx, connection) => {
        const found = await findEvidence(tx, connection, { asked, catalogue, today }, choice)
        return settleWarnings(tx, found, { today })
      },
    )
    all.raised += raised
    all.added += added
  }
  if (!householdIds) {
    const token = await programToken()
    await asActor(db, token, (tx) => keepWarningClocks(tx, instantOn(today)))
  }
  return all
}

/** Of which households a rule would raise a warning today; nothing is written. 预计数量 */
export async function expectedOf(
  parts: WatchParts,
  rule: StatedRule,
): Promise<
  Readonly<{ households: readonly Pick<Found, 'householdId' | 'areaId' | 'severity'>[] }>
> {
  const { db, clock, programToken } = parts
  const today = clock.today()
  const catalogue = await readCatalogue()
  const { pack, choices } = await asActor(db, await programToken(), async (tx) => ({
    pack: await parts.packInForce(tx),
    choices: await partsOfAll(tx),
  }))
  const { feel, of } = feelOf([rule], catalogue)
  const ready = makeReady(feel, factsFor(pack, catalogue), today)
  if ('wrong' in ready) throw new Error(ready.wrong.map(({ message }) => message).join('; '))
  const asked = { ready, rules: [rule], of }
  const households = new Map<number, Pick<Found, 'householdId' | 'areaId' | 'severity'>>()
  for (const choice of choices) {
    await breath()
    const found = await asActorOnConnection(db, await programToken(), (tx, connection) =>
      findEvidence(tx, connection, { asked, catalogue, today }, choice),
    )
    for (const { householdId, areaId, severity } of found)
      if (severity === 'red' || !households.has(householdId))
        households.set(householdId, { householdId, areaId, severity })
  }
  return { households: [...households.values()] }
}
