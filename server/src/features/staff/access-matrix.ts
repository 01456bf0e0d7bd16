import type { FieldClass } from './field-classes.ts'
import { capabilities, type Capability, type Role, roles } from './staff.ts'

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

type Resource = Readonly<{ name: string; en: string; actions: Readonly<Record<string, Rule>> }>

const caseWork = { advisor: 'area', township: 'area', district: 'area' } as const
const officials = { township: 'area', district: 'area' } as const
const everybody = {
  advisor: 'all',
  township: 'all',
  district: 'all',
  'system-admin': 'all',
  'security-admin': 'all',
  'audit-admin': 'all',
} as const
const own = {
  advisor: 'own',
  township: 'own',
  district: 'own',
  'system-admin': 'own',
  'security-admin': 'own',
  'audit-admin': 'own',
} as const
const aLead = ['name', 'listed-name', 'plain', 'clinical', 'free-text'] as const
const aWarning = ['name', 'listed-name', 'plain', 'need-signal', 'clinical', 'free-text'] as const
const facts = ['plain', 'need-signal', 'clinical', 'free-text'] as const

/**
 * Who may do what with what, said once: the doors of the API, what screens offer, what answers and files
 * show and the page of the auditor (docs/reference/access.md) all follow from it.
 */
export const accessMatrix = {
  account: {
    name: '自己的账户',
    en: 'One’s own account',
    actions: { own: { name: '查看和修改', by: own } },
  },
  accounts: {
    name: '人员账号',
    en: 'Accounts',
    actions: {
      read: { name: '查看', by: { 'security-admin': 'all' } },
      write: { name: '管理', by: { 'security-admin': 'all' } },
    },
  },
  alerts: {
    name: '安全告警',
    en: 'Alerts',
    actions: {
      read: { name: '查看', by: { 'security-admin': 'all', 'audit-admin': 'all' } },
      write: { name: '处理', by: { 'security-admin': 'all' } },
    },
  },
  areas: {
    name: '区划',
    en: 'Areas',
    actions: { read: { name: '查看', by: everybody } },
  },
  staff: {
    name: '同事',
    en: 'Colleagues',
    actions: {
      read: {
        name: '查看',
        by: { ...caseWork, 'system-admin': 'all', 'security-admin': 'all' },
      },
    },
  },
  workdays: {
    name: '工作日历',
    en: 'Calendar of working days',
    actions: {
      read: { name: '查看', by: { district: 'all', 'system-admin': 'all' } },
      write: { name: '登记放假与调休', by: { 'system-admin': 'all' } },
    },
  },
  clocks: {
    name: '时限',
    en: 'Clocks',
    actions: {
      read: { name: '查看', by: caseWork, shows: ['free-text'] },
      write: { name: '暂停和恢复计时', by: caseWork, shows: ['free-text'] },
    },
  },
  'clock-limits': {
    name: '办理时限',
    en: 'How long matters may take',
    actions: {
      read: { name: '查看', by: { advisor: 'all', township: 'all', district: 'all' } },
      write: { name: '登记', by: { district: 'all', 'data-steward': 'all' } },
    },
  },
  'duty-officers': {
    name: '时限负责人',
    en: 'Who answers for time limits',
    actions: {
      read: { name: '查看', by: caseWork },
      write: { name: '指定', by: officials },
    },
  },
  households: {
    name: '家庭',
    en: 'Households',
    actions: {
      read: {
        name: '查看',
        by: caseWork,
        shows: ['name', 'listed-name', 'id-number', 'phone', 'address', ...facts],
      },
      write: { name: '登记', by: caseWork },
      register: {
        name: '建档',
        by: caseWork,
        shows: ['listed-name', 'address', 'plain'],
      },
      move: { name: '迁居', by: officials },
      settle: { name: '裁定不同说法', by: officials },
    },
  },
  'registered-here': {
    name: '户籍在本街镇、居住在其他街镇的人员',
    en: 'Who is registered here and lives in another township',
    actions: {
      read: { name: '查看', by: { township: 'area' }, shows: ['listed-name'] },
    },
  },
  restrictions: {
    name: '限制查阅',
    en: 'Restricted households',
    actions: {
      read: { name: '查看', by: caseWork, shows: ['free-text'] },
      write: { name: '设定和解除', by: officials },
    },
  },
  'glass-breaks': {
    name: '紧急查阅',
    en: 'Breaking the glass',
    actions: {
      write: { name: '紧急查阅', by: caseWork },
      read: { name: '查看和复核', by: { ...officials, advisor: 'own' } },
    },
  },
  duplicates: {
    name: '疑似重复',
    en: 'Duplicates',
    actions: {
      read: {
        name: '查看',
        by: officials,
        shows: ['name', 'listed-name', 'id-number', 'phone', 'address', 'plain', 'free-text'],
      },
      write: {
        name: '认定',
        by: officials,
        shows: ['name', 'id-number', 'phone', 'address', 'plain', 'free-text'],
      },
    },
  },
  'change-requests': {
    name: '更正申请',
    en: 'Change requests',
    actions: {
      read: {
        name: '查看',
        by: caseWork,
        shows: ['name', 'listed-name', 'id-number', 'phone', 'address', ...facts],
      },
      write: { name: '提出、补正和撤回', by: caseWork },
      decide: { name: '审核', by: officials },
    },
  },
  awards: {
    name: '待遇',
    en: 'Awards',
    actions: { write: { name: '登记', by: officials } },
  },
  stations: {
    name: '服务站点',
    en: 'Stations',
    actions: {
      read: { name: '查看', by: { advisor: 'all', township: 'all', district: 'all' } },
      write: { name: '登记和关闭', by: officials },
    },
  },
  advisors: {
    name: '救助顾问',
    en: 'Advisors',
    actions: {
      read: { name: '查看', by: { ...officials, advisor: 'own' } },
      write: { name: '登记和发证', by: officials },
      sit: { name: '参加考试', by: { advisor: 'own', township: 'own' } },
    },
  },
  leads: {
    name: '线索',
    en: 'Leads',
    actions: {
      read: { name: '查看', by: caseWork, shows: aLead },
      write: { name: '处置', by: caseWork, shows: aLead },
    },
  },
  warnings: {
    name: '预警',
    en: 'Warnings',
    actions: {
      read: { name: '查看', by: caseWork, shows: aWarning },
      write: { name: '登记、走访和处置', by: caseWork, shows: aWarning },
      dispatch: { name: '派发', by: officials, within: true },
      name: { name: '指定可查阅人员', by: { district: 'area' }, shows: aWarning },
    },
  },
  'warning-signals': {
    name: '预警信号',
    en: 'Signals that raise warnings',
    actions: {
      read: { name: '查看', by: { advisor: 'all', township: 'all', district: 'all' } },
      write: { name: '启用和停用规则', by: { district: 'all' } },
    },
  },
  questions: {
    name: '待问事项',
    en: 'Questions',
    actions: {
      read: { name: '查看', by: caseWork, shows: ['listed-name'] },
      export: { name: '导出', by: caseWork, exports: true, within: true },
    },
  },
  borderline: {
    name: '边缘名单',
    en: 'Borderline list',
    actions: {
      read: { name: '查看', by: caseWork, shows: ['listed-name', 'plain'] },
      export: {
        name: '导出',
        by: caseWork,
        shows: ['listed-name', 'plain'],
        exports: true,
        within: true,
      },
    },
  },
  feedback: {
    name: '政策反馈',
    en: 'Feedback on policies',
    actions: {
      read: { name: '查看', by: caseWork },
      write: { name: '提出', by: caseWork },
      export: { name: '导出', by: caseWork, exports: true, within: true },
      answer: { name: '答复', by: { 'policy-author': 'area', 'policy-approver': 'area' } },
    },
  },
  policies: {
    name: '政策',
    en: 'Policies',
    actions: {
      read: { name: '查看', by: everybody },
      write: { name: '录入标准', by: { district: 'all', 'system-admin': 'all' } },
    },
  },
  drafts: {
    name: '政策草稿',
    en: 'Policy drafts',
    actions: {
      read: { name: '查看', by: { 'policy-author': 'all', 'policy-approver': 'all' } },
      write: { name: '起草', by: { 'policy-author': 'all' } },
      decide: { name: '审批', by: { 'policy-approver': 'all' }, within: true },
    },
  },
  lab: {
    name: '政策实验室',
    en: 'Policy lab',
    actions: {
      read: { name: '查看', by: officials },
      write: { name: '试算', by: officials },
    },
  },
  runs: {
    name: '匹配批次',
    en: 'Matching runs',
    actions: {
      read: { name: '查看', by: { advisor: 'all', township: 'all', district: 'all' } },
      write: { name: '发起', by: { district: 'all' } },
    },
  },
  sources: {
    name: '数据来源',
    en: 'Sources of data',
    actions: {
      read: { name: '查看', by: { 'data-steward': 'all' } },
      write: { name: '登记约定和可信顺序', by: { 'data-steward': 'all' } },
    },
  },
  deliveries: {
    name: '数据报送',
    en: 'Deliveries of data',
    actions: {
      read: { name: '查看', by: { 'data-steward': 'all' }, shows: ['name', 'plain'] },
      write: { name: '接收和撤销', by: { 'data-steward': 'all' } },
      export: {
        name: '导出结果',
        by: { 'data-steward': 'all' },
        shows: ['name', 'plain'],
        exports: true,
        within: true,
      },
    },
  },
  'push-keys': {
    name: '推送密钥',
    en: 'Keys of departments’ systems',
    actions: {
      read: { name: '查看', by: { 'data-steward': 'all' } },
      write: { name: '发放和吊销', by: { 'data-steward': 'all' } },
    },
  },
  'drop-points': {
    name: '取件点',
    en: 'Places from which files are fetched',
    actions: {
      read: { name: '查看', by: { 'data-steward': 'all' } },
      write: { name: '设立和停用', by: { 'data-steward': 'all' } },
    },
  },
  sharing: {
    name: '共享台账',
    en: 'Ledger of shared data',
    actions: {
      read: { name: '查看', by: { 'data-steward': 'all' } },
      write: { name: '申请和登记', by: { 'data-steward': 'all' } },
      export: { name: '导出', by: { 'data-steward': 'all' }, exports: true },
    },
  },
  notices: {
    name: '告知书',
    en: 'Notices of what data is used for',
    actions: {
      read: { name: '查看', by: caseWork },
      write: { name: '起草和发布', by: { district: 'all' } },
    },
  },
  corrections: {
    name: '更正回传',
    en: 'Corrections asked of sources',
    actions: {
      read: { name: '查看', by: { 'data-steward': 'all' }, shows: ['listed-name', ...facts] },
      write: { name: '回传和登记答复', by: { 'data-steward': 'all' } },
      export: {
        name: '导出回传文件',
        by: { 'data-steward': 'all' },
        shows: ['name', 'id-number', ...facts],
        demandsReason: true,
        exports: true,
      },
    },
  },
  retention: {
    name: '保存期限与销毁',
    en: 'Retention and erasure',
    actions: {
      read: { name: '查看', by: { district: 'all' } },
      write: { name: '登记、保全、发起和复核', by: { district: 'all' } },
      export: { name: '导出试运行', by: { district: 'all' }, exports: true },
    },
  },
  exports: {
    name: '导出记录',
    en: 'Exports',
    actions: {
      read: {
        name: '查看',
        by: { advisor: 'own', ...officials, 'audit-admin': 'all' },
      },
      write: { name: '申请和下载', by: caseWork },
      decide: { name: '审批', by: officials },
    },
  },
  looks: {
    name: '查阅记录',
    en: 'Who looked at a household',
    actions: { read: { name: '查看', by: officials } },
  },
  audit: {
    name: '审计日志',
    en: 'Audit log',
    actions: {
      read: { name: '查看', by: { 'audit-admin': 'all' } },
      export: { name: '导出', by: { 'audit-admin': 'all' }, exports: true, demandsReason: true },
    },
  },
} as const satisfies Readonly<Record<string, Resource>>

/** Every right with its rule, in the order of the matrix. */
export const rights: ReadonlyMap<string, Rule> = new Map(
  Object.entries(accessMatrix as Readonly<Record<string, Resource>>).flatMap(
    ([resource, { actions }]) =>
      Object.entries(actions).map(([action, rule]) => [`${resource}.${action}`, rule] as const),
  ),
)

/** What a role and its holder's appointments allow; nothing for a role that does not exist. */
export function mayOf(role: string, appointed: readonly string[] = []): readonly string[] {
  const holds = new Set([
    ...[role].filter((one) => Object.hasOwn(roles, one)),
    ...appointed.filter((one) => Object.hasOwn(capabilities, one)),
  ])
  return [...rights].flatMap(([right, { by }]) =>
    Object.keys(by).some((holder) => holds.has(holder)) ? [right] : [],
  )
}
