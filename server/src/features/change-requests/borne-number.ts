import { sql } from 'kysely'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import { problem } from '../../platform/http/problem.ts'
import { formsOf } from '../households/id-number.ts'
import { recordElsewhere } from '../households/queries.ts'
import type { Checked } from './change-request.ts'
import { changeRequestProblems } from './problems.ts'

/**
 * Refuses an ID number that somebody else bears, in any way in which it may be written; of them only the township that
 * answers for them is told, as the search does.
 *
 * @throws Problem `number-borne`
 */
export async function refuseBorneNumbers(
  tx: Tx,
  cipher: FieldCipher,
  items: readonly Checked[],
): Promise<void> {
  for (const item of items) {
    if (item.field !== 'id-number' || 'keep' in item) continue
    const indexes = formsOf(String(item.after)).map((form) => cipher.index('id-number', form))
    const { rows } = await sql<{ township: string }>`
      select area.name as township
      from app.person found join app.person on person.id = coalesce(found.merged_into, found.id)
      join app.area on area.id = left(person.area_id, 9)
      where found.id_number_index = any (${indexes}::bytea[]) and person.id <> ${item.personId} limit 1`.execute(
      tx,
    )
    const [here] = rows
    if (here) throw borne(here.township)
    for (const index of indexes) {
      const elsewhere = await recordElsewhere(tx, index)
      if (elsewhere) throw borne(elsewhere.township)
    }
  }
}

function borne(township: string) {
  return problem(
    changeRequestProblems,
    'number-borne',
    `这个身份证号已登记在另一人名下，由${township}负责。请先核对两份记录；确是同一个人的，由街镇合并。`,
  )
}
