import { type Actor, actors } from './two-townships.ts'

/** A statement that somebody makes, and what must come of it. */
export type Probe = Readonly<{
  /** As a sentence. */
  says: string
  actor: Actor
  statement: string
  /** Rows returned or written, or who refuses: a policy, the lack of a grant, a function, or that it takes two. */
  expected: number | 'policy' | 'grant' | 'function' | 'by two'
}>

type Counts = Partial<Record<Actor, number>>

/** Everybody looks; whoever is not named sees nothing, and the approver what the district sees. */
export function seen(table: string, counts: Counts, where = 'true'): Probe[] {
  const countOf = (actor: Actor) =>
    counts[actor] ?? (actor === 'approver' ? counts.district : undefined) ?? 0
  return actors.map((actor) => ({
    says: `${actor} sees ${countOf(actor)} of ${table}`,
    actor,
    statement: `select 1 from app.${table} where ${where}`,
    expected: countOf(actor),
  }))
}

export const all = (n: number, who: readonly Actor[]): Counts =>
  Object.fromEntries(who.map((actor) => [actor, n]))

/** Case workers in committees. */
export const inCommittees = [
  'advisor',
  'advisorWithoutDuty',
  'advisorNextDoor',
  'advisorElsewhere',
  'committeeClerk',
] as const
export const administrators = ['systemAdmin', 'securityAdmin', 'auditAdmin'] as const
export const caseWorkers = [
  ...inCommittees,
  'township',
  'otherTownship',
  'district',
  'approver',
  'seconded',
] as const
export const staffOnly = [...caseWorkers, ...administrators] as const

/** One row for each of the households; the fourth is there for the clerk it is restricted to, and the program. */
export const byArea: Counts = {
  ...all(1, inCommittees),
  township: 3,
  otherTownship: 1,
  district: 3,
  seconded: 2,
  program: 4,
}
/** As {@link byArea}, and a second row of each household that rests on clinical facts. */
export const byAreaWithClinical: Counts = {
  ...byArea,
  district: 6,
  seconded: 4,
  program: 8,
}
export const byCaseWork: Counts = all(1, [...caseWorkers, 'program'])
export const forMatching: Counts = { district: 3, seconded: 2, program: 4 }

export const refused = (who: readonly Actor[], says: string, statement: string): Probe[] =>
  who.map((actor) => ({ says: `${actor} ${says}`, actor, statement, expected: 'policy' }))

/** A function of the owner says that it is not theirs. */
export const refusedByFunction = (
  who: readonly Actor[],
  says: string,
  statement: string,
): Probe[] =>
  who.map((actor) => ({ says: `no ${actor} ${says}`, actor, statement, expected: 'function' }))

export const notGranted = (says: string, statement: string): Probe => ({
  says: `not even the program ${says}`,
  actor: 'program',
  statement,
  expected: 'grant',
})

export const allowed = (actor: Actor, says: string, statement: string, rows = 1): Probe => ({
  says: `${actor} ${says}`,
  actor,
  statement,
  expected: rows,
})

/** What arrives by a load or a function of the owner, and in no other way. */
export function onlyRead(table: string, insert: string): Probe[] {
  return [
    notGranted(`writes a row of ${table}`, insert),
    notGranted(`changes a row of ${table}`, `update app.${table} set area_id = area_id`),
    notGranted(`removes a row of ${table}`, `delete from app.${table}`),
  ]
}
