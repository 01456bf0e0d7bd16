import { csvSheet } from '../../platform/csv-sheet.ts'
import type { FeedbackRow } from './queries.ts'

const HEADINGS = [
  '政策',
  '好用或不好用',
  '理由',
  '区划',
  '反馈人',
  '时间',
  '所附户数',
  '答复',
  '答复人',
  '答复时间',
] as const

/** The list by programme as a sheet that spreadsheet programs open: UTF-8 with its mark. */
export function feedbackCsv(
  rows: readonly FeedbackRow[],
  nameOf: (programme: string) => string,
): string {
  const lines = [
    HEADINGS,
    ...rows
      .toSorted((a, b) =>
        a.programme < b.programme ? -1 : a.programme > b.programme ? 1 : b.id - a.id,
      )
      .map((row) => [
        nameOf(row.programme),
        row.works ? '好用' : '不好用',
        row.because,
        row.areaName ?? '',
        row.by ?? '',
        row.at,
        String(row.households.length),
        row.answer ?? '',
        row.answeredBy ?? '',
        row.answeredAt ?? '',
      ]),
  ]
  return csvSheet(lines)
}
