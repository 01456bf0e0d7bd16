import { caseWork, officials, type Resource } from './rule.ts'

const aWarning = ['name', 'listed-name', 'plain', 'need-signal', 'clinical', 'free-text'] as const
const aMatter = ['name', 'listed-name', 'free-text'] as const

/** The part of the access matrix that is about what is done for a household once it is found: assessed, planned, visited, helped. */
export const careRights = {
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
  assessments: {
    name: '需求评估',
    en: 'Needs assessments',
    actions: {
      read: { name: '查看', by: caseWork, shows: ['plain', 'need-signal', 'free-text'] },
      write: { name: '填写和确认', by: caseWork, shows: ['plain', 'need-signal', 'free-text'] },
      decide: { name: '审核和答复', by: officials, shows: ['plain', 'need-signal', 'free-text'] },
    },
  },
  scales: {
    name: '量表结果',
    en: 'Scale results',
    actions: {
      read: { name: '查看', by: caseWork, shows: ['name', 'scale'] },
      write: { name: '录入', by: caseWork, shows: ['name', 'scale'] },
    },
  },
  instruments: {
    name: '量表',
    en: 'Scales',
    actions: {
      read: { name: '查看', by: { advisor: 'all', township: 'all', district: 'all' } },
      write: { name: '登记文本和评估员', by: { district: 'all' } },
    },
  },
  weights: {
    name: '评估权重',
    en: 'Weights of the assessment',
    actions: {
      read: { name: '查看', by: { advisor: 'all', township: 'all', district: 'all' } },
      write: { name: '提出和审定', by: { district: 'all' } },
    },
  },
  cases: {
    name: '个案',
    en: 'Cases',
    actions: {
      read: { name: '查看', by: caseWork, shows: aMatter },
      write: { name: '办理', by: caseWork, shows: aMatter },
      decide: { name: '审批', by: officials, shows: aMatter },
    },
  },
  reliefs: {
    name: '小额快救',
    en: 'Quick relief',
    actions: {
      read: { name: '查看', by: caseWork, shows: aMatter },
      write: { name: '报告、到场和补说明', by: caseWork, shows: aMatter },
      decide: { name: '决定和办结', by: officials, shows: aMatter },
    },
  },
  services: {
    name: '服务记录',
    en: 'Records of service',
    actions: {
      read: { name: '查看', by: caseWork, shows: ['name', 'plain', 'need-signal', 'free-text'] },
      write: {
        name: '登记和更正',
        by: { advisor: 'area', township: 'area' },
        shows: ['name', 'plain', 'need-signal', 'free-text'],
      },
    },
  },
  counselling: {
    name: '心理疏导记录',
    en: 'Counselling notes',
    actions: {
      read: { name: '查看', by: { district: 'area' }, shows: ['clinical'] },
      write: { name: '登记（限社会工作者本人的记录）', by: { advisor: 'own', township: 'own' } },
    },
  },
  'visit-tiers': {
    name: '走访分级',
    en: 'How closely a household is followed',
    actions: { write: { name: '设定', by: officials } },
  },
  'visit-rules': {
    name: '走访频次',
    en: 'How often to visit',
    actions: {
      read: { name: '查看', by: { advisor: 'all', township: 'all', district: 'all' } },
      write: { name: '登记', by: { district: 'all' } },
    },
  },
  today: {
    name: '今日',
    en: 'Today',
    actions: {
      read: {
        name: '查看',
        by: caseWork,
        shows: ['listed-name', 'address', 'plain', 'need-signal', 'clinical', 'free-text'],
      },
      plan: {
        name: '安排',
        by: { advisor: 'own', township: 'own', district: 'own' },
        shows: ['listed-name', 'address', 'plain', 'need-signal', 'clinical', 'free-text'],
      },
    },
  },
} as const satisfies Readonly<Record<string, Resource>>
