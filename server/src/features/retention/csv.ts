import { csvSheet } from '../../platform/csv-sheet.ts'
import { retentionClasses } from '../households/retention.ts'
import { outcomes, type Weighed } from './erasure.ts'

const headings = ['试运行日期', '档案类别', '结果', '记录数', '人数', '户数', '最早日期'] as const

/** The dry run of a day as a sheet. */
export function csvOf(rows: readonly Weighed[], day: string): string {
  const cells = rows.map((row) => [
    day,
    retentionClasses[row.class].name,
    outcomes[row.outcome].name,
    String(row.records),
    String(row.persons),
    String(row.households),
    row.oldest ?? '',
  ])
  return csvSheet([headings, ...cells])
}
