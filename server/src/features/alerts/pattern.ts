import { StartProblem } from '../../platform/start-problem.ts'

/** What is out of the ordinary in the audit log, as data. 异常模式 */
export type Pattern = Readonly<{
  id: PatternId
  actions: readonly string[]
  minutes: number
  /** From so many on it is an alert. 待核: no document found that sets it. */
  least: number
  /** `actor`: of whoever did it; `subject`: of the account it was tried on; `nobody`: over all accounts. */
  of: 'actor' | 'subject' | 'nobody'
  /** Different ones of these are counted; entries where left out. */
  different?: 'subject' | 'household'
}>

export const patternIds = [
  'sign-ins-refused',
  'accounts-refused',
  'requests-refused',
  'households-read',
  'glass-broken',
] as const

type PatternId = (typeof patternIds)[number]

/** What the watch looks for. Five failures lock an account: ten are two locks in an hour. */
const shipped: readonly Pattern[] = [
  { id: 'sign-ins-refused', actions: ['session.refused'], minutes: 60, least: 10, of: 'subject' },
  {
    id: 'accounts-refused',
    actions: ['session.refused'],
    minutes: 15,
    least: 10,
    of: 'nobody',
    different: 'subject',
  },
  { id: 'requests-refused', actions: ['request.refused'], minutes: 60, least: 20, of: 'actor' },
  {
    id: 'households-read',
    actions: ['household.read', 'lead.read'],
    minutes: 60,
    least: 100,
    of: 'actor',
    different: 'household',
  },
  { id: 'glass-broken', actions: ['glass.broken'], minutes: 24 * 60, least: 3, of: 'actor' },
]

/**
 * The patterns, with what the settings say of them.
 *
 * @throws StartProblem for a pattern that does not exist
 */
export function withLimits(limits: ReadonlyMap<string, number>): readonly Pattern[] {
  const unknown = [...limits.keys()].find((name) => !patternIds.some((id) => id === name))
  if (unknown !== undefined)
    throw new StartProblem(
      `QIAO_ALERTS names "${unknown}", which is no pattern.`,
      `Use ${patternIds.join(', ')}, each with =NUMBER and commas between.`,
    )
  return shipped.map((pattern) => ({ ...pattern, least: limits.get(pattern.id) ?? pattern.least }))
}

/** What the watch knows of an entry of the log. */
export type Watched = Readonly<{
  id: number
  at: string
  actor: string
  subject: string | null
  householdId: number | null
}>

/** How often something was seen, of which account: what an alert is raised with. It names no household. */
export type Finding = Readonly<{
  staffId: string | null
  count: number
  from: string
  to: string
  /** Latest entries of the log it rests on, the last of them at the end. */
  entries: readonly number[]
}>

/** So many entries are named in one piece of evidence; the log has all. */
const mostNamed = 20

/**
 * What of a pattern stands in the entries, one finding an account.
 *
 * @param entries those of the pattern's actions within its minutes, in the order of their numbers
 * @param settled by account (`''` for over all): up to which entry somebody settled it, which counts no more
 */
export function findingsOf(
  pattern: Pattern,
  entries: readonly Watched[],
  settled: ReadonlyMap<string, number> = new Map(),
): readonly Finding[] {
  const kept = entries.flatMap((entry) => {
    const account = accountOf(pattern, entry)
    return account === undefined || entry.id <= (settled.get(account) ?? 0)
      ? []
      : [{ account, entry }]
  })
  return [...Map.groupBy(kept, ({ account }) => account)].flatMap(([account, ofAccount]) => {
    const seen = ofAccount.map(({ entry }) => entry)
    const count = countOf(pattern, seen)
    const [first, last] = [seen[0], seen.at(-1)]
    if (!first || !last || count < pattern.least) return []
    const named = seen.slice(-mostNamed).map(({ id }) => id)
    return [{ staffId: account || null, count, from: first.at, to: last.at, entries: named }]
  })
}

/** The account an entry counts for; `undefined` for none, as what was tried on an account that does not exist. */
function accountOf({ of }: Pattern, { actor, subject }: Watched): string | undefined {
  if (of === 'nobody') return ''
  const whose = of === 'actor' ? actor : subject
  return whose?.startsWith('staff:') ? whose.slice(6) : undefined
}

/** What is not named counts each time: nobody knows whether it was the same. */
function countOf({ different }: Pattern, seen: readonly Watched[]): number {
  if (!different) return seen.length
  const names = seen.map((one) => (different === 'subject' ? one.subject : one.householdId))
  const named = names.filter((name) => name !== null)
  const unnamed = different === 'subject' ? names.length - named.length : 0
  return new Set(named).size + unnamed
}
