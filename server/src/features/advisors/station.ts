/**
 * A station is where advisors meet people: in the district's or a township's service centre, or at a committee.
 * 救助顾问服务站（点）
 */

/** What is stated of a station; a change states all of it anew. */
export type StationContent = Readonly<{
  /** District, township or committee. */
  areaId: string
  name: string
  address: string
  hours: string
  phone: string | null
  from: string
  /** The last day; `null` as long as it is not to be closed. */
  to: string | null
  closedBecause: string | null
}>

export type StationState = 'coming' | 'open' | 'closed'

/** What a station is on a day; it is open on its last. @param on 'YYYY-MM-DD' */
export function stationState(
  { from, to }: Pick<StationContent, 'from' | 'to'>,
  on: string,
): StationState {
  if (on < from) return 'coming'
  return to !== null && to < on ? 'closed' : 'open'
}

/** What is wrong with what is stated, by field; none if it can stand. */
export function stationFaults({
  from,
  to,
  closedBecause,
}: StationContent): readonly ['to' | 'closedBecause', string][] {
  if (to !== null && to < from) return [['to', '关闭日期不能早于启用日期']]
  if (to !== null && closedBecause === null) return [['closedBecause', '请写明为什么关闭']]
  if (to === null && closedBecause !== null) return [['to', '写了关闭原因，请填关闭日期']]
  return []
}
