import type { Trial } from '../../api/views.ts'
import type { Sheet } from '../../ui/xlsx.ts'

/** Quotes what a comma or a break would tear apart, and what a spreadsheet would take for a formula. */
function cellText(text: string): string {
  const safe = /^[=+@\t\r]|^-(?!\d)/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A CSV file that spreadsheets open as UTF-8. */
export function csvText(sheet: Sheet): string {
  return `\uFEFF${sheet.map((row) => row.map(cellText).join(',')).join('\r\n')}\r\n`
}

/** Words that a sheet needs, in the language of the page. */
export interface SheetWords {
  title: string
  sentence: string
  sample: string
  assumptions: readonly string[]
  few: string
  hidden: string
  tables: readonly { key: 'townships' | 'ages' | 'kinds' | 'deciles'; title: string }[]
  nameOf: (table: 'townships' | 'ages' | 'kinds' | 'deciles', row: Trial['total']) => string
  outcomes: readonly {
    key: 'total' | 'gains' | 'loses' | 'moves' | 'open' | 'unchanged'
    title: string
  }[]
  wonYear: string
  lostYear: string
  programmes: { title: string; columns: readonly string[] }
}

/** All that the page shows of a change, with how it came about. What is hidden there is hidden here. */
export function sheetOf(trial: Trial, words: SheetWords): Sheet {
  const count = (value: number | null) => (value === null ? words.few : String(value))
  const yuan = (fen: number | null) => (fen === null ? words.hidden : (fen / 100).toFixed(2))
  const heads = words.outcomes.map(({ title }) => title)
  const rowOf = (name: string, row: Trial['total']) => [
    name,
    ...words.outcomes.map(({ key }) => count(row[key])),
    yuan(row.wonFen),
    yuan(row.lostFen),
  ]
  return [
    [words.title],
    [words.sentence],
    [words.sample],
    ...words.assumptions.map((text) => [text]),
    [],
    ['', ...heads, words.wonYear, words.lostYear],
    rowOf(words.outcomes[0]?.title ?? '', trial.total),
    ...words.tables.flatMap(({ key, title }) => [
      [],
      [title, ...heads, ...(key === 'ages' ? [] : [words.wonYear, words.lostYear])],
      ...trial[key].map((row) => {
        const cells = rowOf(words.nameOf(key, row), row)
        return key === 'ages' ? cells.slice(0, -2) : cells
      }),
    ]),
    [],
    [words.programmes.title, ...words.programmes.columns],
    ...trial.programmes.map(({ name, before, after, gained, lost }) => [
      name,
      ...[before.eligible, after.eligible, gained, lost, before.unknown, after.unknown].map(count),
      ...[before.yearFen, after.yearFen].map(yuan),
      ...[before.notReceiving, after.notReceiving].map(count),
    ]),
  ]
}
