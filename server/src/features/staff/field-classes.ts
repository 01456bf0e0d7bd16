import type { Role } from './staff.ts'

/**
 * What there is to know of somebody, by how close it comes to them. Every property of an answer that
 * tells of a person bears one of these as `x-class` (DESIGN §1).
 */
export const fieldClasses = {
  name: { name: '姓名（单户页面）', en: 'Name, on a page of one household' },
  'listed-name': { name: '姓名（名单）', en: 'Name, in a list' },
  'id-number': { name: '身份证号', en: 'ID number' },
  phone: { name: '电话', en: 'Phone' },
  address: { name: '住址', en: 'Address' },
  plain: { name: '一般信息', en: 'Plain facts' },
  'need-signal': { name: '需求信号', en: 'Need signals' },
  clinical: { name: '临床信息', en: 'Clinical facts' },
  'free-text': { name: '文字记录', en: 'Free text' },
  // The database shows it to assessors of the instrument alone, and to the district.
  scale: { name: '量表结果', en: 'Scale results' },
} as const satisfies Record<string, { name: string; en: string }>

export type FieldClass = keyof typeof fieldClasses

/**
 * How a value is shown: as it is; never but masked or left out; or as it is once the reader has a duty
 * for the committee, or has said why, and masked until then.
 */
export const grades = {
  clear: { name: '明文', en: 'clear' },
  duty: { name: '有职责时明文，否则遮盖', en: 'clear with a duty' },
  reason: { name: '说明事由后明文，否则遮盖', en: 'clear for a stated reason' },
  masked: { name: '遮盖', en: 'masked' },
} as const satisfies Record<string, { name: string; en: string }>

export type Grade = keyof typeof grades

type Shown = Readonly<Record<FieldClass, Grade>>

const nothing: Shown = {
  name: 'masked',
  'listed-name': 'masked',
  'id-number': 'masked',
  phone: 'masked',
  address: 'masked',
  plain: 'masked',
  'need-signal': 'masked',
  clinical: 'masked',
  'free-text': 'masked',
  scale: 'masked',
}

/** Role × class of field. The advisor goes to see people; whoever sits above looks for a reason. */
const shownTo: Readonly<Record<Role, Shown>> = {
  advisor: {
    name: 'clear',
    'listed-name': 'clear',
    'id-number': 'masked',
    phone: 'duty',
    address: 'clear',
    plain: 'clear',
    'need-signal': 'duty',
    clinical: 'masked',
    'free-text': 'clear',
    scale: 'clear',
  },
  township: {
    name: 'clear',
    'listed-name': 'duty',
    'id-number': 'reason',
    phone: 'reason',
    address: 'clear',
    plain: 'clear',
    'need-signal': 'clear',
    clinical: 'masked',
    'free-text': 'clear',
    scale: 'clear',
  },
  district: {
    name: 'clear',
    'listed-name': 'duty',
    'id-number': 'reason',
    phone: 'reason',
    address: 'clear',
    plain: 'clear',
    'need-signal': 'reason',
    clinical: 'reason',
    'free-text': 'reason',
    scale: 'reason',
  },
  'system-admin': nothing,
  'security-admin': nothing,
  'audit-admin': nothing,
}

/** Why somebody may be shown more than their role alone shows. */
export type Standing = Readonly<{
  role: string
  /** Responsible today for the committee of whom it is about, or following their lead. */
  hasDuty: boolean
  /** Has said why they look. */
  hasReason: boolean
}>

/** How a class is shown to a role; masked for a role that does not exist. */
export function gradeOf(role: string, fieldClass: FieldClass): Grade {
  return Object.hasOwn(shownTo, role) ? shownTo[role as Role][fieldClass] : 'masked'
}

/** Whether the value leaves as it is. */
export function isClear(fieldClass: FieldClass, { role, hasDuty, hasReason }: Standing): boolean {
  const grade = gradeOf(role, fieldClass)
  return grade === 'clear' || (grade === 'duty' && hasDuty) || (grade === 'reason' && hasReason)
}

/** What a role is shown of somebody only for a stated reason. */
export function shownForReason(role: string): readonly FieldClass[] {
  return (Object.keys(fieldClasses) as FieldClass[]).filter(
    (one) => gradeOf(role, one) === 'reason',
  )
}
