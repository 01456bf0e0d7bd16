import { csvSheet } from '../../platform/csv-sheet.ts'
import type { NearLineRow } from './views.ts'

const HEADINGS = [
  '户号',
  '户主',
  '成员',
  '街镇',
  '居村',
  '政策',
  '项目',
  '本户(元)',
  '标准(元)',
  '高出(元)',
  '高出(%)',
  '单位',
  '差额是否确切',
  '起始日期',
] as const

/** The list as a sheet that spreadsheet programs open: UTF-8 with its mark, one line a row. */
export function csvOf(rows: readonly NearLineRow[], advice: string): string {
  const lines = [HEADINGS, ...rows.map(cellsOf), [advice]]
  return csvSheet(lines)
}

function cellsOf(row: NearLineRow): string[] {
  return [
    row.registerNo,
    row.head,
    row.member ?? '',
    row.area.township ?? '',
    row.area.name,
    row.programmeName,
    row.label,
    yuan(row.value),
    yuan(row.line),
    yuan(row.gap),
    (row.permille / 10).toFixed(1),
    row.unit,
    row.exact ? '确切' : '至少',
    row.since,
  ]
}

function yuan(fen: number): string {
  return (fen / 100).toFixed(2)
}
