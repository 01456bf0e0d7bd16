import type { SharingMethod } from '../exchange/source-terms.ts'
import { addWorkingDays, type Calendar, workingDaysBetween } from '../workdays/workday.ts'

/** What a request states. 申请内容 */
export type Content = Readonly<{
  /** The item of the catalogue that is asked for. */
  data: string
  /** Class of the item, which sets the time to answer; what is withheld cannot be asked for. */
  sharing: 'unconditional' | 'conditional'
  legalBasis: string
  scenario: string
  scope: string
  method: SharingMethod
  /** 'YYYY-MM-DD', both included. */
  useFrom: string
  useTo: string
  /** Asks back what the district itself gathered and a body above it keeps. 数据回流 */
  flowsBack: boolean
}>

const stepKinds = [
  'sent',
  'missing-told',
  'supplemented',
  'extended',
  'accepted',
  'refused',
  'delivered',
  'ended',
  'destroyed',
  'withdrawn',
] as const
export type StepKind = (typeof stepKinds)[number]

export type Step = Readonly<{ kind: StepKind; onDay: string }>

export type State =
  | 'draft'
  | 'sent'
  | 'missing'
  | 'accepted'
  | 'refused'
  | 'delivered'
  | 'ended'
  | 'destroyed'
  | 'withdrawn'

/** From where each step may be taken, and where it leads; each is taken once at most. */
const paths: Readonly<Record<StepKind, Readonly<{ from: readonly State[]; to: State }>>> = {
  sent: { from: ['draft'], to: 'sent' },
  'missing-told': { from: ['sent'], to: 'missing' },
  supplemented: { from: ['missing'], to: 'sent' },
  extended: { from: ['sent'], to: 'sent' },
  accepted: { from: ['sent'], to: 'accepted' },
  refused: { from: ['sent', 'missing'], to: 'refused' },
  delivered: { from: ['accepted'], to: 'delivered' },
  ended: { from: ['delivered'], to: 'ended' },
  destroyed: { from: ['delivered', 'ended'], to: 'destroyed' },
  withdrawn: { from: ['draft', 'sent', 'missing', 'accepted'], to: 'withdrawn' },
}

/** Steps that need no words; every other says what is missing, why, or how. */
const wordless: readonly StepKind[] = ['sent', 'accepted', 'delivered']

/**
 * Working days, by 政务数据共享条例: to answer what is shared with everybody, and on conditions; once more as long
 * as the latter, with a reason; to deliver what was granted; to answer what is asked to be corrected.
 */
const limits = {
  unconditional: 1,
  conditional: 10,
  extension: 10,
  delivery: 20,
  correction: 10,
} as const

/** What is waited for, until when. */
export type Deadline = Readonly<{
  what: 'answer' | 'delivery' | 'destruction' | 'correction'
  due: string
  /** Working days that are left, below zero those gone by; calendar days until destruction. */
  left: number
  overdue: boolean
  /** False: a year on the way has no calendar, so that it is 待核. */
  certain: boolean
}>

export type Standing = Readonly<{
  state: State
  /** The day it came to be so; null of a draft. */
  since: string | null
  /** Null while it waits for nobody but us, and once it is over. */
  deadline: Deadline | null
  /** What may happen next. */
  next: readonly StepKind[]
  /** Whether what it states may still be changed. */
  mayChange: boolean
}>

export type Today = Readonly<{ today: string; calendar: Calendar }>

/** Where a request stands today, from the steps it took, in their order. */
export function standingOf(
  { sharing, useTo }: Pick<Content, 'sharing' | 'useTo'>,
  steps: readonly Step[],
  at: Today,
): Standing {
  const last = steps.at(-1)
  const reached = last ? paths[last.kind].to : 'draft'
  // Data may be used no longer than was asked for: then it is as if its purpose had ended.
  const isOver = reached === 'delivered' && useTo < at.today
  const state = isOver ? 'ended' : reached
  const since = isOver ? useTo : (last?.onDay ?? null)
  const taken = new Set(steps.map(({ kind }) => kind))
  const next = stepKinds.filter(
    (kind) =>
      paths[kind].from.includes(state) &&
      !taken.has(kind) &&
      (kind !== 'extended' || sharing === 'conditional'),
  )
  const deadline = deadlineOf(state, { sharing, useTo, steps, since }, at)
  return { state, since, deadline, next, mayChange: state === 'draft' || state === 'missing' }
}

function deadlineOf(
  state: State,
  {
    sharing,
    useTo,
    steps,
    since,
  }: Pick<Content, 'sharing' | 'useTo'> & { steps: readonly Step[]; since: string | null },
  at: Today,
): Deadline | null {
  if (state === 'sent') {
    // Counted anew from the day on which nothing is missing any more. 待核: our reading, the rule sets no other.
    const begun = steps.findLast(({ kind }) => kind === 'sent' || kind === 'supplemented')
    const extended = steps.some(({ kind }) => kind === 'extended')
    const days = limits[sharing] + (extended ? limits.extension : 0)
    return within('answer', begun?.onDay ?? at.today, days, at)
  }
  if (state === 'accepted' && since !== null) return within('delivery', since, limits.delivery, at)
  if (state === 'delivered') return destruction(useTo, at)
  if (state === 'ended' && since !== null) return destruction(since, at)
  return null
}

/** Until when the source answers a request to correct, and whether that day is over. */
export function correctionDeadline(askedOn: string, at: Today): Deadline {
  return within('correction', askedOn, limits.correction, at)
}

function within(
  what: Deadline['what'],
  from: string,
  days: number,
  { today, calendar }: Today,
): Deadline {
  const { day: due, certain } = addWorkingDays(from, days, calendar)
  const left = workingDaysBetween(today, due, calendar)
  return {
    what,
    due,
    left: left.days,
    overdue: due < today,
    certain: certain && left.certain,
  }
}

/** Data is destroyed when its purpose ends, and that day is one of the calendar on the wall. */
function destruction(due: string, { today }: Today): Deadline {
  const left = Math.round((Date.parse(due) - Date.parse(today)) / 86_400_000)
  return { what: 'destruction', due, left, overdue: due < today, certain: true }
}

/** The days on which the data was delivered and destroyed; null where it was not. */
export function heldBetween(
  steps: readonly Step[],
): Readonly<{ from: string | null; to: string | null }> {
  const dayOf = (of: StepKind) => steps.find(({ kind }) => kind === of)?.onDay ?? null
  return { from: dayOf('delivered'), to: dayOf('destroyed') }
}

/** Why a step cannot be taken, or nothing. */
export function stepProblem(
  { kind, onDay, text }: Step & { text: string | null },
  { next }: Pick<Standing, 'next'>,
  { steps, today }: Readonly<{ steps: readonly Step[]; today: string }>,
): 'told-before' | 'not-next' | 'day' | 'text' | undefined {
  if (kind === 'missing-told' && steps.some((step) => step.kind === kind)) return 'told-before'
  if (!next.includes(kind)) return 'not-next'
  if (onDay > today || onDay < (steps.at(-1)?.onDay ?? '')) return 'day'
  if (!wordless.includes(kind) && Array.from(text ?? '').length < 2) return 'text'
  return undefined
}
