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
import { type ObjectionKind, type Wrong, wrongTerm, wrongToldDay } from './consent.ts'
import { consentProblems } from './problems.ts'

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
    write: (person) =>
      sql`select app.record_authorisation(${said.householdId}, ${person}, ${basis}, ${from}::date,
        ${to}::date, ${evidence})`,
  })
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
  const { rows } = await statement.execute(tx)
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

async function needsAuthorisation(tx: Tx, basis: string): Promise<boolean> {
  const { rows } = await sql`select from app.basis where id = ${basis} and authorised`.execute(tx)
  return rows.length > 0
}

function invalid({ field, message }: Wrong) {
  return problem(consentProblems, 'consent-invalid', message, [{ path: `/body/${field}`, message }])
}
