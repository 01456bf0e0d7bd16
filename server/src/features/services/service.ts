/**
 * What was done for a household on a day: whom it was done for, how, what was found and what comes next. 服务记录
 *
 * A record is written in versions. Whoever wrote it edits it for a day; afterwards it is amended, with a reason, and what
 * stood before stays readable (domain.md §1.6).
 */

export const methods = ['visit', 'phone', 'video', 'station', 'online'] as const
/** 上门, 电话, 视频, 站点, 线上. */
type Method = (typeof methods)[number]

export const outcomes = ['met', 'nobody-home', 'refused', 'put-off', 'away'] as const
/** 见到本人, 无人应门, 拒绝, 改约, 不在本地或住院. */
type Outcome = (typeof outcomes)[number]

/** The five services of the founding paper (domain.md §0.2): 政策引导, 资源链接, 心理疏导, 能力提升, 社会融入. */
export const serviceTypes = [
  'policy-guidance',
  'resource-linking',
  'counselling',
  'ability-building',
  'social-inclusion',
] as const

/** What whoever comes next should know of mood and danger. */
export const flags = [
  'low-mood',
  'self-harm-risk',
  'violence-risk',
  'neglect',
  'fall-risk',
  'fire-risk',
  'agitated',
  'dog',
] as const

/** What people said and what was seen, as it is sealed. */
export type Words = Readonly<{
  /** 本人说的话和愿望 */
  said: string
  /** 居家和安全情况 */
  seen: string
  /** 发现的需求 */
  needs: string
  /** 采取的措施 */
  done: string
  /** 链接的资源 */
  resource: string
  /** 下一步 */
  next: string
}>

export const noWords: Words = { said: '', seen: '', needs: '', done: '', resource: '', next: '' }

export type Material = Readonly<{ name: string; quantity: number; fen: number }>

export type ServiceContent = Readonly<{
  personIds: readonly number[]
  /** 'YYYY-MM-DD' */
  day: string
  /** 'HH:MM' */
  begins: string | null
  ends: string | null
  method: Method
  outcome: Outcome
  services: readonly (typeof serviceTypes)[number][]
  programmes: readonly string[]
  materials: readonly Material[]
  flags: readonly (typeof flags)[number][]
  nextDay: string | null
  words: Words
}>

/** For so long whoever wrote a record edits it (domain.md §1.6). */
const editHours = 24

const hour = 3_600_000

/** Whether somebody may still edit a record without saying why. */
export function mayEdit(
  record: Readonly<{ firstBy: string; firstAt: string }>,
  staffId: string,
  now: Date,
): boolean {
  return record.firstBy === staffId && now.getTime() - Date.parse(record.firstAt) < editHours * hour
}

/** What of a record does not go together, by field; empty where all of it does. */
export function faultsOf(
  content: ServiceContent,
  known: Readonly<{
    members: readonly number[]
    /** Ids of the policies there are. */
    programmes: ReadonlySet<string>
    today: string
  }>,
): readonly (readonly [field: string, message: string])[] {
  const { members, programmes, today } = known
  const faults: (readonly [string, string])[] = []
  if (content.day > today) faults.push(['day', '服务日期不能晚于今天'])
  if (content.begins !== null && content.ends !== null && content.ends < content.begins)
    faults.push(['ends', '结束时间不能早于开始时间'])
  if (content.nextDay !== null && content.nextDay < content.day)
    faults.push(['nextDay', '下次日期不能早于服务日期'])
  if (content.personIds.some((id) => !members.includes(id)))
    faults.push(['personIds', '只能选本户的成员'])
  if (content.programmes.some((id) => !programmes.has(id)))
    faults.push(['programmes', '有的政策不在现行政策里'])
  if (content.outcome !== 'met' && content.services.length > 0)
    faults.push(['services', '没有见到本人时不选服务类型'])
  return faults
}
