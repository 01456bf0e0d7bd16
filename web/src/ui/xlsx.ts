/** Rows of cells, as they are read. */
export type Sheet = readonly (readonly string[])[]

const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** A workbook of one sheet; figures become numbers, all else text, never a formula. */
export function workbookOf(sheet: Sheet, name: string): Blob {
  return new Blob([zipOf(workbookFiles(sheet, name))], { type: TYPE })
}

/**
 * A workbook to fill in: headings, below which whatever is typed stays as it is typed. In a common cell a spreadsheet
 * would make a number of an ID number, and lose its last digits.
 */
export function formOf(headings: readonly string[], name: string): Blob {
  const files = workbookFiles([headings], name)
  return new Blob([zipOf({ ...files, ...textColumns(files, headings.length) })], { type: TYPE })
}

type Files = Readonly<Record<string, string>>

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const OPEN = 'http://schemas.openxmlformats.org'
const MAIN = `${OPEN}/spreadsheetml/2006/main`
const RELATIONS = `${OPEN}/officeDocument/2006/relationships`

/** The five parts that ECMA-376 asks of a workbook without styles. */
export function workbookFiles(sheet: Sheet, name: string): Files {
  const part = (kind: string) => `application/vnd.openxmlformats-officedocument.${kind}+xml`
  const relation = (target: string, kind: string) =>
    `${XML}<Relationships xmlns="${OPEN}/package/2006/relationships"><Relationship Id="r1" Type="${RELATIONS}/${kind}" Target="${target}"/></Relationships>`
  return {
    '[Content_Types].xml': `${XML}<Types xmlns="${OPEN}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${part('spreadsheetml.sheet.main')}"/><Override PartName="/xl/sheet.xml" ContentType="${part('spreadsheetml.worksheet')}"/></Types>`,
    '_rels/.rels': relation('xl/workbook.xml', 'officeDocument'),
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="${xmlText(name)}" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relation('sheet.xml', 'worksheet'),
    'xl/sheet.xml': `${XML}<worksheet xmlns="${MAIN}"><cols><col min="1" max="1" width="32" customWidth="1"/><col min="2" max="20" width="16" customWidth="1"/></cols><sheetData>${sheet.map(rowXml).join('')}</sheetData></worksheet>`,
  }
}

/** The parts that differ where every column is text (format 49, ECMA-376 part 1, 18.8.30). */
export function textColumns(files: Files, columns: number): Files {
  const part = (name: string) => files[name] ?? ''
  const style = (format: number) =>
    `<xf numFmtId="${format}" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/>`
  return {
    '[Content_Types].xml': part('[Content_Types].xml').replace(
      '</Types>',
      '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>',
    ),
    'xl/_rels/workbook.xml.rels': part('xl/_rels/workbook.xml.rels').replace(
      '</Relationships>',
      `<Relationship Id="r2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    ),
    'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2">${style(0)}${style(49)}</cellXfs></styleSheet>`,
    'xl/sheet.xml': part('xl/sheet.xml').replace(
      /<cols>.*<\/cols>/,
      `<cols><col min="1" max="${columns}" width="22" style="1" customWidth="1"/></cols>`,
    ),
  }
}

function rowXml(row: readonly string[], index: number): string {
  const cells = row.map((text) =>
    /^-?\d+(\.\d+)?$/.test(text)
      ? `<c><v>${text}</v></c>`
      : `<c t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`,
  )
  return `<row r="${index + 1}">${cells.join('')}</row>`
}

function xmlText(text: string): string {
  return (
    text
      // Characters that XML cannot hold at all.
      .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  )
}

/** A ZIP archive whose files are kept as they are, dated 1 January 1980, as the format begins. */
export function zipOf(files: Files): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder()
  const [bodies, directory]: [Uint8Array[], Uint8Array[]] = [[], []]
  let at = 0
  for (const [name, text] of Object.entries(files)) {
    const [path, content] = [encoder.encode(name), encoder.encode(text)]
    const crc = crc32(content)
    // Version 2.0, names in UTF-8, stored, time, date, CRC, both sizes, length of name, no extra.
    const common = [20, 2, 0x0800, 2, 0, 2, 0, 2, 33, 2, crc, 4, content.length, 4]
    const shared = bytes([...common, content.length, 4, path.length, 2, 0, 2])
    const head = join([bytes([0x04034b50, 4]), shared, path])
    directory.push(
      join([bytes([0x02014b50, 4, 20, 2]), shared, bytes([0, 2, 0, 2, 0, 2, 0, 4, at, 4]), path]),
    )
    bodies.push(head, content)
    at += head.length + content.length
  }
  const entries = join(directory)
  const count = directory.length
  const end = bytes([0x06054b50, 4, 0, 4, count, 2, count, 2, entries.length, 4, at, 4, 0, 2])
  return join([...bodies, entries, end])
}

/** Little-endian numbers, each followed by how many bytes it takes. */
function bytes(pairs: readonly number[]): Uint8Array {
  const made: number[] = []
  for (let i = 0; i < pairs.length; i += 2) {
    const [value = 0, width = 0] = [pairs[i], pairs[i + 1]]
    for (let byte = 0; byte < width; byte++) made.push(Math.floor(value / 256 ** byte) & 255)
  }
  return Uint8Array.from(made)
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function crc32(content: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of content) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}
