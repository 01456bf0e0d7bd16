import { sql } from 'kysely'
import type { Static } from 'typebox'
import type { Tx } from '../../platform/db/database.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { householdFacts, recordsThatHeld } from './facts.ts'
import { listFacts } from './household-page.ts'
import { factFields, noteRead } from './note-read.ts'
import { readAwards, readerOf, readHousehold, readMembers, type RecordedFact } from './queries.ts'
import type { HouseholdParts } from './show-household.ts'
import type { FactsThenView } from './views.ts'

/**
 * What was known of a household on a day, as its answers of that day read it: of every fact the latest record that held
 * by then, of whoever lived there, and what was received. That somebody looked is noted.
 *
 * @throws Problem `not-found` for a household that is none of theirs
 */
export async function showFactsThen(
  tx: Tx,
  { pack }: Pick<HouseholdParts, 'pack'>,
  { id, on }: Readonly<{ id: number; on: string }>,
): Promise<Static<typeof FactsThenView>> {
  const household = await readHousehold(tx, id)
  if (!household) throw problem(platformProblems, 'not-found')
  const { facts: catalogue, programmes } = await pack(tx)
  const members = await readMembers(tx, id, on)
  const reader = await readerOf(tx, household.area.id)
  const facts = listFacts({
    catalogue,
    personIds: members.map(({ personId }) => personId),
    recorded: await readFactsThen(tx, id, on),
    // What is hidden from the reader is not told of a past day either.
    clinical: [],
    // Nor is what lay beside: answers of that day did not read it.
    others: [],
    known: await householdFacts(tx, id, on),
    reader,
    today: on,
  })
  const awards = await readAwards(tx, id)
  const names = new Map(programmes.map((programme) => [programme.id, programme.name]))
  await noteRead(tx, {
    action: 'household.facts-then-read',
    householdId: id,
    fields: ['members', ...factFields(reader), 'awards'],
    detail: { on },
  })
  return {
    area: { id: household.area.id },
    on,
    members: members.map(({ personId, name }) => ({ personId, name })),
    facts: facts.filter(({ state }) => state !== 'unknown'),
    awards: awards
      .filter(({ from, to }) => from <= on && (to === null || to >= on))
      .map((award) => ({
        ...award,
        programmeName: names.get(award.programme) ?? award.programme,
      })),
  }
}

async function readFactsThen(tx: Tx, id: number, on: string): Promise<RecordedFact[]> {
  const { rows } = await sql<RecordedFact>`
    select person_id as "personId", fact, value, source, evidence, legal_basis as "legalBasis",
      basis, basis.name as "basisName", basis.discovery as covers, verified_on as "verifiedOn",
      shelf_until as "shelfUntil"
    from ${recordsThatHeld(id, on)} join app.basis on basis.id = fact.basis`.execute(tx)
  return rows
}
