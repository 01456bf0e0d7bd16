import { createReadStream } from 'node:fs'

/** One row of a CSV file with the line it begins on, from 1; an empty cell is an empty text. */
export type CsvRow = Readonly<{ line: number; cells: readonly string[] }>

/**
 * The rows of a CSV file as RFC 4180 has them: UTF-8, commas, double quotes doubled inside quotes,
 * line ends of either kind; empty lines are passed over. Nothing is held longer than a piece of the
 * file.
 */
export async function* csvRows(path: string): AsyncGenerator<CsvRow> {
  const reader = makeReader()
  for await (const piece of createReadStream(path, 'utf8')) yield* reader.take(String(piece))
  yield* reader.take('\n')
}

function makeReader() {
  let line = 1
  let beganOn = 1
  let cells: string[] = []
  let cell = ''
  // `closing`: after a quote inside quotes, which ends them or is the first of two.
  let state: 'plain' | 'quoted' | 'closing' = 'plain'
  const endRow = () => {
    const row = { line: beganOn, cells: [...cells, cell] }
    cells = []
    cell = ''
    beganOn = line
    return row
  }
  return {
    *take(piece: string): Generator<CsvRow> {
      for (const sign of piece) {
        if (sign === '\n') line++
        if (state === 'quoted') {
          if (sign === '"') state = 'closing'
          else cell += sign
        } else if (sign === '"' && (state === 'closing' || cell === '')) {
          if (state === 'closing') cell += sign
          state = 'quoted'
        } else {
          state = 'plain'
          if (sign === ',') {
            cells.push(cell)
            cell = ''
          } else if (sign === '\n') {
            const row = endRow()
            if (row.cells.length > 1 || row.cells[0] !== '') yield row
          } else if (sign !== '\r' && sign !== '\uFEFF') cell += sign
        }
      }
    },
  }
}
