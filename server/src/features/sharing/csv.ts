import { csvSheet } from '../../platform/csv-sheet.ts'
import type { SharingLine } from './views.ts'

const HEADINGS = [
  '编号',
  '来源部门',
  '所需数据',
  '共享类型',
  '使用依据',
  '使用场景',
  '使用范围',
  '共享方式',
  '使用期限起',
  '使用期限止',
  '回流',
  '状态',
  '自',
  '当前时限',
  '到期日',
  '日期待核',
  '已逾期',
  '待答复纠错',
  '登记人',
] as const

const CLASSES = { unconditional: '无条件共享', conditional: '有条件共享' } as const
const METHODS = {
  interface: '接口服务',
  table: '库表交换',
  file: '文件下载',
  lookup: '在线查询核验',
  other: '其他',
} as const
const STATES = {
  draft: '起草',
  sent: '待答复',
  missing: '待补正',
  accepted: '待提供',
  refused: '不予同意',
  delivered: '使用中',
  ended: '待销毁',
  destroyed: '已销毁',
  withdrawn: '已撤回',
} as const
const DEADLINES = {
  answer: '答复',
  delivery: '提供数据',
  destruction: '销毁',
  correction: '纠错答复',
} as const

const yes = (is: boolean) => (is ? '是' : '否')

/** The ledger as a sheet that spreadsheet programs open: UTF-8 with its mark. */
export function sharingCsv(rows: readonly SharingLine[]): string {
  return csvSheet([
    HEADINGS,
    ...rows.map(({ content, deadline, ...row }) => [
      String(row.id),
      row.sourceName,
      content.data,
      CLASSES[content.sharing],
      content.legalBasis,
      content.scenario,
      content.scope,
      METHODS[content.method],
      content.useFrom,
      content.useTo,
      yes(content.flowsBack),
      STATES[row.state],
      row.since ?? '',
      deadline ? DEADLINES[deadline.what] : '',
      deadline?.due ?? '',
      deadline ? yes(!deadline.certain) : '',
      yes(row.overdue),
      String(row.correctionsOpen),
      row.madeBy,
    ]),
  ])
}
