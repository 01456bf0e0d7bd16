/**
 * A lead is one household that may be missing something, with a line for each programme and person.
 * 线索
 *
 * A line is open (somebody has to act), cooling (recorded as declined, not eligible or already had;
 * not raised again for a while) or closed for good. A lead is open exactly while one of its lines
 * is. A closed line stays as it is; what comes up later is a new line.
 */

export const dispositions = [
  'told',
  'interested',
  'declined',
  'not-eligible',
  'already-has',
  'unreachable',
] as const

/** What the advisor recorded last. 处置 */
export type Disposition = (typeof dispositions)[number]

export const dispositionNames: Readonly<Record<Disposition, string>> = {
  told: '告知',
  interested: '有意向',
  declined: '不愿意',
  'not-eligible': '核实不符合',
  'already-has': '已享受',
  unreachable: '联系不上',
}

/** What staff make of a line; an undo brings all of it back as it was. */
export type Handling = Readonly<{
  state: 'open' | 'cooling' | 'closed'
  disposition: Disposition | null
  reason: string | null
  note: string | null
  /** Not raised again before this day, unless the facts change. */
  coolsUntil: string | null
}>

export const untouched: Handling = {
  state: 'open',
  disposition: null,
  reason: null,
  note: null,
  coolsUntil: null,
}

/** How long a line rests after it was declined, found not eligible or already had, unless said. 冷却期 */
export const coolDownDays = 180

/** A family may ask to be left alone for longer, but not for ever: two years at most. */
export const longestCoolDown = 730

/** Whether the disposition puts the line to rest. */
export function rests(disposition: Disposition): boolean {
  return disposition !== 'told' && disposition !== 'interested' && disposition !== 'unreachable'
}

/** Whether it has to be said why. */
export function needsReason(disposition: Disposition): boolean {
  return disposition === 'declined' || disposition === 'not-eligible'
}

/** Whether staff may still record something: whatever is not closed, also to correct a record. */
export function isLive(line: Pick<Handling, 'state'>): boolean {
  return line.state !== 'closed'
}

/** The line after the advisor recorded something on a live one. */
export function afterDisposition(
  disposition: Disposition,
  given: Readonly<{
    reason?: string | undefined
    note?: string | undefined
    /** How long a line that is put to rest does rest, in days. */
    coolDays?: number | undefined
  }>,
  today: string,
): Handling {
  return {
    state: rests(disposition) ? 'cooling' : 'open',
    disposition,
    reason: given.reason ?? null,
    note: given.note ?? null,
    coolsUntil: rests(disposition) ? addDays(today, given.coolDays ?? coolDownDays) : null,
  }
}

/** What the last run found, as far as a lead needs it. */
export type LeadAnswer = Readonly<{
  verdict: 'eligible' | 'unknown' | 'ineligible'
  /** Something still to be confirmed would bring it about: 确认后随之可得. */
  follows: boolean
  needSignal: boolean
  hash: number
}>

/** Whether the unit already receives the programme; `no` only by a complete roll of that day. */
export type Receipt =
  | Readonly<{ known: 'yes' }>
  | Readonly<{ known: 'no'; rollOn: string }>
  /** `withdrawn`: the roll on which the line rests was taken back, and no other says the same. */
  | Readonly<{ known: 'unknown'; withdrawn?: boolean }>

/** A live line as it stands, with what it was raised or last refreshed on. */
export type StandingLine = Handling &
  Readonly<{ verdict: 'eligible' | 'unknown'; hash: number; rollOn: string }>

export type CloseReason =
  | 'receiving'
  | 'objected'
  | 'no-longer-eligible'
  | 'unverified'
  | 'roll-withdrawn'
  | 'facts-changed'
  | 'cooled-down'

export const closeTexts: Readonly<Record<CloseReason, string>> = {
  receiving: '已在领取',
  objected: '本人不接受自动匹配或推送',
  'no-longer-eligible': '不再符合条件',
  unverified: '转为待核实',
  'roll-withdrawn': '所依据的名册已撤回，是否领取待核',
  'facts-changed': '情况有变化，重新提出',
  'cooled-down': '冷却期满，重新提出',
}

/** What a run does about one programme and person. */
export type Move =
  | Readonly<{ kind: 'keep' }>
  | Readonly<{ kind: 'raise'; rollOn: string }>
  | Readonly<{ kind: 'refresh'; verdict: 'eligible' | 'unknown'; rollOn: string }>
  | Readonly<{ kind: 'close'; reason: CloseReason }>
  /** Closes what rested and raises it anew. */
  | Readonly<{ kind: 'replace'; reason: CloseReason; rollOn: string }>

const keep: Move = { kind: 'keep' }

/**
 * Whether an answer is worth a visit: eligible, or 待核实 with a known sign of need. (An answer with
 * an unmet condition is never 待核实.) What would only follow from something unconfirmed is not.
 */
function isWorthRaising(answer: LeadAnswer): boolean {
  if (answer.follows) return false
  return answer.verdict === 'eligible' || (answer.verdict === 'unknown' && answer.needSignal)
}

/**
 * What to do about one programme and person after a run.
 *
 * Unknown is not no: an unknown receipt raises nothing, but it closes nothing either, and an answer
 * that has become 待核实 leaves a line on which somebody is working.
 *
 * @param line the live line, if there is one
 * @param answer the current answer; none where it is plainly not eligible
 */
export function decide(
  line: StandingLine | undefined,
  answer: LeadAnswer | undefined,
  receipt: Receipt,
  today: string,
): Move {
  const worth = answer !== undefined && isWorthRaising(answer)
  if (!line) {
    return worth && receipt.known === 'no' ? { kind: 'raise', rollOn: receipt.rollOn } : keep
  }
  if (receipt.known === 'yes') return { kind: 'close', reason: 'receiving' }
  if (!answer || answer.verdict === 'ineligible') {
    return { kind: 'close', reason: 'no-longer-eligible' }
  }
  if (line.state === 'cooling') return afterRest(line, answer, receipt, today)
  if (!worth && line.disposition === null) return { kind: 'close', reason: 'unverified' }
  if (receipt.known === 'unknown' && receipt.withdrawn && line.disposition === null) {
    return { kind: 'close', reason: 'roll-withdrawn' }
  }
  const rollOn = receipt.known === 'no' ? receipt.rollOn : line.rollOn
  const same = answer.hash === line.hash && answer.verdict === line.verdict
  return same && rollOn === line.rollOn
    ? keep
    : { kind: 'refresh', verdict: answer.verdict, rollOn }
}

/** What becomes of a programme and person of whom nothing may be pushed: no line stands, none comes. */
export function decideForObjection(line: StandingLine | undefined): Move {
  return line ? { kind: 'close', reason: 'objected' } : keep
}

function afterRest(line: StandingLine, answer: LeadAnswer, receipt: Receipt, today: string): Move {
  if (!isWorthRaising(answer) || receipt.known !== 'no') return keep
  const { rollOn } = receipt
  if (answer.hash !== line.hash) return { kind: 'replace', reason: 'facts-changed', rollOn }
  if (line.coolsUntil !== null && line.coolsUntil <= today) {
    return { kind: 'replace', reason: 'cooled-down', rollOn }
  }
  return keep
}

/** A lead may be put aside for a year at most. */
export function isSnoozeDay(until: string, today: string): boolean {
  return until > today && until <= addDays(today, 366)
}

/** The day so many days later, both 'YYYY-MM-DD'. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
