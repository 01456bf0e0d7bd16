import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'
import type { ByteSource, SheetRow } from './rows.ts'

/** Files for tests of reading, made as other programs make them. */

export function sourceOf(bytes: Buffer, piece = 1000): ByteSource {
  return {
    size: bytes.length,
    async *read(start, end) {
      for (let at = start; at < end; at += piece)
        yield bytes.subarray(at, Math.min(end, at + piece))
    },
  }
}

export async function all(rows: AsyncIterable<SheetRow>): Promise<SheetRow[]> {
  const found: SheetRow[] = []
  for await (const row of rows) found.push(row)
  return found
}

/** A zip archive of texts by path. */
export async function zip(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const archive = new ZipFile()
  for (const [path, text] of Object.entries(files)) archive.addBuffer(Buffer.from(text), path)
  archive.end()
  return buffer(archive.outputStream)
}

type Given = Readonly<{
  /** Rows of sheetData, as XML. */
  rows: string
  /** What stands after sheetData. */
  after?: string
  strings?: string
  styles?: string
  workbook?: string
  more?: Readonly<Record<string, string>>
}>

const relations = (targets: readonly string[]) =>
  `<Relationships>${targets.map((target, at) => `<Relationship Id="rId${at + 1}" Target="${target}"/>`).join('')}</Relationships>`

/** A workbook of one sheet; `workbook` is what stands in its element beside the sheets. */
export function workbook({
  rows,
  after = '',
  strings,
  styles,
  workbook: also = '',
  more = {},
}: Given) {
  return zip({
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook xmlns:r="r">${also}<sheets><sheet name="表1" sheetId="1" r:id="rId1"/><sheet name="表2" sheetId="2" r:id="rId2"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(['worksheets/sheet1.xml', 'worksheets/sheet2.xml']),
    'xl/worksheets/sheet1.xml': `<?xml version="1.0"?><worksheet><sheetData>${rows}</sheetData>${after}</worksheet>`,
    'xl/worksheets/sheet2.xml': '<worksheet><sheetData/></worksheet>',
    ...(strings === undefined ? {} : { 'xl/sharedStrings.xml': `<sst>${strings}</sst>` }),
    ...(styles === undefined ? {} : { 'xl/styles.xml': `<styleSheet>${styles}</styleSheet>` }),
    ...more,
  })
}
