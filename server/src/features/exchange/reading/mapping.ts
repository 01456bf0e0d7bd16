import type { Mapping } from '../delivery.ts'
import { tidy } from './cells.ts'
import type { Field } from './fields.ts'
import type { SheetRow } from './rows.ts'

/** Different words of a column that are shown. */
const samplesShown = 5
/** From this share on, cells that do not read say that the column is another. */
const oddShare = 0.2

/** Which heading is which field, where its words leave no doubt. */
export function proposeMapping(headings: readonly string[], fields: readonly Field[]): Mapping {
  const taken = new Set<string>()
  const proposed: Record<string, string> = {}
  for (const { id, headings: known } of fields) {
    const wanted = new Set(known.map(dense))
    const heading = headings.find((one) => wanted.has(dense(one)) && !taken.has(one))
    if (heading === undefined) continue
    taken.add(heading)
    proposed[id] = heading
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
  fields: readonly Field[]
  rows: readonly SheetRow[]
}>

/** Columns in which many cells do not read as what they are taken for, with the one that would. */
export function hintsOf({
  headings,
  mapping,
  fields,
  rows,
}: Looked): { field: string; message: string }[] {
  const byId = new Map(fields.map((field) => [field.id, field]))
  const share = (field: string, at: number) => {
    const said = rows.map(({ cells }) => cells[at] ?? '').filter((cell) => cell !== '')
    const known = byId.get(field)
    if (said.length === 0 || !known) return 0
    return said.filter((cell) => !known.reads(cell)).length / said.length
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
    const name = byId.get(field)?.name ?? field
    return [{ field, message: `“${heading}”列有不少内容不像${name}${also}` }]
  })
}

const hasWords = (rows: readonly SheetRow[], at: number) =>
  rows.some(({ cells }) => (cells[at] ?? '') !== '')
