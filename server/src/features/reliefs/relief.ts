import { type Parameter, parametersOn } from '@qiao/rules'

/**
 * Quick relief is urgent help of at most a month's standard for each person it is for: given within three days, without a
 * means check and without publicity, and explained afterwards (民政部、财政部临时救助意见 2026-01-29; 社会救助法第五十条).
 * 小额快救
 *
 * An advisor reports and sees for themselves, an official of the township decides, the explanation that follows is looked
 * through by another official.
 */
export const reliefStates = [
  'reported',
  'visited',
  'granted',
  'explained',
  'closed',
  'refused',
  'withdrawn',
] as const
export type ReliefState = (typeof reliefStates)[number]

/** Those in which something is still to be done. */
export const openStates: readonly ReliefState[] = ['reported', 'visited', 'granted', 'explained']

export const reliefSteps = [
  'visit',
  'grant',
  'refuse',
  'withdraw',
  'explain',
  'return',
  'close',
] as const
export type ReliefStep = (typeof reliefSteps)[number]

/** As the programme 临时救助 tells them apart. */
export const causes = ['accident', 'illness', 'expenses', 'other'] as const
export type Cause = (typeof causes)[number]

export const ways = ['cash', 'transfer', 'goods'] as const
type Way = (typeof ways)[number]

const next: Readonly<Record<ReliefState, Readonly<Partial<Record<ReliefStep, ReliefState>>>>> = {
  reported: { visit: 'visited', refuse: 'refused', withdraw: 'withdrawn' },
  visited: { grant: 'granted', refuse: 'refused', withdraw: 'withdrawn' },
  granted: { explain: 'explained' },
  explained: { return: 'granted', close: 'closed' },
  closed: {},
  refused: {},
  withdrawn: {},
}

/** Steps that are an official's. The database holds the same (migration 0254). */
const decisions: readonly ReliefStep[] = ['grant', 'refuse', 'return', 'close']

export const isDecision = (step: ReliefStep): boolean => decisions.includes(step)

/** Where a quick relief stands after a step; null where the step is none of that state. */
export function afterStep(state: ReliefState, step: ReliefStep): ReliefState | null {
  return next[state][step] ?? null
}

export type Stepping = Readonly<{ staffId: string; may: readonly string[] }>

/** What somebody may do next with a quick relief: closing is for another than who granted it. */
export function stepsFor(
  { state, decidedBy }: Readonly<{ state: ReliefState; decidedBy: string | null }>,
  { staffId, may }: Stepping,
): ReliefStep[] {
  return reliefSteps.filter(
    (step) =>
      afterStep(state, step) !== null &&
      may.includes(isDecision(step) ? 'reliefs.decide' : 'reliefs.write') &&
      !(step === 'close' && decidedBy === staffId),
  )
}

/**
 * The standard by which the most is counted, on a day: a month of it for one person, in fen.
 *
 * `expired`: it ran out and no later one is on record; `fen` is what it was. It then holds nothing up: the official states
 * figure and source.
 */
export type Line = Readonly<{
  state: 'known' | 'expired' | 'missing'
  fen: number | null
  from: string | null
  knownUntil: string | null
  document: string | null
}>

/** The parameter of the policy pack that is a month's standard for one person. 低保标准 */
export const lineParameter = 'dibao_standard'

/** @param on 'YYYY-MM-DD' */
export function lineOn(parameters: readonly Parameter[], on: string): Line {
  const parameter = parameters.filter(({ id }) => id === lineParameter)
  const [today] = parametersOn(parameter, on)
  const [last] = parametersOn(parameter, on, { lastKnown: true })
  const row = last?.row
  if (!today || !last || !row || last.state !== 'known')
    return { state: 'missing', fen: null, from: null, knownUntil: null, document: null }
  return {
    state: today.state === 'known' ? 'known' : 'expired',
    fen: last.lo,
    from: row.from,
    knownUntil: row.knownUntil,
    document: row.document ?? null,
  }
}

/** A grant as an official makes it; `line` where the standard on record has run out. */
export type Grant = Readonly<{
  fen: number
  way: Way
  line?: Readonly<{ fen: number; source: string }> | undefined
}>

/** By which standard a grant is measured, and whether it stays within. */
export type Measured = Readonly<{ fen: number; source: string; stated: boolean; most: number }>

/**
 * @returns `line-needed` where no standard is known for the day and the official states none, `line-known` where one is
 *   known and the official states another, `over-cap` where it is more than a month's standard for each person
 */
export function measure(
  { fen, line: stated }: Grant,
  people: number,
  line: Line,
): Measured | 'line-needed' | 'line-known' | Readonly<{ over: number }> {
  if (line.state === 'known' && stated && stated.fen !== line.fen) return 'line-known'
  const by = line.state === 'known' && line.fen !== null ? line.fen : stated?.fen
  if (by === undefined) return 'line-needed'
  const most = by * people
  if (fen > most) return { over: most }
  const isStated = line.state !== 'known'
  const onRecord = line.document ?? '本系统所载标准'
  return { fen: by, source: isStated ? (stated?.source ?? '') : onRecord, stated: isStated, most }
}
