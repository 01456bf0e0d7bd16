/** The list of what an advisor has to do today, and the order in which to go. 今日 */

export const reasonKinds = [
  'safety',
  'relief',
  'warning',
  'lead',
  'case',
  'visit',
  'contact',
  'promise',
] as const
/** 安全联系, 小额快救, 预警, 线索和个案的时限, 应走访, 应联系, 约定的下一步. */
export type ReasonKind = (typeof reasonKinds)[number]

/** So many days ahead something is on the list already. */
export const daysAhead = 3

/** Of what is due on one day, what can least be made up for comes first: as the kinds stand. */
const weight = (kind: ReasonKind) => reasonKinds.indexOf(kind)

type Reason = Readonly<{ kind: ReasonKind; due: string; clock?: string | null }>

/** What is counted in hours or may cost a life: before all else, however long the rest is overdue. */
export function isPressing({ kind, clock }: Pick<Reason, 'kind' | 'clock'>): boolean {
  return kind === 'safety' || kind === 'relief' || (clock?.startsWith('alert-red-') ?? false)
}
type Stop = Readonly<{ householdId: number; reasons: readonly Reason[] }>

/** Whether the one is more at risk of being missed than the other. */
export function byRisk(a: Reason, b: Reason): number {
  const pressing = Number(isPressing(b)) - Number(isPressing(a))
  if (pressing !== 0) return pressing
  if (a.due !== b.due) return a.due < b.due ? -1 : 1
  return weight(a.kind) - weight(b.kind)
}

/** Puts what is due of one household together; whoever is most at risk of being missed comes first. */
export function stopsOf<R extends Reason>(
  due: readonly (R & Readonly<{ householdId: number }>)[],
): readonly Readonly<{ householdId: number; reasons: readonly R[] }>[] {
  const stops = [...Map.groupBy(due, ({ householdId }) => householdId)].map(
    ([householdId, reasons]) => ({ householdId, reasons: strictest(reasons).toSorted(byRisk) }),
  )
  return stops.toSorted((a, b) => compareStops(a, b))
}

/** Of two days for one thing, the earlier: one by what everybody knows, one by a need signal. */
function strictest<R extends Reason>(reasons: readonly R[]): R[] {
  const kept = new Map<ReasonKind, R>()
  for (const reason of reasons) {
    const other = kept.get(reason.kind)
    if (!other || reason.due < other.due) kept.set(reason.kind, reason)
  }
  return [...kept.values()]
}

function compareStops(a: Stop, b: Stop): number {
  const [one, other] = [a.reasons[0], b.reasons[0]]
  if (!one || !other) return 0
  return byRisk(one, other) || b.reasons.length - a.reasons.length || a.householdId - b.householdId
}

const byNumber = new Intl.Collator('zh-CN', { numeric: true })

/** Stops in the order of committees and house numbers, as one goes from door to door. */
export function inOrderOfDoors<
  S extends Readonly<{ area: Readonly<{ id: string }>; address: string }>,
>(stops: readonly S[]): S[] {
  return stops.toSorted(
    (a, b) => byNumber.compare(a.area.id, b.area.id) || byNumber.compare(a.address, b.address),
  )
}
