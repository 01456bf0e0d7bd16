import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type {
  Answered,
  Dimension,
  Grade,
  HouseholdClass,
  NeedState,
  RedLine,
  Urgency,
} from './assessment.ts'

export type AssessmentState = 'draft' | 'submitted' | 'confirmed' | 'superseded'

/** A need as it is written in a draft; what is wished stands with the words. */
export type DraftedNeed = Readonly<{ dimension: Dimension; urgency: Urgency }>

export type StoredAssessment = Readonly<{
  id: number
  weights: number
  answers: Answered
  redLines: readonly RedLine[]
  needs: readonly DraftedNeed[]
  words: Uint8Array | null
  least: number
  most: number
  grade: Grade | null
  proposed: HouseholdClass | null
  changedTo: HouseholdClass | null
  onDay: string
  state: AssessmentState
  edit: number
  validUntil: string | null
  assessor: string | null
  /** The reader wrote in it, and does not approve it. */
  own: boolean
  returnedBecause: string | null
  approvedBy: string | null
  confirmedAt: string | null
  supersededAt: string | null
}>

/** Every assessment of a household that is in sight, the latest first. */
export async function readAssessments(tx: Tx, householdId: number): Promise<StoredAssessment[]> {
  const { rows } = await sql<StoredAssessment>`
    select assessment.id, weights, answers, red_lines as "redLines", needs, words_enc as words, least, most, grade, proposed,
      changed_to as "changedTo", on_day as "onDay", state, edit, valid_until as "validUntil",
      case when assessor is not null then coalesce(assessed.name, '其他同事') end as assessor,
      auth.staff_id() = any (written_by) as own, returned_because as "returnedBecause",
      case when approved_by is not null then coalesce(approver.name, '其他同事') end as "approvedBy",
      confirmed_at as "confirmedAt", superseded_at as "supersededAt"
    from app.needs_assessment assessment
    left join app.staff assessed on assessed.id = assessor
    left join app.staff approver on approver.id = approved_by
    where household_id = ${householdId} order by assessment.id desc`.execute(tx)
  return rows
}

export type Written = Readonly<{
  weights: number
  answers: Answered
  redLines: readonly RedLine[]
  needs: readonly DraftedNeed[]
  words: Uint8Array
  least: number
  most: number
  grade: Grade | null
  proposed: HouseholdClass | null
  changedTo: HouseholdClass | null
  onDay: string
}>

/** Begins a draft. @returns false where somebody began one meanwhile */
export async function beginAssessment(tx: Tx, householdId: number, one: Written): Promise<boolean> {
  const { rows } = await sql`
    insert into app.needs_assessment (household_id, weights, answers, red_lines, needs, words_enc, least, most, grade,
      proposed, changed_to, on_day)
    select ${householdId}, ${one.weights}, ${JSON.stringify(one.answers)}::jsonb, ${[...one.redLines]}::text[],
      ${JSON.stringify(one.needs)}::jsonb, ${one.words}::bytea, ${one.least}, ${one.most}, ${one.grade}, ${one.proposed},
      ${one.changedTo}, ${one.onDay}::date
    where not exists (select from app.needs_assessment
      where household_id = ${householdId} and state in ('draft', 'submitted'))
    returning id`.execute(tx)
  return rows.length > 0
}

/** Writes in a draft. @returns false where it is none, or was written in since `seen` */
export async function writeAssessment(
  tx: Tx,
  { id, seen }: Readonly<{ id: number; seen: number }>,
  one: Written,
): Promise<boolean> {
  const { rows } = await sql`
    update app.needs_assessment set weights = ${one.weights}, answers = ${JSON.stringify(one.answers)}::jsonb,
      red_lines = ${[...one.redLines]}::text[], needs = ${JSON.stringify(one.needs)}::jsonb, words_enc = ${one.words}::bytea,
      least = ${one.least}, most = ${one.most}, grade = ${one.grade}, proposed = ${one.proposed},
      changed_to = ${one.changedTo}, on_day = ${one.onDay}::date
    where id = ${id} and state = 'draft' and edit = ${seen} returning id`.execute(tx)
  return rows.length > 0
}

/** Waits for somebody else, who approves it. */
export async function submitAssessment(
  tx: Tx,
  { id, seen }: Readonly<{ id: number; seen: number }>,
): Promise<boolean> {
  const { rows } =
    await sql`update app.needs_assessment set state = 'submitted', returned_because = null
    where id = ${id} and state = 'draft' and edit = ${seen} returning id`.execute(tx)
  return rows.length > 0
}

export async function returnAssessment(
  tx: Tx,
  { id, seen }: Readonly<{ id: number; seen: number }>,
  because: string,
): Promise<boolean> {
  const { rows } =
    await sql`update app.needs_assessment set state = 'draft', returned_because = ${because}
    where id = ${id} and state = 'submitted' and edit = ${seen} returning id`.execute(tx)
  return rows.length > 0
}

/** Puts an assessment into force until a day; the one before it is superseded. @returns false where it is not at this step */
export async function confirmAssessment(
  tx: Tx,
  { id, seen, from }: Readonly<{ id: number; seen: number; from: 'draft' | 'submitted' }>,
  validUntil: string,
): Promise<boolean> {
  await sql`update app.needs_assessment set state = 'superseded', superseded_at = clock_timestamp()
    where state = 'confirmed' and household_id = (select household_id from app.needs_assessment
      where id = ${id} and state = ${from} and edit = ${seen})`.execute(tx)
  const { rows } =
    await sql`update app.needs_assessment set state = 'confirmed', valid_until = ${validUntil}::date
    where id = ${id} and state = ${from} and edit = ${seen} returning id`.execute(tx)
  return rows.length > 0
}

export type Need = Readonly<{
  id: number
  assessmentId: number
  dimension: Dimension
  urgency: Urgency
  outcome: Uint8Array
  state: NeedState
  changedAt: string
  changedBy: string | null
}>

/** What the household needs, the most urgent first; what is met or dropped last. */
export async function readNeeds(tx: Tx, householdId: number): Promise<Need[]> {
  const { rows } = await sql<Need>`
    select need.id, assessment_id as "assessmentId", dimension, urgency, outcome_enc as outcome, need.state,
      changed_at as "changedAt",
      case when changed_by is not null then coalesce(staff.name, '其他同事') end as "changedBy"
    from app.need join app.needs_assessment assessment on assessment.id = assessment_id
    left join app.staff on staff.id = changed_by
    where need.household_id = ${householdId} and assessment.state = 'confirmed'
    order by need.state <> 'open', array_position('{now,soon,later}'::text[], urgency), need.id`.execute(
    tx,
  )
  return rows
}

export async function addNeeds(
  tx: Tx,
  of: Readonly<{ assessmentId: number; householdId: number }>,
  needs: readonly (DraftedNeed & Readonly<{ outcome: Uint8Array }>)[],
): Promise<void> {
  for (const { dimension, urgency, outcome } of needs)
    await sql`insert into app.need (assessment_id, household_id, dimension, urgency, outcome_enc)
      values (${of.assessmentId}, ${of.householdId}, ${dimension}, ${urgency}, ${outcome}::bytea)`.execute(
      tx,
    )
}

/** @returns undefined where the household has no such need */
export async function settleNeed(
  tx: Tx,
  of: Readonly<{ id: number; householdId: number }>,
  state: NeedState,
): Promise<'done' | 'settled' | undefined> {
  const { rows } = await sql<{ state: NeedState }>`
    select state from app.need where id = ${of.id} and household_id = ${of.householdId} for update`.execute(
    tx,
  )
  if (!rows[0]) return undefined
  if (rows[0].state === state) return 'settled'
  await sql`update app.need set state = ${state} where id = ${of.id}`.execute(tx)
  return 'done'
}

export type Objection = Readonly<{
  id: number
  assessmentId: number
  text: Uint8Array
  toldOn: string
  recordedBy: string | null
  reply: Uint8Array | null
  upheld: boolean | null
  repliedAt: string | null
  repliedBy: string | null
}>

export async function readObjections(tx: Tx, householdId: number): Promise<Objection[]> {
  const { rows } = await sql<Objection>`
    select objection.id, assessment_id as "assessmentId", text_enc as text, told_on as "toldOn",
      case when recorded_by is not null then coalesce(recorder.name, '其他同事') end as "recordedBy",
      reply_enc as reply, upheld, replied_at as "repliedAt",
      case when replied_by is not null then coalesce(replier.name, '其他同事') end as "repliedBy"
    from app.assessment_objection objection
    left join app.staff recorder on recorder.id = recorded_by
    left join app.staff replier on replier.id = replied_by
    where household_id = ${householdId} order by objection.id desc`.execute(tx)
  return rows
}

export async function recordObjection(
  tx: Tx,
  of: Readonly<{ assessmentId: number; householdId: number }>,
  { text, toldOn }: Readonly<{ text: Uint8Array; toldOn: string }>,
): Promise<void> {
  await sql`insert into app.assessment_objection (assessment_id, household_id, text_enc, told_on)
    values (${of.assessmentId}, ${of.householdId}, ${text}::bytea, ${toldOn}::date)`.execute(tx)
}

/** @returns undefined where the household has no such objection */
export async function replyToObjection(
  tx: Tx,
  of: Readonly<{ id: number; householdId: number }>,
  { reply, upheld }: Readonly<{ reply: Uint8Array; upheld: boolean }>,
): Promise<'done' | 'answered' | undefined> {
  const { rows } = await sql<{ answered: boolean }>`
    select replied_at is not null as answered from app.assessment_objection
    where id = ${of.id} and household_id = ${of.householdId} for update`.execute(tx)
  if (!rows[0]) return undefined
  if (rows[0].answered) return 'answered'
  await sql`update app.assessment_objection set reply_enc = ${reply}::bytea, upheld = ${upheld}
    where id = ${of.id}`.execute(tx)
  return 'done'
}

/** What asks for another assessment after one was confirmed. */
export const changes = ['members', 'health', 'work', 'home'] as const
export type Change = (typeof changes)[number]

const telling: Readonly<Record<Exclude<Change, 'members'>, readonly string[]>> = {
  health: ['serious_illness', 'disability_level', 'cannot_self_care', 'care_level'],
  work: ['jobless_months', 'jobless_registered', 'employment_kind', 'labour_income'],
  home: ['unsafe_home', 'living_hardship', 'emergency_cause'],
}

/** What happened to a household since an instant, as far as the reader may see it (domain.md §3.2: birth, death, job loss …). */
export async function changesSince(
  tx: Tx,
  householdId: number,
  since: string,
): Promise<readonly Change[]> {
  const { rows } = await sql<{ change: Change }>`
    select 'members' as change where exists (select from app.member
      where household_id = ${householdId} and recorded_at > ${since}::timestamptz)
    union
    select telling.change from (values ${sql.join(
      Object.entries(telling).map(([change, facts]) => sql`(${change}, ${[...facts]}::text[])`),
    )}) telling (change, facts)
    where exists (select from app.fact where household_id = ${householdId} and fact = any (telling.facts)
      and superseded_at is null and recorded_at > ${since}::timestamptz)`.execute(tx)
  return changes.filter((one) => rows.some(({ change }) => change === one))
}
