/**
 * An advisor is somebody with an account who is on record as one: of a kind, on a level, for areas, from a day to a day.
 * 社区救助顾问
 *
 * Whoever works as one is trained first (青民〔2020〕37号 三(一)): without a certificate that is valid on the day nobody is
 * handed a lead. How many hours, which examination, and for how long a certificate is valid no document says that was
 * found; the district states it with each certificate.
 */

/** The six kinds of the model in 青民〔2020〕37号 二(二)2. */
type AdvisorKind =
  | 'district-staff'
  | 'township-staff'
  | 'community-cadre'
  | 'social-worker'
  | 'volunteer'
  | 'expert'

/** 四级工作网络: district, township, committee, and professional or voluntary support. */
export type AdvisorLevel = 'district' | 'township' | 'committee' | 'support'

/** 全岗通, 政策通: the backbone that 青民〔2020〕37号 三(三)3 wants; for what they are given is 待核. */
type AdvisorGrade = 'all-posts' | 'policy'

export const levelNames: Readonly<Record<AdvisorLevel, string>> = {
  district: '区级',
  township: '街镇级',
  committee: '居村级',
  support: '专业与志愿支持',
}

/** Whether somebody is certified on a day, or why not; `not-needed` for officials who are no advisors. */
export type Standing = 'valid' | 'not-needed' | 'none' | 'not-yet' | 'expired' | 'ended'

const refusals: Readonly<Record<Exclude<Standing, 'valid' | 'not-needed'>, string>> = {
  none: '还没有上岗证',
  'not-yet': '上岗证尚未生效',
  expired: '上岗证已过有效期',
  ended: '上岗证已注销',
}

/** Why nobody hands this person a lead; `null` where one may. */
export function unfitBecause(standing: Standing): string | null {
  return standing === 'valid' || standing === 'not-needed' ? null : refusals[standing]
}

/** What is stated of an advisor; a change states all of it anew. */
export type AdvisorContent = Readonly<{
  kind: AdvisorKind
  level: AdvisorLevel
  /** Areas served, within the reach of the official who states it. */
  areas: readonly string[]
  /** Number of a station. */
  station: number | null
  organisation: string | null
  grades: readonly AdvisorGrade[]
  from: string
  to: string | null
}>

export type CertificateContent = Readonly<{
  number: string
  from: string
  to: string
  /** On what it is issued. */
  because: string
}>

/** A certificate lasts ten years at most: longer is a slip of the pen. */
export function isCertificatePeriod({
  from,
  to,
}: Pick<CertificateContent, 'from' | 'to'>): boolean {
  const [year, day] = [Number(from.slice(0, 4)), from.slice(4)]
  return from <= to && to <= `${year + 10}${day}`
}
