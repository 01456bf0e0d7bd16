import { csvSheet } from '../../platform/csv-sheet.ts'
import type { AuditEntry } from './views.ts'
import { actionName, fieldName } from './words.ts'

const HEADINGS = [
  '序号',
  '时间',
  '人员',
  '岗位',
  '账号标识',
  '行为',
  '行为代码',
  '对象',
  '对象人员',
  '家庭编号',
  '区划',
  '涉及信息',
  '条数',
  '事由',
  '来源地址',
  '请求编号',
] as const

/** Entries as a sheet that spreadsheet programs open. */
export function auditCsv(entries: readonly AuditEntry[]): string {
  return csvSheet([HEADINGS, ...entries.map(cellsOf)])
}

function cellsOf(entry: AuditEntry): string[] {
  return [
    String(entry.id),
    entry.at,
    entry.name ?? '',
    entry.roleName ?? '',
    entry.actor,
    actionName(entry.action),
    entry.action,
    entry.subject ?? '',
    entry.subjectName ?? '',
    entry.householdId === null ? '' : String(entry.householdId),
    entry.areaId ?? '',
    entry.fields.map(fieldName).join('、'),
    entry.rows === null ? '' : String(entry.rows),
    entry.reason ?? '',
    entry.address ?? '',
    entry.requestId ?? '',
  ]
}
