/** A role somebody works in; DESIGN: three administrators see settings, accounts or logs, never cases. */
export const roles = {
  advisor: { name: '居村救助顾问', en: 'Advisor' },
  township: { name: '街镇救助专干', en: 'Township staff' },
  district: { name: '区级管理员', en: 'District staff' },
  'system-admin': { name: '系统管理员', en: 'System administrator' },
  'security-admin': { name: '安全管理员', en: 'Security administrator' },
  'audit-admin': { name: '审计管理员', en: 'Audit administrator' },
} as const satisfies Record<string, { name: string; en: string }>

export type Role = keyof typeof roles

/** The three who look after the system and see no case. 三员 */
export const administrators = [
  'system-admin',
  'security-admin',
  'audit-admin',
] as const satisfies Role[]

/** What somebody of the district may be appointed to beside their role, with an end. */
export const capabilities = {
  'policy-author': { name: '政策起草', en: 'Policy author' },
  'policy-approver': { name: '政策审批', en: 'Policy approver' },
  'data-steward': { name: '数据管理', en: 'Data steward' },
} as const satisfies Record<string, { name: string; en: string }>

export type Capability = keyof typeof capabilities

export function roleName(role: string): string {
  return Object.hasOwn(roles, role) ? roles[role as Role].name : role
}

/** Failures within the window lock the account; a sign-in after that waits. */
export const lockOut = { failures: 5, window: '15 minutes', lock: '15 minutes' } as const

/** How long a session lives at most, and unused. */
export const sessionLife = { lifetime: '12 hours', idleLimit: '30 minutes' } as const

/** Digits of the area codes in which somebody of a role works: 6 district, 9 township, 12 committee. */
const levels: Readonly<Record<Role, readonly number[]>> = {
  advisor: [12],
  township: [9],
  district: [6, 9],
  'system-admin': [6],
  'security-admin': [6],
  'audit-admin': [6],
}

/** Whether somebody of a role can be placed in an area. */
export function areaFits(role: Role, areaId: string): boolean {
  return levels[role].includes(areaId.length)
}

/** What the second step of signing in waits for. */
export type Awaits = 'code' | 'enrolment'

/** Whether somebody may not sign in by a password alone. 第二因素 */
export function mustHaveSecondFactor(
  who: 'administrators' | 'all' | 'none',
  { role, appointed }: Readonly<{ role: string; appointed: boolean }>,
): boolean {
  if (who === 'administrators') return appointed || administrators.some((one) => one === role)
  return who === 'all'
}

/** How long an invitation waits to be accepted. */
export const invitationLife = '7 days'

/** Why a password is refused, or `undefined`: length counts, composition rules do not (NIST SP 800-63B). */
export function passwordProblem(password: string, username: string): string | undefined {
  const length = Array.from(password).length
  if (length < 12) return '口令至少 12 个字符'
  if (length > 128) return '口令最多 128 个字符'
  if (new Set(password).size < 5) return '口令过于简单：重复的字符太多'
  if (username !== '' && password.toLowerCase().includes(username.toLowerCase()))
    return '口令不能包含账号'
  return undefined
}
