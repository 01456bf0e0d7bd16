import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { batchLength, copy, type Seal, sealedRow } from '../district/copy-rows.ts'
import { copyLine } from '../platform/db/copy-line.ts'
import { type Table, tables } from '../district/rows.ts'
import { StartProblem } from '../platform/start-problem.ts'
import { csvRows } from './csv-rows.ts'
import type { RowCheck } from './row-checks.ts'

/** A row that is refused: line and column of its file, from 1. */
export type BadRow = Readonly<{ file: string; line: number; column: string; message: string }>

/** More are not told: whoever wrote the files reads them again anyway. */
const mostTold = 50

/**
 * Copies the files of a folder into schema staging, row by row as they pass the check. After the
 * first bad row nothing more is copied, only checked.
 *
 * @param connection of role owner, in the transaction of the load
 * @returns what is wrong, at most 50 rows of it; none when everything is staged
 */
export async function stageFolder(
  connection: pg.PoolClient,
  folder: string,
  { check, seal }: { check: RowCheck; seal: Seal },
): Promise<readonly BadRow[]> {
  await refuseMissing(folder)
  const bad: BadRow[] = []
  for (const table of Object.keys(tables) as Table[]) {
    let held = ''
    for await (const { line, cells } of csvRows(join(folder, `${table}.csv`))) {
      bad.push(...wrongIn(table, line, cells, check))
      if (bad.length >= mostTold) return bad.slice(0, mostTold)
      if (line === 1 || bad.length > 0) continue
      held += copyLine(sealed(table, cells, seal))
      if (held.length > batchLength) {
        await copy(connection, table, held)
        held = ''
      }
    }
    if (held !== '' && bad.length === 0) await copy(connection, table, held)
  }
  return bad
}

async function refuseMissing(folder: string): Promise<void> {
  for (const table of Object.keys(tables)) {
    await access(join(folder, `${table}.csv`)).catch(() => {
      throw new StartProblem(
        `${folder} holds no ${table}.csv.`,
        `A delivery is ${Object.keys(tables)
          .map((name) => `${name}.csv`)
          .join(', ')}, each with its header; an empty one has the header alone.`,
      )
    })
  }
}

function wrongIn(table: Table, line: number, cells: readonly string[], check: RowCheck): BadRow[] {
  const file = `${table}.csv`
  if (line > 1) return check(table, cells).map((wrong) => ({ file, line, ...wrong }))
  const header = tables[table].join(',')
  if (cells.join(',') === header) return []
  return [{ file, line, column: '', message: `第一行应为 ${header}` }]
}

/** As COPY takes it; a story is told of invented households only. */
function sealed(table: Table, cells: readonly string[], seal: Seal) {
  const columns: readonly string[] = tables[table]
  const row = cells.map((cell, at) => (cell === '' || columns[at] === 'story' ? null : cell))
  return table === 'person' ? sealedRow(row, seal) : row
}
