import { Parser } from 'htmlparser2'
import type { Cell, ByteSource, Sheet, SheetRow } from './rows.ts'
import { UnreadableFile } from './unreadable-file.ts'
import { readWorkbook, type Workbook } from './workbook.ts'
import { openArchive } from './archive.ts'

/**
 * The one filled sheet of a workbook (ECMA-376, SpreadsheetML), read as it streams by.
 *
 * What is shown by calculation or by joining cells is not taken: such a cell says why instead.
 */
export async function xlsxSheet(source: ByteSource): Promise<Sheet> {
  const archive = await openArchive(source)
  const workbook = await readWorkbook(archive)
  const filled: Workbook['sheets'][number][] = []
  for (const sheet of workbook.sheets) {
    for await (const _row of rowsIn(archive.text(sheet.path), workbook, new Set())) {
      filled.push(sheet)
      break
    }
  }
  const [sheet, other] = filled
  if (!sheet) throw new UnreadableFile('no-sheet')
  if (other) throw new UnreadableFile('several-sheets', filled.map(({ name }) => name).join('、'))
  const covered = await coveredCells(archive.text(sheet.path))
  return { format: 'xlsx', rows: rowsIn(archive.text(sheet.path), workbook, covered) }
}

/** Cells that a merged range covers, beside its first: they stand at the end of a sheet. */
async function coveredCells(text: AsyncIterable<string>): Promise<ReadonlySet<string>> {
  let rest = ''
  const covered = new Set<string>()
  for await (const piece of text) {
    rest += piece
    for (const [, from = '', top = '', to = '', bottom = ''] of rest.matchAll(
      /<(?:\w+:)?mergeCell [^>]*ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"/g,
    )) {
      for (let row = Number(top); row <= Math.min(Number(bottom), Number(top) + 10_000); row++)
        for (let column = columnOf(from); column <= columnOf(to) && column < 200; column++)
          if (row !== Number(top) || column !== columnOf(from)) covered.add(`${row}:${column}`)
    }
    rest = rest.slice(Math.max(0, rest.lastIndexOf('<')))
  }
  return covered
}

async function* rowsIn(
  text: AsyncIterable<string>,
  workbook: Workbook,
  covered: ReadonlySet<string>,
): AsyncGenerator<SheetRow> {
  const rows: SheetRow[] = []
  const parser = sheetParser(workbook, covered, (row) => rows.push(row))
  for await (const piece of text) {
    parser.write(piece)
    yield* rows.splice(0)
  }
  parser.end()
  yield* rows.splice(0)
}

type Told = { type: string; style: number; column: number; formula: boolean; value: string }

function sheetParser(
  workbook: Workbook,
  covered: ReadonlySet<string>,
  onRow: (row: SheetRow) => void,
): Parser {
  let number = 0
  let cells: Cell[] = []
  let cell: Told | undefined
  let inside = ''
  const end = () => {
    if (!cell) return
    const wrong = covered.has(`${number}:${cell.column}`)
    const said = wrong ? { wrong: '是合并单元格，请取消合并后逐行填写' } : saidBy(cell, workbook)
    // Columns that are left out in between are empty.
    while (cells.length < cell.column) cells.push('')
    cells[cell.column] = said
    cell = undefined
  }
  return new Parser(
    {
      onopentag(name, attributes) {
        const tag = plain(name)
        inside = tag
        if (tag === 'row') {
          number = Number(attributes['r']) || number + 1
          cells = []
        } else if (tag === 'c') {
          const at = /^[A-Z]+/.exec(attributes['r'] ?? '')?.[0]
          cell = {
            type: attributes['t'] ?? 'n',
            style: Number(attributes['s'] ?? -1),
            column: at === undefined ? cells.length : columnOf(at),
            formula: false,
            value: '',
          }
        } else if (tag === 'f' && cell) cell.formula = true
      },
      ontext(text) {
        if (cell && (inside === 'v' || inside === 't')) cell.value += text
      },
      onclosetag(name) {
        const tag = plain(name)
        inside = ''
        if (tag === 'c') end()
        else if (tag === 'row' && cells.some((one) => typeof one !== 'string' || one.trim() !== ''))
          onRow({ row: number, cells })
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
}

/** Without the prefix of its namespace. */
const plain = (name: string) => name.slice(name.indexOf(':') + 1)

/** A column by its letters, from 0. */
function columnOf(letters: string): number {
  let at = 0
  for (const letter of letters) at = at * 26 + letter.charCodeAt(0) - 64
  return at - 1
}

function saidBy({ type, style, formula, value }: Told, workbook: Workbook): Cell {
  if (formula) return { wrong: '是公式，请粘贴为数值后再报送' }
  switch (type) {
    case 's':
      return workbook.strings[Number(value)] ?? ''
    case 'b':
      return value === '1' ? '是' : '否'
    case 'e':
      return { wrong: `是错误值 ${value}，请改正` }
    case 'n':
      return value === '' ? '' : numberText(value, workbook.days.has(style), workbook.date1904)
    case 'd':
      return value.slice(0, 10)
    default:
      return value
  }
}

function numberText(value: string, isDay: boolean, date1904: boolean): Cell {
  const number = Number(value)
  if (!Number.isFinite(number)) return value
  if (isDay) return dayOfSerial(Math.floor(number), date1904)
  // A workbook keeps fifteen digits: the rest of an ID number is gone for good.
  if (Math.abs(number) >= 1e15)
    return { wrong: '长号码按数字保存，后几位已丢失；请设为文本格式后重新填写' }
  return String(Number(number.toPrecision(15)))
}

/** @source ECMA-376 part 1, 18.17.4.1: day 1 is 1900-01-01, and there is a 29 February 1900 that never was */
function dayOfSerial(serial: number, date1904: boolean): Cell {
  const from1900 = date1904 ? serial + 1462 : serial
  if (from1900 < 1 || from1900 === 60 || from1900 > 109_574) return { wrong: '不是有效日期' }
  const days = from1900 < 60 ? from1900 + 1 : from1900
  return new Date((days - 25_569) * 86_400_000).toISOString().slice(0, 10)
}
