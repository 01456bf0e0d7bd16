import type { Static } from 'typebox'
import { csvSheet } from '../../platform/csv-sheet.ts'
import type { CorrectionRowView } from './views.ts'

type Row = Static<typeof CorrectionRowView>

/** The list of corrections as a source opens it, with two columns for its answer. */
export function correctionsCsv(rows: readonly Row[]): string {
  return csvSheet([
    [
      '更正编号',
      '证件号码',
      '姓名',
      '事项',
      '贵部门报送',
      '报送日期',
      '核实为',
      '核实日期',
      '核实依据',
      '核实人',
      '提出日期',
      '是否采纳',
      '不采纳理由',
    ],
    ...rows.map((row) => [
      String(row.id),
      row.idNumber ?? '',
      row.name ?? '',
      row.factName,
      row.theirs,
      row.theirDay,
      row.ours,
      row.ourDay,
      row.evidence,
      row.foundBy,
      dayOf(row.raisedAt),
      '',
      '',
    ]),
  ])
}

const days = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })
const dayOf = (instant: string) => days.format(new Date(instant))
