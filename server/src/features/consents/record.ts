import { type RawBuilder, sql } from 'kysely'
import { audit } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db/database.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import {
  type ChangeParts,
  finishChange,
  isMember,
  lockHousehold,
} from '../households/household-change.ts'
import { noticeInForce } from '../notices/notice.ts'
import { readNotices, readPurposes } from '../notices/queries.ts'
import {
  type Consenting,
  type ObjectionKind,
  type Wrong,
  wrongConsent,
  wrongSpeaker,
  wrongTerm,
  wrongToldDay,
} from './consent.ts'
import { consentProblems } from './problems.ts'
import { birthDateOf } from './queries.ts'

/** Whose consent it is: the household's, or with `personId` one member's. */
type Said = Readonly<{ householdId: number; personId?: number | null; requestId?: string }>

export type Authorising = Said &
  Readonly<{ basis: string; from: string; to: string; evidence: string }>

export type Objecting = Said & Readonly<{ kind: ObjectionKind; toldOn: string; note?: string }>

/** Which consent of a household is taken back. */
export type Withdrawing = Readonly<{ householdId: number; id: number; requestId?: string }>

/**
 * Records that a household or member allows what needs an authorisation: a check of means, or the use
 * of what they told. From its first day on matching reads what rests on it.
 *
 * @returns the household's new version
 * @throws Problem `not-found` or `consent-invalid`
 */
export async function recordAuthorisation(
  tx: Tx,
  parts: ChangeParts,
  { basis, from, to, evidence, ...said }: Authorising,
): Promise<number> {
  const wrong =
    wrongTerm({ from, to }, parts.clock.today()) ??
    ((await needsAuthorisation(tx, basis))
      ? undefined
      : { field: 'basis', message: '这一种依据不需要授权' })
  return change(tx, parts, said, {
    action: 'household.authorisation-recorded',
    detail: { basis, from, to },
    wrong,
    write: async (person) => {
      if (person !== null)
        await refuseSpeaker(tx, { ...said, personId: person, from, to, hasGuardian: false })
      return sql`select app.record_authorisation(${said.householdId}, ${person}, ${basis}, ${from}::date,
        ${to}::date, ${evidence})`
    },
  })
}

/**
 * Records that a member consents to a purpose: told by the notice in force that day, to whoever is named; of a child under
 * fourteen a guardian. What rests on it is read from its first day on.
 *
 * @returns the household's new version
 * @throws Problem `not-found`, `consent-invalid`, `consent-needs-birth-date` or `consent-needs-guardian`
 */
export async function recordConsent(
  tx: Tx,
  parts: ChangeParts,
  { householdId, requestId, ...said }: Consenting & Omit<Said, 'personId'>,
): Promise<number> {
  const { personId, purpose, from, to, evidence, noticeId, ...given } = said
  const notices = (await readNotices(tx)).filter((one) => one.purpose === purpose)
  const wrong = wrongConsent(said, {
    purpose: (await readPurposes(tx)).find(({ id }) => id === purpose),
    noticeId: noticeInForce(notices, from)?.id,
    today: parts.clock.today(),
  })
  const hasGuardian = given.guardianId !== undefined || given.guardianName !== undefined
  const detail = { ...given, purpose, notice: noticeId }
  const whose = { householdId, personId, ...(requestId === undefined ? {} : { requestId }) }
  return change(tx, parts, whose, {
    action: 'household.consent-recorded',
    detail: { purpose, notice: noticeId, from, to, guardian: hasGuardian },
    wrong,
    write: async () => {
      await refuseSpeaker(tx, { householdId, personId, from, to, hasGuardian })
      return sql`select app.record_authorisation(${householdId}, ${personId}, null, ${from}::date,
        ${to}::date, ${evidence}, ${JSON.stringify(detail)}::jsonb)`
    },
  })
}

type Speaking = Readonly<{
  householdId: number
  personId: number
  from: string
  to: string
  hasGuardian: boolean
}>

/** Of a child under fourteen only a guardian consents; whoever's birth date is unknown may be one. */
async function refuseSpeaker(tx: Tx, { householdId, personId, ...said }: Speaking): Promise<void> {
  const wrong = wrongSpeaker(said, await birthDateOf(tx, householdId, personId))
  if (wrong === 'birth-date') throw problem(consentProblems, 'consent-needs-birth-date')
  if (wrong === 'guardian') throw problem(consentProblems, 'consent-needs-guardian')
  if (wrong) throw invalid(wrong)
}

/**
 * Records that a household or member wants no matching, or no push. In the same transaction what
 * matching reads of them goes, and `household.changed` closes answers, leads and questions.
 *
 * @returns the household's new version
 * @throws Problem `not-found`, `consent-invalid` or `objection-stands`
 */
export async function recordObjection(
  tx: Tx,
  parts: ChangeParts,
  { kind, toldOn, note = '', ...said }: Objecting,
): Promise<number> {
  return change(tx, parts, said, {
    action: 'household.objection-recorded',
    detail: { kind },
    wrong: wrongToldDay(toldOn, parts.clock.today()),
    write: async (person) => {
      const { rows } = await sql`select from app.objection
        where household_id = ${said.householdId} and person_id is not distinct from ${person}::bigint
          and kind = ${kind} and withdrawn_at is null`.execute(tx)
      if (rows.length > 0) throw problem(consentProblems, 'objection-stands')
      return sql`select app.record_objection(${said.householdId}, ${person}, ${kind}, ${toldOn}::date,
        ${note === '' ? null : note})`
    },
  })
}

/** @throws Problem `not-found` where no such authorisation stands */
export async function withdrawAuthorisation(
  tx: Tx,
  parts: ChangeParts,
  { id, ...said }: Withdrawing,
): Promise<number> {
  return change(tx, parts, said, {
    action: 'household.authorisation-withdrawn',
    detail: { authorisation: id },
    write: () =>
      sql`select app.withdraw_authorisation(${said.householdId}, ${id}, ${parts.clock.today()}::date) as done`,
  })
}

/** @throws Problem `not-found` where no such objection stands */
export async function withdrawObjection(
  tx: Tx,
  parts: ChangeParts,
  { id, ...said }: Withdrawing,
): Promise<number> {
  return change(tx, parts, said, {
    action: 'household.objection-withdrawn',
    detail: { objection: id },
    write: () =>
      sql`select app.withdraw_objection(${said.householdId}, ${id}, ${parts.clock.today()}::date) as done`,
  })
}

type Change = Readonly<{
  action: string
  detail: Readonly<Record<string, unknown>>
  wrong?: Wrong | undefined
  /** The statement that writes it; `done` false where there was nothing to write. */
  write: (person: number | null) => RawBuilder<unknown> | Promise<RawBuilder<unknown>>
}>

async function change(
  tx: Tx,
  parts: ChangeParts,
  { householdId, personId = null, requestId }: Said,
  { action, detail, wrong, write }: Change,
): Promise<number> {
  const household = await lockHousehold(tx, householdId)
  if (wrong) throw invalid(wrong)
  if (personId !== null && !(await isMember(tx, householdId, personId))) {
    throw invalid({ field: 'personId', message: '这户没有这位成员' })
  }
  const statement = (await write(personId)) as RawBuilder<{ done?: boolean }>
  const { rows } = await statement.execute(tx).catch(refusedGuardian)
  if (rows[0]?.done === false) throw problem(platformProblems, 'not-found')
  const version = await finishChange(tx, parts, household)
  await audit(tx, {
    fields: ['consents'],
    action,
    subject: `household:${householdId}`,
    householdId,
    areaId: household.areaId,
    detail: { ...detail, ...(personId === null ? {} : { personId }) },
    ...(requestId === undefined ? {} : { requestId }),
  })
  return version
}

function refusedGuardian(error: { constraint?: string }): never {
  if (error.constraint !== 'guardian_is_grown_up') throw error
  throw invalid({ field: 'guardianId', message: '监护人应是本户成年成员或义务人，且不是本人' })
}

async function needsAuthorisation(tx: Tx, basis: string): Promise<boolean> {
  const { rows } = await sql`select from app.basis where id = ${basis} and authorised`.execute(tx)
  return rows.length > 0
}

function invalid({ field, message }: Wrong) {
  return problem(consentProblems, 'consent-invalid', message, [{ path: `/body/${field}`, message }])
}
