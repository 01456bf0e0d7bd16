import { Parser } from 'htmlparser2'
import type { Archive } from './archive.ts'
import { UnreadableFile } from './unreadable-file.ts'

/** What the cells of a workbook's sheets refer to. */
export type Workbook = Readonly<{
  sheets: readonly Readonly<{ name: string; path: string }>[]
  strings: readonly string[]
  /** Styles of cells that show their number as a day. */
  days: ReadonlySet<number>
  date1904: boolean
}>

/** Characters of all shared strings together. */
const mostOfStrings = 200_000_000

export async function readWorkbook(archive: Archive): Promise<Workbook> {
  if (!archive.has('xl/workbook.xml')) throw new UnreadableFile('not-a-sheet')
  const named: { name: string; id: string }[] = []
  let date1904 = false
  await eachTag(archive.text('xl/workbook.xml'), (tag, attributes) => {
    if (tag === 'sheet')
      named.push({ name: attributes['name'] ?? '', id: attributes['r:id'] ?? '' })
    if (tag === 'workbookPr') date1904 = ['1', 'true'].includes(attributes['date1904'] ?? '')
  })
  const targets = new Map<string, string>()
  await eachTag(archive.text('xl/_rels/workbook.xml.rels'), (tag, attributes) => {
    if (tag === 'Relationship') targets.set(attributes['Id'] ?? '', attributes['Target'] ?? '')
  })
  const sheets = named.flatMap(({ name, id }) => {
    const target = targets.get(id)
    if (target === undefined) return []
    const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`
    return archive.has(path) ? [{ name, path }] : []
  })
  return { sheets, date1904, strings: await sharedStrings(archive), days: await dayStyles(archive) }
}

/** Text by its number. How it is to be read aloud (rPh) is no part of it. */
async function sharedStrings(archive: Archive): Promise<string[]> {
  const strings: string[] = []
  if (!archive.has('xl/sharedStrings.xml')) return strings
  let text: string | undefined
  let inText = false
  let aloud = false
  let length = 0
  const parser = new Parser(
    {
      onopentagname(name) {
        if (name.endsWith('si')) text = ''
        else if (name.endsWith('rPh')) aloud = true
        else inText = /(^|:)t$/.test(name)
      },
      ontext(piece) {
        if (inText && !aloud && text !== undefined) text += piece
      },
      onclosetag(name) {
        if (name.endsWith('rPh')) aloud = false
        else if (name.endsWith('si')) {
          strings.push(text ?? '')
          length += text?.length ?? 0
          text = undefined
        }
        inText = false
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  for await (const piece of archive.text('xl/sharedStrings.xml')) {
    parser.write(piece)
    if (length > mostOfStrings) throw new UnreadableFile('too-large-inside')
  }
  parser.end()
  return strings
}

/** @source ECMA-376 part 1, 18.8.30: numbers of the formats that show a day, in all and in Chinese editions */
const dayFormats = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58])

async function dayStyles(archive: Archive): Promise<Set<number>> {
  const days = new Set<number>()
  if (!archive.has('xl/styles.xml')) return days
  const own = new Set<number>()
  let inCells = false
  let at = 0
  await eachTag(
    archive.text('xl/styles.xml'),
    (tag, attributes) => {
      if (tag === 'numFmt' && showsDay(attributes['formatCode'] ?? ''))
        own.add(Number(attributes['numFmtId']))
      if (tag === 'cellXfs') inCells = true
      if (tag === 'xf' && inCells) {
        const format = Number(attributes['numFmtId'] ?? 0)
        if (dayFormats.has(format) || own.has(format)) days.add(at)
        at += 1
      }
    },
    (tag) => {
      if (tag === 'cellXfs') inCells = false
    },
  )
  return days
}

/** Letters of year and day, outside quotes and colours. */
const showsDay = (code: string) =>
  /[yd年日]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '').replace(/General|Red/gi, ''))

async function eachTag(
  text: AsyncIterable<string>,
  onTag: (tag: string, attributes: Readonly<Record<string, string>>) => void,
  onEnd: (tag: string) => void = () => {},
): Promise<void> {
  const plain = (name: string) => name.slice(name.indexOf(':') + 1)
  const parser = new Parser(
    {
      onopentag: (name, attributes) => onTag(plain(name), attributes),
      onclosetag: (name) => onEnd(plain(name)),
    },
    { xmlMode: true, decodeEntities: true },
  )
  for await (const piece of text) parser.write(piece)
  parser.end()
}
