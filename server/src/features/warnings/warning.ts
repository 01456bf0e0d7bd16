/**
 * A warning says that something may have happened to a household: who says so, what was done and what came of it. 预警
 *
 * One lives per household and topic (on each side of the wall of facts); more evidence is put with it. It goes from state to
 * state and never back: raised, dispatched, acknowledged, visited, found to be so or not, disposed of, told to the source,
 * closed. Then the topic rests for a while.
 */

export const severities = ['red', 'orange', 'yellow'] as const
export type Severity = (typeof severities)[number]

/** What it is about; a household has one warning of each that lives. */
export const topics = [
  'health',
  'work',
  'family',
  'study',
  'home',
  'safety',
  'mind',
  'aid',
  'word',
] as const
export type Topic = (typeof topics)[number]

/** What the visit found. 核实结论 */
export const outcomes = [
  'confirmed',
  'false_positive',
  'already_covered',
  'moved_or_deceased',
] as const
export type Outcome = (typeof outcomes)[number]

export const states = [
  'raised',
  'dispatched',
  'acknowledged',
  'visited',
  ...outcomes,
  'disposed',
  'fed_back',
  'closed',
] as const
export type State = (typeof states)[number]

/** What is done about it. 处置 */
export const disposals = [
  'aid',
  'emergency',
  'service',
  'referral',
  'case',
  'monitor',
  'reported',
  'none',
] as const
export type Disposal = (typeof disposals)[number]

/** Who is told of harm to a child or of violence (未成年人保护法第十一条、反家庭暴力法第十四条). */
export const authorities = ['police', 'civil-affairs'] as const
type Authority = (typeof authorities)[number]

/** Sources of leads by which the Bridge Plan is reported: 家庭主动求助, 邻里守望相助, 社区重点关注. */
export const sourceGroups = ['household', 'neighbours', 'community'] as const
export type SourceGroup = (typeof sourceGroups)[number]

/** How somebody's word came in. */
export const channels = [
  'visit',
  'call',
  'hotline',
  'neighbour',
  'station',
  'event',
  'self-help',
] as const

/** How somebody was seen. */
export const ways = ['home', 'phone', 'station'] as const
type Way = (typeof ways)[number]

/** What staff do with a warning. */
export type Step =
  | Readonly<{ kind: 'dispatch'; to: string }>
  | Readonly<{ kind: 'acknowledge'; by: string }>
  /** `severity`: what people said is weighed anew by whoever has spoken with the family. */
  | Readonly<{ kind: 'contact'; severity?: Severity | undefined }>
  | Readonly<{ kind: 'visit'; way: Way }>
  | Readonly<{ kind: 'find'; outcome: Outcome }>
  | Readonly<{ kind: 'report'; to: Authority; receipt: string }>
  | Readonly<{ kind: 'dispose'; disposal: Disposal; reason: string }>
  | Readonly<{ kind: 'feed-back' }>
  | Readonly<{ kind: 'close' }>

/** What a step may change of a warning. */
export type Handling = Readonly<{
  state: State
  severity: Severity
  topic: Topic
  mustReport: boolean
  assignee: string | null
  contacted: boolean
  reported: Readonly<{ to: Authority; receipt: string }> | null
  outcome: Outcome | null
  disposal: Disposal | null
}>

/** Why a step is not taken; a code of the feature's problems. */
type Refusal =
  | 'warning-step-out-of-turn'
  | 'warning-seen-at-home'
  | 'warning-disposal-unfit'
  | 'warning-reason-missing'
  | 'warning-report-first'
  | 'warning-already-reported'
  | 'warning-severity-of-rule'

type Taken = Readonly<{ handling: Handling } | { refused: Refusal }>

const isOutcome = (state: State): state is Outcome =>
  (outcomes as readonly string[]).includes(state)

/** What may be done with what was found; a family that is well or gone is not put into case work. */
const fitting: Readonly<Record<Outcome, readonly Disposal[]>> = {
  confirmed: ['aid', 'emergency', 'service', 'referral', 'case', 'monitor', 'reported'],
  false_positive: ['none', 'monitor'],
  already_covered: ['none', 'monitor', 'service', 'reported'],
  moved_or_deceased: ['none', 'referral', 'reported'],
}

/** The disposals that fit; what must be reported is neither merely watched nor let be. */
export function disposalsFor(
  outcome: Outcome,
  { mustReport }: Pick<Handling, 'mustReport'>,
): readonly Disposal[] {
  if (mustReport) return disposals.filter((one) => one !== 'monitor' && one !== 'none')
  return fitting[outcome].filter((one) => one !== 'reported')
}

/** The steps that are next, as the console offers them. */
export function stepsOf(handling: Handling): readonly Step['kind'][] {
  const { state, mustReport, reported, contacted } = handling
  const report: Step['kind'][] =
    mustReport && reported === null && state !== 'closed' ? ['report'] : []
  const contact: Step['kind'][] = contacted ? [] : ['contact']
  if (state === 'raised') return ['dispatch', 'acknowledge', ...report]
  if (state === 'dispatched') return ['acknowledge', 'dispatch', ...report]
  if (state === 'acknowledged') return [...contact, 'visit', 'dispatch', ...report]
  if (state === 'visited') return ['find', ...report]
  if (isOutcome(state)) return ['dispose', ...report]
  if (state === 'disposed') return ['feed-back']
  return state === 'fed_back' ? ['close'] : []
}

/**
 * A warning after a step (domain §1.5), or why the step is not taken.
 *
 * What people said is weighed anew once somebody has spoken with them (A24: red until then); what a rule raised keeps its
 * severity. What is red is seen at home; the rest may be found out by telephone, for most of what is raised is nothing (§4.6).
 */
export function afterStep(handling: Handling, step: Step): Taken {
  if (step.kind === 'report' && handling.mustReport && handling.reported !== null)
    return { refused: 'warning-already-reported' }
  if (!stepsOf(handling).includes(step.kind)) return { refused: 'warning-step-out-of-turn' }
  const next = (changed: Partial<Handling>): Taken => ({ handling: { ...handling, ...changed } })
  switch (step.kind) {
    case 'dispatch':
      return next({ state: 'dispatched', assignee: step.to })
    case 'acknowledge':
      return next({ state: 'acknowledged', assignee: step.by })
    case 'contact':
      if (step.severity !== undefined && handling.topic !== 'word')
        return { refused: 'warning-severity-of-rule' }
      return next({ contacted: true, severity: step.severity ?? handling.severity })
    case 'visit':
      if (handling.severity === 'red' && step.way !== 'home')
        return { refused: 'warning-seen-at-home' }
      return next({ state: 'visited', contacted: true })
    case 'find':
      return next({ state: step.outcome, outcome: step.outcome })
    case 'report':
      return next({ reported: { to: step.to, receipt: step.receipt } })
    case 'dispose':
      return afterDisposal(handling, step)
    case 'feed-back':
      return next({ state: 'fed_back' })
    case 'close':
      return next({ state: 'closed' })
  }
}

function afterDisposal(
  handling: Handling,
  { disposal, reason }: Readonly<{ disposal: Disposal; reason: string }>,
): Taken {
  const { outcome } = handling
  if (reason.trim().length < 2) return { refused: 'warning-reason-missing' }
  if (outcome === null || !disposalsFor(outcome, handling).includes(disposal))
    return { refused: 'warning-disposal-unfit' }
  if (handling.mustReport && handling.reported === null) return { refused: 'warning-report-first' }
  return { handling: { ...handling, state: 'disposed', disposal } }
}

/** The graver of two: red before orange before yellow. */
export function graver(one: Severity, other: Severity): Severity {
  return severities.indexOf(one) <= severities.indexOf(other) ? one : other
}

/** Something that may be put with a warning. */
export type Evidence = Readonly<{
  householdId: number
  personId: number | null
  signal: string
  topic: Topic
  severity: Severity
  /** What it says in short; the same once more is no news. */
  content: string
}>

/** What is known of a household and topic when evidence comes. */
export type Standing = Readonly<{
  /** The warning that lives, with its severity. */
  live: Severity | null
  /** What was seen before, also with what is closed. */
  seen: ReadonlySet<string>
  /** The topic rests before this day, 'YYYY-MM-DD'. */
  coolsUntil: string | null
}>

/** What evidence is told apart by. */
export function keyOf({ householdId, signal, personId, content }: Evidence): string {
  return `${householdId} ${signal} ${personId ?? 0} ${content}`
}

/**
 * Which of the evidence is news: not what was seen before; and while the topic rests after a warning was closed, only what
 * is red. With a warning that lives all of it is put. A second call with the same finds nothing.
 *
 * @param today 'YYYY-MM-DD'
 */
export function news<T extends Evidence>(
  found: readonly T[],
  { live, seen, coolsUntil }: Standing,
  today: string,
): readonly T[] {
  const rests = live === null && coolsUntil !== null && coolsUntil > today
  const met = new Set(seen)
  return found.filter((one) => {
    if (met.has(keyOf(one)) || (rests && one.severity !== 'red')) return false
    met.add(keyOf(one))
    return true
  })
}

/** So many came out how; what moved away or died says nothing of the rule. */
export type Counts = Readonly<Record<Outcome, number>>

/** How often a rule was right, K03; null before anything was found. */
export function precisionOf(counts: Counts): number | null {
  const { confirmed, false_positive, already_covered } = counts
  const all = confirmed + false_positive + already_covered
  return all === 0 ? null : confirmed / all
}

/** From when on a rule that is seldom right is to be looked at; both are settings of the district, 待核. */
export type ReviewLimits = Readonly<{ percent: number; least: number }>

/** Whether a rule asks to be reviewed: it was found out often enough, and was right too seldom. */
export function needsReview(counts: Counts, { percent, least }: ReviewLimits): boolean {
  const { confirmed, false_positive, already_covered } = counts
  const precision = precisionOf(counts)
  return (
    precision !== null &&
    confirmed + false_positive + already_covered >= least &&
    precision * 100 < percent
  )
}
