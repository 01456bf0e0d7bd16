import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import type { Clock } from '../../platform/clock.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { roleName } from '../staff/staff.ts'
import {
  type Certificate,
  type Person,
  readCertificates,
  readDuties,
  readPerson,
  readRecords,
} from './queries.ts'
import { readAttempts } from './exam-queries.ts'
import { minutesByYear } from './training.ts'
import { readTrainings } from './training-queries.ts'
import type { AdvisorView } from './views.ts'

export type AdvisorParts = Readonly<{
  clock: Clock
  /** Role `signin`, which reads nothing but what its functions tell: for what is open to everybody. */
  signin: Database
}>

/** Somebody the caller may see here. @throws Problem `not-found` */
export async function personCalled(tx: Tx, staffId: string, clock: Clock): Promise<Person> {
  const person = await readPerson(tx, staffId, clock.today())
  if (!person) throw problem(platformProblems, 'not-found')
  return person
}

/** Of certificates, the one that is valid on a day. */
export function validCertificate(
  certificates: readonly Certificate[],
  on: string,
): Certificate | undefined {
  return certificates.find(({ from, to, endedOn }) => from <= on && on <= to && endedOn === null)
}

/** All that is on record of somebody as an advisor. */
export async function advisorPage(
  tx: Tx,
  { caller }: FastifyRequest,
  staffId: string,
  clock: Clock,
): Promise<Static<typeof AdvisorView>> {
  const { role, ...person } = await personCalled(tx, staffId, clock)
  const [records, certificates] = [
    await readRecords(tx, staffId),
    await readCertificates(tx, staffId),
  ]
  return {
    ...person,
    roleName: roleName(role),
    records: records.map((one) => ({ ...one, areas: [...one.areas], grades: [...one.grades] })),
    certificates,
    duties: await readDuties(tx, staffId),
    attempts: await readAttempts(tx, staffId),
    trained: minutesByYear(await readTrainings(tx, { staffId })),
    may: {
      write: caller.may.includes('advisors.write') && caller.staffId !== staffId,
      print: records.length > 0 && validCertificate(certificates, clock.today()) !== undefined,
    },
  }
}
