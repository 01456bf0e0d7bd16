/** Where a fact of the demonstration district comes from, in the words of its screens. */
export type Source = Readonly<{
  source: string
  evidence: string
  /** By the catalogue of bases, and in words. */
  basis: string
  legalBasis: string
}>

const sharing = { basis: 'sharing', legalBasis: '政务数据共享' }
const told = { basis: 'visit', legalBasis: '本人或家属当面告知' }

/** Every source of the district by its id. */
export const sources = {
  police: { source: '公安人口信息', evidence: '人口库比对', ...sharing },
  disabled: { source: '残联持证残疾人库', evidence: '第二代残疾人证', ...sharing },
  pensions: { source: '人社养老金发放库', evidence: '发放记录', ...sharing },
  jobs: { source: '人社就业失业登记', evidence: '登记记录', ...sharing },
  insurance: { source: '医保参保与结算', evidence: '医保记录', ...sharing },
  school: { source: '教育学籍系统', evidence: '学籍记录', ...sharing },
  care: { source: '老年照护统一需求评估', evidence: '评估报告', ...sharing },
  family: { source: '卫生健康家庭信息', evidence: '登记记录', ...sharing },
  civil: { source: '民政业务系统', evidence: '审核确认材料', ...sharing },
  check: {
    source: '家庭经济状况核对',
    evidence: '核对报告',
    basis: 'check',
    legalBasis: '本人授权核对',
  },
  visit: { source: '社区救助顾问入户', evidence: '入户记录', ...told },
  survey: { source: '残疾人年度需求调查', evidence: '调查表', ...told },
} as const satisfies Record<string, Source>

export type SourceId = keyof typeof sources
