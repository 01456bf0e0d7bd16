import { globSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { borderlineExport } from '../../src/features/borderline/export-list.ts'
import { deliveredRowsExport } from '../../src/features/exchange/export-list.ts'
import { feedbackExport } from '../../src/features/feedback/export-list.ts'
import { questionsExport } from '../../src/features/questions/export-list.ts'
import { rights } from '../../src/features/staff/access-matrix.ts'
import { classesIn } from '../../src/platform/http/masking.ts'
import { ask, type RunningQiao, runQiao } from '../running-qiao.ts'

/** What leaves as a file is an act of export (decision 31), or stands here with why it is none. */
const noAct: Readonly<Record<string, string>> = {
  '/api/sharing.csv': 'requests to other bodies, of nobody',
  '/api/retention/dry-run.csv': 'sums of the district by class of record',
  '/api/sources/{sourceId}/template.csv': 'headings without a row',
  '/api/corrections/files/{fileId}/rows.csv':
    'numbered, to the source alone, for a stated reason (decision 29)',
  '/api/advisors/{staffId}/badge.pdf': 'a card of a colleague, of no resident',
  '/api/stations/{stationId}/sign.pdf': 'what is posted at a door',
  '/api/audit.csv': 'the log, for a stated reason, by rules of its own',
}
const act = '/api/exports/{exportId}/file'

/** What the browser itself makes a file of. */
const madeInBrowser: Readonly<Record<string, string>> = {
  'web/src/staff/lab/export-buttons.tsx': 'sums of a trial, small ones hidden',
  'web/src/staff/exchange/source-card.tsx': 'headings without a row',
  'web/src/staff/audit/use-audit.ts': 'the log, which the server makes a sheet of',
  'web/src/staff/corrections/use-corrections.ts': 'what goes back to a source, numbered',
  'web/src/staff/exports/use-exports.ts': 'the act itself',
}

let running: RunningQiao
beforeAll(async () => {
  running = await runQiao()
})
afterAll(() => running.close())

const sourcesWith = (files: string, pattern: RegExp) =>
  globSync(files)
    .filter((file) => !file.endsWith('.test.ts') && pattern.test(readFileSync(file, 'utf8')))
    .toSorted()

test('every address that answers with a sheet is an act of export, or is said to be none', async () => {
  type Item = { get?: { responses: Record<string, { content?: Record<string, unknown> }> } }
  const { body } = await ask(running.http, 'GET /api/openapi.json')
  const sheets = Object.entries(body.paths as Record<string, Item>).filter(([, { get }]) =>
    Object.keys(get?.responses['200']?.content ?? {}).some((type) => type !== 'application/json'),
  )
  expect(sheets.map(([path]) => path).toSorted()).toEqual([act, ...Object.keys(noAct)].toSorted())
})

test('no other file of the server makes a sheet', () => {
  expect(
    sourcesWith(
      'server/src/features/**/*.ts',
      /\.(sheet|makeSheet)\(|content-disposition|spreadsheetml/,
    ),
  ).toEqual([
    'server/src/features/audit/routes.ts',
    'server/src/features/corrections/file-routes.ts',
    'server/src/features/exchange/routes.ts',
    'server/src/features/exports/file-route.ts',
    'server/src/features/retention/dry-run-routes.ts',
    'server/src/features/sharing/routes.ts',
  ])
})

test('no other page makes a file of what it shows', () => {
  expect(sourcesWith('web/src/staff/**/*.{ts,tsx}', /ui\/save\.ts|createObjectURL/)).toEqual(
    Object.keys(madeInBrowser).toSorted(),
  )
})

const unused = { packInForce: () => Promise.reject(new Error('unused')) }
test.each([
  borderlineExport(unused),
  questionsExport(unused),
  feedbackExport(unused),
  deliveredRowsExport,
])(
  'the file of $name holds no class that the matrix does not let it hold, above all no ID number or phone',
  ({ right, row, columns }) => {
    const rule = rights.get(right)
    expect(rule?.exports).toBe(true)
    const classes = classesIn(row)
    expect(classes.filter((one) => !rule?.shows?.some((shown) => shown === one))).toEqual([])
    for (const never of ['id-number', 'phone']) expect(classes).not.toContain(never)
    const properties = Object.keys((row as { properties?: object }).properties ?? {})
    for (const { of } of columns) if (of !== undefined) expect(properties).toContain(of)
  },
)
