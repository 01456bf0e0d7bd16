import type { Fact, HouseholdFacts, Reading } from '@qiao/rules'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'

/**
 * What the wide rows say of many households at once, for the engine: today's facts without their
 * sources. A household nobody lives in is left out.
 *
 * @param tx a transaction that sees every fact: the program's own
 */
export async function currentFacts(
  tx: Tx,
  facts: readonly Fact[],
  householdIds: readonly number[],
): Promise<ReadonlyMap<number, HouseholdFacts>> {
  const stored = facts.filter((fact) => fact.derive === undefined)
  const ofHousehold = stored.filter(({ entity }) => entity === 'household')
  const ofPerson = stored.filter(({ entity }) => entity === 'person')
  const chosen = sql`household_id = any(${householdIds}::bigint[])`
  const households = await sql<WideRow>`select household_id, ${columnsOf(ofHousehold)}
    from app.household_current where ${chosen}`.execute(tx)
  const persons = await sql<WideRow>`select household_id, person_id, ${columnsOf(ofPerson)}
    from app.person_current where ${chosen} order by household_id, person_id`.execute(tx)
  const members = Map.groupBy(persons.rows, ({ household_id }) => household_id)
  return new Map(
    households.rows.flatMap((row) => {
      const living = members.get(row.household_id) ?? []
      if (living.length === 0) return []
      const one: HouseholdFacts = {
        household: readingsOf(row, ofHousehold),
        members: living.map((person) => ({
          id: String(person.person_id),
          facts: readingsOf(person, ofPerson),
        })),
      }
      return [[row.household_id, one] as const]
    }),
  )
}

type WideRow = Readonly<{ household_id: number; person_id?: number }> &
  Readonly<Record<string, Reading['value']>>

function columnsOf(facts: readonly Fact[]) {
  const names = facts.flatMap(({ id, nullable }) =>
    nullable ? [`f_${id}`, `f_${id}_known`] : [`f_${id}`],
  )
  return sql.join(names.map((name) => sql.ref(name)))
}

function readingsOf(row: WideRow, facts: readonly Fact[]): Record<string, Reading> {
  const readings: Record<string, Reading> = {}
  for (const { id } of facts) {
    const value = row[`f_${id}`] ?? null
    if (value !== null || row[`f_${id}_known`] === true) readings[id] = { value }
  }
  return readings
}
