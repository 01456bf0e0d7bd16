import type { Pack } from '@qiao/rules'
import type { Static } from 'typebox'
import { audit } from '../../platform/audit.ts'
import type { Clock } from '../../platform/clock.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import type { Jobs } from '../../platform/jobs.ts'
import { householdFacts } from './facts.ts'
import { factFields } from './note-read.ts'
import { listFacts, memberView } from './household-page.ts'
import { readOtherWords } from './other-words.ts'
import {
  readAwards,
  readClinicalFacts,
  readerOf,
  readFacts,
  readHousehold,
  readMembers,
} from './queries.ts'
import { shownForReason } from '../staff/field-classes.ts'
import { readRegisteredPlaces } from './registered-places.ts'
import type { HouseholdView } from './views.ts'

export type HouseholdParts = Readonly<{
  clock: Clock
  cipher: FieldCipher
  jobs: Jobs
  /** The policies in force: which facts there are, and what programmes are called. */
  pack: (tx: Tx) => Promise<Pick<Pack, 'facts' | 'programmes'>>
  /** The open lead of a household; leads come later, so app.ts hands it down. */
  leadOf?: (tx: Tx, householdId: number) => Promise<number | null>
  /** The open leads of many households at once, by household. */
  leadsOf?: (tx: Tx, householdIds: readonly number[]) => Promise<ReadonlyMap<number, number>>
}>

/** As much of the parts as the household page needs. */
type PageParts = Pick<HouseholdParts, 'clock' | 'cipher' | 'pack' | 'leadOf'>

/**
 * The household page as this reader may see it; that they looked is noted.
 *
 * @throws Problem `not-found` for a household that is none of theirs
 */
export async function showHousehold(
  tx: Tx,
  { clock, cipher, pack, leadOf }: PageParts,
  {
    id,
    mayWrite,
    maySettle = false,
    requestId,
  }: { id: number; mayWrite: boolean; maySettle?: boolean; requestId?: string },
): Promise<Static<typeof HouseholdView>> {
  const household = await readHousehold(tx, id)
  if (!household) throw problem(platformProblems, 'not-found')
  const today = clock.today()
  const { facts: catalogue, programmes } = await pack(tx)
  const members = await readMembers(tx, id, today)
  const reader = await readerOf(tx, household.area.id)
  const facts = listFacts({
    catalogue,
    personIds: members.map(({ personId }) => personId),
    recorded: await readFacts(tx, id),
    clinical: await readClinicalFacts(tx, id),
    others: await readOtherWords(tx, id, today),
    known: await householdFacts(tx, id, today),
    reader,
    today,
  })
  const places = await readRegisteredPlaces(tx, id)
  const parts = { facts, places, area: household.area, today }
  const awards = await readAwards(tx, id)
  const names = new Map(programmes.map((programme) => [programme.id, programme.name]))
  await audit(tx, {
    action: 'household.read',
    subject: `household:${id}`,
    householdId: id,
    areaId: household.area.id,
    fields: ['head', 'members', 'id-number', 'phone', 'address', ...factFields(reader), 'awards'],
    ...(requestId === undefined ? {} : { requestId }),
  })
  return {
    ...household,
    members: members.map((member) => {
      const idNumber = member.idNumber && cipher.open('id-number', member.idNumber)
      const phone = member.phone && cipher.open('phone', member.phone)
      return memberView({ ...member, idNumber, phone }, parts)
    }),
    facts,
    awards: awards.map((award) => ({
      ...award,
      programmeName: names.get(award.programme) ?? award.programme,
    })),
    leadId: (await leadOf?.(tx, id)) ?? null,
    reasonShows: reader.hasReason ? [] : [...shownForReason(reader.role)],
    may: ['read', ...(mayWrite ? ['record-fact'] : []), ...(maySettle ? ['settle-words'] : [])],
  }
}
