/** The bytes of a file, from any place on: a workbook is not read from its beginning. */
export type ByteSource = Readonly<{
  size: number
  /** From `start` up to but without `end`. */
  read: (start: number, end: number) => AsyncIterable<Buffer>
}>

/** What stands in a cell as text, or in words why that cannot be said. */
export type Cell = string | Readonly<{ wrong: string }>

/** `row` is its number as the program that made the file shows it, from 1; empty rows are passed over. */
export type SheetRow = Readonly<{ row: number; cells: readonly Cell[] }>

export type Sheet = Readonly<{
  format: 'csv' | 'xlsx'
  /** Of a CSV file. */
  encoding?: 'utf-8' | 'gb18030' | 'utf-16le'
  rows: AsyncIterable<SheetRow>
}>
