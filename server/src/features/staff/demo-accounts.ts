import type pg from 'pg'
import { addStaff, appoint } from './accounts.ts'
import { hashPassword } from './passwords.ts'
import { type Capability, capabilities, type Role, roleName } from './staff.ts'

/** An account of the demonstration, whose password everybody may know. */
export type DemoAccount = Readonly<{
  username: string
  name: string
  role: Role
  areaId: string
  appointed?: Capability
}>

/** One password for all: nothing in a demonstration is worth protecting. */
export const demoPassword = 'qiao-demo-2025'

/** The areas are real; the people are invented. */
export const demoAccounts: readonly DemoAccount[] = [
  { username: 'guwen', name: '顾问甲', role: 'advisor', areaId: '310118001003' },
  { username: 'guwen2', name: '顾问乙', role: 'advisor', areaId: '310118001003' },
  { username: 'jiezhen', name: '专干甲', role: 'township', areaId: '310118001' },
  { username: 'qu', name: '区级甲', role: 'district', areaId: '310118' },
  {
    username: 'qicao',
    name: '起草员',
    role: 'district',
    areaId: '310118',
    appointed: 'policy-author',
  },
  {
    username: 'shenpi',
    name: '审批员甲',
    role: 'district',
    areaId: '310118',
    appointed: 'policy-approver',
  },
  {
    username: 'shenpi2',
    name: '审批员乙',
    role: 'district',
    areaId: '310118',
    appointed: 'policy-approver',
  },
  { username: 'xitong', name: '系统员', role: 'system-admin', areaId: '310118' },
  { username: 'anquan', name: '安全员', role: 'security-admin', areaId: '310118' },
  { username: 'shenji', name: '审计员', role: 'audit-admin', areaId: '310118' },
  {
    username: 'shuju',
    name: '数据员',
    role: 'district',
    areaId: '310118',
    appointed: 'data-steward',
  },
]

/** Makes the demonstration accounts; only for a database of mode demo. */
export async function makeDemoAccounts(owner: Pick<pg.ClientBase, 'query'>): Promise<void> {
  const hash = await hashPassword(demoPassword)
  for (const account of demoAccounts) {
    const id = await addStaff(owner, account)
    await owner.query(`update auth.account set password_hash = $2 where staff_id = $1`, [id, hash])
    if (account.appointed) {
      await appoint(owner, {
        staffId: id,
        capability: account.appointed,
        from: '2024-01-01',
        to: null,
      })
    }
  }
}

/** What the sign-in page of a demonstration offers. */
export function offeredAccounts(areaNames: ReadonlyMap<string, string>) {
  return demoAccounts.map(({ username, role, areaId, appointed }) => ({
    username,
    password: demoPassword,
    roleName: appointed ? `${roleName(role)} · ${capabilities[appointed].name}` : roleName(role),
    areaName: areaNames.get(areaId) ?? areaId,
  }))
}
