import type { Fact } from '@qiao/rules'
import { type Mapping, rowKeys } from '../delivery.ts'
import { readDay, readName, readNumber, readValue, tidy } from './cells.ts'
import type { Cell, SheetRow } from './rows.ts'

/** Other words for what every row begins with. */
const alsoCalled: Readonly<Record<string, readonly string[]>> = {
  'id-number': ['证件号码', '身份证号', '身份证号码', '公民身份号码', '证件号', '身份证'],
  name: ['姓名', '人员姓名', '名字'],
  day: ['事实日期', '数据日期', '核实日期', '截止日期'],
}

/** Different words of a column that are shown. */
const samplesShown = 5
/** From this share on, cells that do not read say that the column is another. */
const oddShare = 0.2

/** Which heading is which field, where its words leave no doubt. */
export function proposeMapping(headings: readonly string[], facts: readonly Fact[]): Mapping {
  const words = [
    ...Object.entries(alsoCalled),
    ...facts.map(
      ({ id, name, unit }) => [id, [name, id, ...(unit ? [`${name}(${unit})`] : [])]] as const,
    ),
  ]
  const taken = new Set<string>()
  const proposed: Record<string, string> = {}
  for (const [field, names] of words) {
    const wanted = new Set(names.map(dense))
    const heading = headings.find((one) => wanted.has(dense(one)) && !taken.has(one))
    if (heading === undefined) continue
    taken.add(heading)
    proposed[field] = heading
  }
  return proposed
}

const dense = (text: string) =>
  tidy(text)
    .replace(/[\s*＊:：]/g, '')
    .toLowerCase()

/** Of each column, the first different words that stand in it. */
export function samplesOf(headings: readonly string[], rows: readonly SheetRow[]): string[][] {
  return headings.map((_heading, at) => {
    const found = new Set<string>()
    for (const { cells } of rows) {
      const cell = cells[at]
      if (typeof cell === 'string' && cell.trim() !== '')
        found.add(unnumbered(cell.trim()).slice(0, 40))
      if (found.size === samplesShown) break
    }
    return [...found]
  })
}

/** Enough of a long number to tell what kind it is; the number itself stays in the sealed file. */
const unnumbered = (text: string) => tidy(text).replace(/(\d{3})\d{5,}([\dXx]{2})/g, '$1…$2')

type Looked = Readonly<{
  headings: readonly string[]
  mapping: Mapping
  facts: readonly Fact[]
  rows: readonly SheetRow[]
  today: string
}>

/** Columns in which many cells do not read as what they are taken for, with the one that would. */
export function hintsOf({
  headings,
  mapping,
  facts,
  rows,
  today,
}: Looked): { field: string; message: string }[] {
  const readers = readersOf(facts, today)
  const share = (field: string, at: number) => {
    const said = rows.map(({ cells }) => cells[at] ?? '').filter((cell) => cell !== '')
    const read = readers.get(field)
    if (said.length === 0 || !read) return 0
    return said.filter((cell) => !read(cell)).length / said.length
  }
  return Object.entries(mapping).flatMap(([field, heading]) => {
    if (share(field, headings.indexOf(heading)) < oddShare) return []
    const better =
      field === 'id-number'
        ? headings.find(
            (_one, at) => rows.length > 0 && hasWords(rows, at) && share(field, at) < oddShare,
          )
        : undefined
    const also = better === undefined ? '' : `；看起来“${better}”列才是`
    return [{ field, message: `“${heading}”列有不少内容不像${nameOf(field, facts)}${also}` }]
  })
}

const hasWords = (rows: readonly SheetRow[], at: number) =>
  rows.some(({ cells }) => (cells[at] ?? '') !== '')

function readersOf(facts: readonly Fact[], today: string): Map<string, (cell: Cell) => boolean> {
  const reads = (said: object | undefined) => said === undefined || !('wrong' in said)
  return new Map<string, (cell: Cell) => boolean>([
    ['id-number', (cell) => reads(readNumber(cell))],
    // A name may be anything but a number.
    ['name', (cell) => reads(readName(cell)) && typeof cell === 'string' && !/\d{4}/.test(cell)],
    ['day', (cell) => reads(readDay(cell, today))],
    ...facts.map((fact) => [fact.id, (cell: Cell) => reads(readValue(fact, cell, today))] as const),
  ])
}

function nameOf(field: string, facts: readonly Fact[]): string {
  return (
    (rowKeys as Readonly<Record<string, string>>)[field] ??
    facts.find(({ id }) => id === field)?.name ??
    field
  )
}
