import { dayFromText } from '@qiao/rules'

/**
 * A consent says what may be done with what is known of a household or of one member: an
 * authorisation allows a use for some time, an objection forbids matching or push until it is
 * withdrawn. 授权与拒绝
 */

/** What somebody may object to. Who wants no matching gets no push either: nothing is found. */
export type ObjectionKind = 'matching' | 'push'

/** Where a consent stands on a day. */
export type ConsentState = 'coming' | 'valid' | 'over' | 'withdrawn'

/** An authorisation that was taken back is over from that instant on, whatever its last day. */
export function stateOf(
  { from, to, withdrawnOn }: Readonly<{ from: string; to: string; withdrawnOn: string | null }>,
  today: string,
): ConsentState {
  if (withdrawnOn !== null) return 'withdrawn'
  if (today < from) return 'coming'
  return today <= to ? 'valid' : 'over'
}

/** A mistake in a form, said to the person who filled it in. */
export type Wrong = Readonly<{ field: string; message: string }>

/** An authorisation has a first and a last day, and was not already over when it was given. */
export function wrongTerm(
  { from, to }: Readonly<{ from: string; to: string }>,
  today: string,
): Wrong | undefined {
  if (dayFromText(from) === null) return { field: 'from', message: '没有这一天' }
  if (dayFromText(to) === null) return { field: 'to', message: '没有这一天' }
  if (to < from) return { field: 'to', message: '终止日期不能早于起始日期' }
  return to < today ? { field: 'to', message: '这份授权已经到期' } : undefined
}

/** What somebody said, they said today or before. */
export function wrongToldDay(toldOn: string, today: string): Wrong | undefined {
  if (dayFromText(toldOn) === null) return { field: 'toldOn', message: '没有这一天' }
  return toldOn > today ? { field: 'toldOn', message: '不能晚于今天' } : undefined
}
