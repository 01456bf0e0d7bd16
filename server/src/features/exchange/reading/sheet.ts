import { csvSheet } from './csv.ts'
import type { ByteSource, Cell, Sheet, SheetRow } from './rows.ts'
import { UnreadableFile } from './unreadable-file.ts'
import { xlsxSheet } from './xlsx.ts'

/** Rows beside the headings. */
const mostRows = 1_000_000
const mostColumns = 200
/** Characters of one cell. */
const mostText = 10_000

/**
 * Opens a delivered file by what is in it, whatever it is called.
 *
 * Rows come one by one and are not held; reading them may still find the file unreadable.
 *
 * @throws UnreadableFile
 */
export async function openSheet(source: ByteSource): Promise<Sheet> {
  const head = await firstBytes(source)
  if (head.length === 0) throw new UnreadableFile('empty')
  if (starts(head, [0xd0, 0xcf, 0x11, 0xe0])) throw new UnreadableFile('old-workbook')
  if (starts(head, [0x50, 0x4b])) return bounded(await xlsxSheet(source))
  return bounded(await csvSheet(source, head))
}

async function firstBytes({ size, read }: ByteSource): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of read(0, Math.min(size, 4096))) pieces.push(piece)
  return Buffer.concat(pieces)
}

const starts = (bytes: Buffer, magic: readonly number[]) =>
  magic.every((byte, at) => bytes[at] === byte)

function bounded(sheet: Sheet): Sheet {
  return { ...sheet, rows: withinLimits(sheet.rows) }
}

async function* withinLimits(rows: AsyncIterable<SheetRow>): AsyncGenerator<SheetRow> {
  let count = 0
  for await (const { row, cells } of rows) {
    if (count++ > mostRows) throw new UnreadableFile('too-many-rows')
    if (cells.length > mostColumns) throw new UnreadableFile('too-many-columns')
    yield { row, cells: cells.some(isOdd) ? cells.map(saidOf) : cells }
  }
}

const isOdd = (cell: Cell) =>
  typeof cell === 'string' && (cell.length > mostText || cell.includes('\uFFFD'))

function saidOf(cell: Cell): Cell {
  if (typeof cell !== 'string') return cell
  if (cell.length > mostText) return { wrong: `内容过长，超过 ${mostText} 字` }
  return cell.includes('\uFFFD') ? { wrong: '有无法识别的字符，请用 UTF-8 或 GB18030 保存' } : cell
}
