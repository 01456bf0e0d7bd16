import { dayFromText } from '@qiao/rules'
import type { Purpose } from '../notices/notice.ts'

/**
 * A consent says what may be done with what is known of a household or of one member: an
 * authorisation allows a use for some time, an objection forbids matching or push until it is
 * withdrawn. 授权与拒绝
 */

/** What somebody may object to. Who wants no matching gets no push either: nothing is found. */
export type ObjectionKind = 'matching' | 'push'

/** Where a consent stands on a day; `reconfirm`: a guardian gave it, and the person is fourteen by now. */
export type ConsentState = 'coming' | 'valid' | 'over' | 'withdrawn' | 'reconfirm'

type Term = Readonly<{
  from: string
  to: string
  withdrawnOn: string | null
  /** Who gave it, where not the person; then `born` is of whom it is for, null where that is not known. */
  guardianName?: string | null
  born?: string | null
}>

/** An authorisation that was taken back is over from that instant on, whatever its last day. */
export function stateOf(
  { from, to, withdrawnOn, guardianName, born }: Term,
  today: string,
): ConsentState {
  if (withdrawnOn !== null) return 'withdrawn'
  if (guardianName && born && today >= fourteenOn(born)) return 'reconfirm'
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

/**
 * The day on which somebody is fourteen (个人信息保护法 第三十一条); of 29 February the last of that month (民法典
 * 第二百零二条). @param born 'YYYY-MM-DD'
 */
export function fourteenOn(born: string): string {
  const year = String(Number(born.slice(0, 4)) + 14)
  const day = year + born.slice(4)
  return dayFromText(day) === null ? `${year}-02-28` : day
}

/** What somebody consents to, as it is filled in. 同意 */
export type Consenting = Readonly<{
  personId: number
  purpose: string
  recipient?: string | undefined
  noticeId: number
  way: 'paper' | 'spoken'
  from: string
  to: string
  evidence: string
  guardianId?: number | undefined
  guardianName?: string | undefined
  guardianRelation?: string | undefined
}>

/** Why a guardian's word is needed, or not to be had; 'birth-date' where none is on record. */
export function wrongSpeaker(
  { from, to, hasGuardian }: Readonly<{ from: string; to: string; hasGuardian: boolean }>,
  born: string | null,
): 'birth-date' | 'guardian' | Wrong | undefined {
  if (born === null) return 'birth-date'
  const turns = fourteenOn(born)
  if (from < turns && !hasGuardian) return 'guardian'
  if (!hasGuardian || to < turns) return undefined
  return from < turns
    ? { field: 'to', message: `${turns} 满十四周岁，监护人的同意最晚到前一天` }
    : { field: 'guardianName', message: '已满十四周岁，由本人同意' }
}

/** A consent is for a purpose that rests on one, under the notice in force, to whoever is named. */
export function wrongConsent(
  said: Consenting,
  {
    purpose,
    noticeId,
    today,
  }: Readonly<{
    purpose: Pick<Purpose, 'restsOn' | 'toOthers'> | undefined
    /** In force on the day it was given; undefined where there is none. */
    noticeId: number | undefined
    today: string
  }>,
): Wrong | undefined {
  const wrong = wrongTerm(said, today)
  if (wrong) return wrong
  if (said.from > today) return { field: 'from', message: '不能晚于今天' }
  if (!purpose) return { field: 'purpose', message: '没有这项用途' }
  if (purpose.restsOn === 'duty') return { field: 'purpose', message: '依法定职责处理，不需要同意' }
  if (noticeId === undefined) return { field: 'noticeId', message: '那一天还没有发布告知书' }
  if (said.noticeId !== noticeId) return { field: 'noticeId', message: '不是那一天有效的告知书' }
  const named = Boolean(said.recipient?.trim())
  if (named !== purpose.toOthers)
    return { field: 'recipient', message: named ? '这项用途没有接收方' : '请写明接收方' }
  const guardian = said.guardianId !== undefined || Boolean(said.guardianName?.trim())
  return guardian && !said.guardianRelation?.trim()
    ? { field: 'guardianRelation', message: '请写明与本人的关系' }
    : undefined
}

/** Why a member's own authorisation for a check of means does not count; `untold`: recorded without a notice. */
export type Missing = Readonly<{
  personId: number
  why: 'none' | 'untold' | Exclude<ConsentState, 'valid'>
}>

type Given = Readonly<{
  personId: number | null
  purpose: string
  noticeId: number | null
  state: ConsentState
}>

/**
 * Members who have yet to authorise a check of means, each for themselves, a child by its guardian: the household's
 * authorisation is complete when nobody is left.
 *
 * @param given the latest first
 */
export function stillMissing(
  members: readonly number[],
  given: readonly Given[],
): readonly Missing[] {
  return members.flatMap((personId): readonly Missing[] => {
    const own = given.filter((one) => one.purpose === 'means-check' && one.personId === personId)
    const told = own.filter(({ noticeId }) => noticeId !== null)
    if (told.some(({ state }) => state === 'valid')) return []
    const latest = told[0]?.state
    if (latest && latest !== 'valid') return [{ personId, why: latest }]
    return [{ personId, why: own.some(({ state }) => state === 'valid') ? 'untold' : 'none' }]
  })
}
