import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import type { ByteSource, Sheet, SheetRow } from './rows.ts'
import { UnreadableFile } from './unreadable-file.ts'

type Encoding = NonNullable<Sheet['encoding']>

/** One record cannot be larger, in characters: a quote that is never closed would hold the whole file. */
const mostOfRecord = 32_000_000

/** A text file of cells between commas, tabs or semicolons, in the encoding that its bytes are of. */
export async function csvSheet(source: ByteSource, head: Buffer): Promise<Sheet> {
  const encoding = await encodingOf(source, head)
  const first = new TextDecoder(encoding).decode(head).split(/[\r\n]/, 1)[0] ?? ''
  return { format: 'csv', encoding, rows: rowsOf(source, encoding, delimiterOf(first)) }
}

/** By its mark; else UTF-8 if every byte of it is; else GB18030, which Excel writes without a word. */
async function encodingOf(source: ByteSource, head: Buffer): Promise<Encoding> {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head.includes(0)) throw new UnreadableFile('not-a-sheet')
  if (/^(%PDF|\x89PNG|\xff\xd8\xff|GIF8|Rar!|7z\xbc\xaf|\{\\rtf|<)/.test(head.toString('latin1')))
    throw new UnreadableFile('not-a-sheet')
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const piece of source.read(0, source.size)) decoder.decode(piece, { stream: true })
    decoder.decode()
    return 'utf-8'
  } catch {
    return 'gb18030'
  }
}

/** The sign that stands in the line of headings most often. */
function delimiterOf(headings: string): string {
  const count = (sign: string) => headings.split(sign).length
  return [',', '\t', ';'].toSorted((one, other) => count(other) - count(one))[0] ?? ','
}

async function* rowsOf(
  source: ByteSource,
  encoding: Encoding,
  delimiter: string,
): AsyncGenerator<SheetRow> {
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: mostOfRecord,
    info: true,
  })
  const text = Readable.from(textOf(source, encoding))
  text.on('error', (error) => parser.destroy(error))
  text.pipe(parser)
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      if (record.every((cell) => cell.trim() === '')) continue
      if (info.records > 1 && isRemark(record)) continue
      // A cell may hold line ends: what counts is which row it is, not which line.
      yield { row: info.records + info.empty_lines, cells: record }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new UnreadableFile('quote-open', `第 ${Number(error['records'] ?? 0) + 1} 行附近`)
  } finally {
    text.destroy()
  }
}

/** What a file that was exported says of itself (decision 31): no row. */
const isRemark = ([first = '']: readonly string[]) => first.startsWith('# ')

type Parsed = Readonly<{
  record: string[]
  info: Readonly<{ records: number; empty_lines: number }>
}>

async function* textOf(source: ByteSource, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const piece of source.read(0, source.size)) {
    const text = decoder.decode(piece, { stream: true })
    if (text !== '') yield text
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}
