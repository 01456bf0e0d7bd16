import type { Static } from 'typebox'
import type { Clock } from '../../platform/clock.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { noteRead } from '../households/note-read.ts'
import { readPair } from './queries.ts'
import type { PairView } from './views.ts'

/**
 * One pair; both households are told that somebody looked, or decided.
 *
 * @throws Problem `not-found` where the reader does not see both persons
 */
export async function showPair(
  tx: Tx,
  { cipher, clock }: Readonly<{ cipher: FieldCipher; clock: Clock }>,
  id: number,
  action = 'household.duplicate-read',
): Promise<Static<typeof PairView>> {
  const pair = await readPair(tx, cipher, { id, today: clock.today() })
  if (!pair) throw problem(platformProblems, 'not-found')
  const households = new Set([pair.first.householdId, pair.second.householdId])
  for (const householdId of households)
    await noteRead(tx, {
      action,
      householdId,
      fields: ['members', 'id-number', 'phone', 'address', 'fact:birth_date', 'fact:sex'],
      detail: { pair: id },
    })
  return pair
}
