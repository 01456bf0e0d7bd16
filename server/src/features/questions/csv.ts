import { csvSheet } from '../../platform/csv-sheet.ts'
import type { CommitteeRow } from './asked-households.ts'
import type { Words } from './filters.ts'
import { askText, wayName } from './question.ts'

const heads = [
  '街镇',
  '居村',
  '事实',
  '怎么问',
  '向谁问',
  '问什么',
  '户数',
  '人次',
  '平均能定下（项）',
  '其中符合（项）',
  '每月约（元）',
]

/** The list by committee as a spreadsheet opens it: UTF-8 with its mark, no name of anybody. */
export function askedCsv(rows: readonly CommitteeRow[], words: Words): string {
  const lines = rows.map((row) => {
    const fact = words.facts.find(({ id }) => id === row.fact)
    return [
      row.township ?? '',
      row.committee,
      fact?.name ?? row.fact,
      wayName(row.way),
      row.department ?? '',
      askText(fact ?? { name: row.fact }, row),
      String(row.households),
      String(row.persons),
      row.decided.toFixed(1),
      row.found === null ? '尚无统计' : row.found.toFixed(1),
      row.certainFen === null ? '尚无统计' : String(Math.round(row.certainFen / 100)),
    ]
  })
  return csvSheet([heads, ...lines])
}
