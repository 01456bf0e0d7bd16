/**
 * A notice tells people what their data is used for before it is: one for each purpose, version by version, written by
 * one and published from a day by another. 告知书
 */

/** On what a purpose rests: a duty laid down by law, consent, or a consent of its own. 法定职责、同意、单独同意 */
type RestsOn = 'duty' | 'consent' | 'separate'

/** What data of people is used for. 处理目的 */
export type Purpose = Readonly<{
  id: string
  name: string
  restsOn: RestsOn
  law: string
  lawConfirmed: boolean
  /** The basis on which what it lets be known is known; null where it lets nothing be known. */
  basis: string | null
  sensitive: boolean
  /** Data leaves for somebody who is named. */
  toOthers: boolean
}>

/**
 * What a notice says, field by field: 个人信息保护法 第十七条 (handler, contact, aim, way, kinds, how long kept, rights),
 * 第三十条 (need for sensitive data), 第二十三条 (receivers), recalled; 网络数据安全管理条例 第二十一条.
 */
export const noticeFields = [
  'handler',
  'contact',
  'aim',
  'way',
  'kinds',
  'necessity',
  'kept',
  'rights',
  'receivers',
  'text',
  'easy',
] as const

export type NoticeField = (typeof noticeFields)[number]
export type NoticeContent = Readonly<Record<NoticeField, string>>

/** Marks a place that nobody has confirmed. */
const unconfirmed = '待核'

/** Fields that are empty or 待核 and must not be before it is published; the database asks the same. */
export function noticeGaps(
  content: NoticeContent,
  { sensitive, toOthers }: Pick<Purpose, 'sensitive' | 'toOthers'>,
): readonly NoticeField[] {
  return noticeFields.filter(
    (field) =>
      (content[field].trim() === '' || content[field].includes(unconfirmed)) &&
      (field !== 'necessity' || sensitive) &&
      (field !== 'receivers' || toOthers),
  )
}

/** Of published versions, the one in force on a day. @param day 'YYYY-MM-DD' */
export function noticeInForce<T extends Readonly<{ from: string | null }>>(
  notices: readonly T[],
  day: string,
): T | undefined {
  return notices
    .filter(({ from }) => from !== null && from <= day)
    .toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? 1 : -1))[0]
}
