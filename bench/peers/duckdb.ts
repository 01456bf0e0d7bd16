import { peerPackage } from './packages.ts'
import type { Peer } from './peer.ts'
import { columnsOf, statements, tables } from './sql.ts'
import { sqlTotals } from './sql-answers.ts'

type Chunk = { setColumns: (columns: readonly (readonly (number | null)[])[]) => void }
type Appender = { appendDataChunk: (chunk: Chunk) => void; closeSync: () => void }
type Connection = {
  run: (query: string) => Promise<unknown>
  runAndReadAll: (query: string) => Promise<{ getRows: () => unknown[][] }>
  createAppender: (table: string) => Promise<Appender>
  closeSync: () => void
}
type Package = {
  INTEGER: unknown
  DuckDBInstance: { create: (path: string) => Promise<{ connect: () => Promise<Connection> }> }
  DuckDBDataChunk: { create: (types: unknown[], rows: number) => Chunk }
}

/** Rows of one vector of DuckDB. */
const vectorSize = 2048

/** DuckDB in this process, on one thread. */
export const duckdb: Peer = {
  name: 'DuckDB 1.5.6, one thread',
  persons: 1_270_000,
  prepare: async (p) => {
    const { DuckDBInstance, DuckDBDataChunk, INTEGER } =
      await peerPackage<Package>('@duckdb/node-api')
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    await connection.run('set threads = 1')
    const columns = columnsOf(p)
    for (const [table, names] of Object.entries(tables)) {
      await connection.run(
        `create table ${table} (${names.map((name) => `${name} integer`).join(', ')})`,
      )
      const appender = await connection.createAppender(table)
      const all = columns[table as keyof typeof tables]
      const rows = all[0]?.length ?? 0
      for (let from = 0; from < rows; from += vectorSize) {
        const upTo = Math.min(from + vectorSize, rows)
        const chunk = DuckDBDataChunk.create(
          names.map(() => INTEGER),
          upTo - from,
        )
        chunk.setColumns(all.map((column) => column.slice(from, upTo)))
        appender.appendDataChunk(chunk)
      }
      appender.closeSync()
    }
    return {
      run: async () => {
        for (const statement of statements('table')) await connection.run(statement)
      },
      totals: () =>
        sqlTotals(async (query) => {
          const [row = []] = (await connection.runAndReadAll(query)).getRows()
          return row.map(Number)
        }),
      close: async () => connection.closeSync(),
    }
  },
}
