import type { Pack } from '@qiao/rules'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { recordFact } from '../households/facts.ts'
import { type ChangeParts, lockHousehold } from '../households/household-change.ts'
import { hukouCode } from '../households/off-hukou.ts'
import { readRegisteredPlaces } from '../households/registered-places.ts'

export type MemberParts = ChangeParts &
  Readonly<{ pack: (tx: Tx) => Promise<Pick<Pack, 'facts' | 'programmes'>> }>

/**
 * Makes the fact `hukou` of the members say what their registered places mean where the household lives now. What a
 * department delivered stands while it may be used: where it says otherwise the page shows that it differs.
 *
 * @param renewed of whom the place was just recorded: the fact takes over its source and day even where it says the same
 * @returns the household's version once all is recorded
 */
export async function settleHukou(
  tx: Tx,
  parts: MemberParts,
  { householdId, renewed, requestId }: Settling,
): Promise<number> {
  const { areaId, ...household } = await lockHousehold(tx, householdId)
  let { version } = household
  const { facts } = await parts.pack(tx)
  const known = await readHukou(tx, householdId, parts.clock.today())
  for (const place of await readRegisteredPlaces(tx, householdId)) {
    const { personId, source, evidence, basis, verifiedOn } = place
    const value = hukouCode(areaId, place)
    const said = known.filter((one) => one.personId === personId)
    if (said.some(({ delivered }) => delivered)) continue
    if (personId !== renewed && said.some((one) => one.value === value)) continue
    const recorded = await recordFact(
      tx,
      { ...parts, facts },
      {
        householdId,
        fact: 'hukou',
        personId,
        value,
        money: 'fen',
        verifiedOn,
        source,
        ...(evidence === null ? {} : { evidence }),
        ...(basis === null ? {} : { basis }),
        version,
        requestId,
      },
    )
    version = recorded.version
  }
  return version
}

type Settling = Readonly<{ householdId: number; renewed?: number; requestId: string }>

/** What is said of the members’ registration and may still be used. */
async function readHukou(tx: Tx, householdId: number, today: string) {
  const { rows } = await sql<{ personId: number; value: string; delivered: boolean }>`
    select person_id as "personId", value, delivery_id is not null as delivered from app.fact
    where household_id = ${householdId} and fact = 'hukou' and superseded_at is null
      and (shelf_until is null or shelf_until >= ${today}::date)`.execute(tx)
  return rows
}
