import type { FieldClass } from './field-classes.ts'
import type { Capability, Role } from './staff.ts'

/** How far a right reaches. The database holds the same borders itself, by row-level security. */
export const scopes = {
  area: { name: '本辖区', en: 'own area and what lies inside' },
  all: { name: '全区', en: 'everything, none of it a person’s' },
  own: { name: '本人', en: 'one’s own only' },
} as const satisfies Record<string, { name: string; en: string }>

type Scope = keyof typeof scopes

/** One thing that can be done with one kind of record, and who may do it how far. */
export type Rule = Readonly<{
  name: string
  /** Whoever is not named may not. */
  by: Readonly<Partial<Record<Role | Capability, Scope>>>
  /** Classes of fields that its answers may hold; an answer that declares another does not start. */
  shows?: readonly FieldClass[]
  /** Refused without a stated reason. */
  demandsReason?: true
  /** Leaves as a file. */
  exports?: true
  /** Asked for inside a handler, beside what the address asks for. */
  within?: true
}>

export type Resource = Readonly<{
  name: string
  en: string
  actions: Readonly<Record<string, Rule>>
}>

export const caseWork = { advisor: 'area', township: 'area', district: 'area' } as const
export const officials = { township: 'area', district: 'area' } as const
export const everybody = {
  advisor: 'all',
  township: 'all',
  district: 'all',
  'system-admin': 'all',
  'security-admin': 'all',
  'audit-admin': 'all',
} as const
export const own = {
  advisor: 'own',
  township: 'own',
  district: 'own',
  'system-admin': 'own',
  'security-admin': 'own',
  'audit-admin': 'own',
} as const
