import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { generateDistrict } from './generate.ts'
import type { DistrictWish } from './plan.ts'
import { districtRolls } from './rolls.ts'
import { type Cell, rollRow, rowsOf, type Table, tables } from './rows.ts'

/** How far a load or export is. */
export type Progress = (done: Readonly<{ residents: number; households: number }>) => void

/**
 * Writes a district as one CSV file per table into `folder`, with ID numbers and phones in the
 * clear: they are impossible ones. Nothing is held longer than one household.
 *
 * @returns people and households written
 */
export async function writeDistrict(
  wish: DistrictWish,
  folder: string,
  onProgress: Progress = () => {},
): Promise<{ residents: number; households: number }> {
  await mkdir(folder, { recursive: true })
  const files = new Map(
    (Object.keys(tables) as Table[]).map((table) => [table, openCsv(join(folder, `${table}.csv`))]),
  )
  let residents = 0
  let households = 0
  for (const [table, columns] of Object.entries(tables))
    await files.get(table as Table)!.write([...columns])
  for (const household of generateDistrict(wish)) {
    for (const [table, rows] of Object.entries(rowsOf(household, residents + 1))) {
      for (const row of rows) await files.get(table as Table)!.write(row)
    }
    residents += household.members.length
    if (++households % 2000 === 0) onProgress({ residents, households })
  }
  for (const roll of districtRolls(wish.today)) await files.get('roll')!.write(rollRow(roll))
  for (const file of files.values()) await file.close()
  onProgress({ residents, households })
  return { residents, households }
}

function openCsv(path: string) {
  const lines = new Readable({ read() {} })
  const done = pipeline(lines, createWriteStream(path))
  let held = ''
  let failed: unknown
  done.catch((error: unknown) => {
    failed = error
  })
  const flush = async () => {
    if (failed !== undefined) throw failed
    const room = lines.push(held)
    held = ''
    if (!room) await new Promise((resolve) => setImmediate(resolve))
  }
  return {
    async write(row: readonly Cell[]) {
      held += `${row.map(csvCell).join(',')}\n`
      if (held.length > 65_536) await flush()
    },
    async close() {
      await flush()
      lines.push(null)
      await done
    },
  }
}

function csvCell(cell: Cell): string {
  if (cell === null) return ''
  const text = String(cell)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
