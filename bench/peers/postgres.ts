import type pg from 'pg'
import type { Population } from '../workload/population.ts'
import type { Peer, PeerRun } from './peer.ts'
import { columnsOf, statements, tables } from './sql.ts'
import { sqlTotals, sqlVerdicts, type VerdictCounts } from './sql-answers.ts'

/** Rows sent in one statement. */
const rowsAtOnce = 20_000

/** The project's own PostgreSQL, one process without helpers, SQL by hand. */
export function postgres(pool: pg.Pool): Peer {
  return {
    name: 'PostgreSQL, one process, SQL by hand with both ends of every unknown',
    persons: 1_270_000,
    prepare: (population) => openPostgres(pool, population),
  }
}

/** Both tables loaded in a schema of their own, which `close` drops. */
export async function openPostgres(
  pool: pg.Pool,
  population: Population,
): Promise<Required<PeerRun> & { verdicts: () => Promise<VerdictCounts> }> {
  const connection = await pool.connect()
  await connection.query(
    `create schema if not exists bench; set search_path = bench;
    set work_mem = '512MB'; set max_parallel_workers_per_gather = 0; set jit = off`,
  )
  const columns = columnsOf(population)
  for (const table of ['person', 'household'] as const) {
    const fields = tables[table].map((name) => `${name} integer`).join(', ')
    await connection.query(
      `drop table if exists ${table}; create unlogged table ${table} (${fields})`,
    )
    await load(connection, table, columns[table])
    await connection.query(`analyze ${table}`)
  }
  const one = async (query: string) => {
    const { rows } = await connection.query<Record<string, string>>(query)
    return Object.values(rows[0] ?? {}).map(Number)
  }
  return {
    run: async () => {
      for (const statement of statements('unlogged table')) await connection.query(statement)
    },
    totals: () => sqlTotals(one),
    verdicts: () => sqlVerdicts(one),
    close: async () => {
      await connection.query('drop schema bench cascade')
      connection.release(true)
    },
  }
}

async function load(
  connection: pg.PoolClient,
  table: string,
  columns: readonly (readonly (number | null)[])[],
): Promise<void> {
  const arrays = columns.map((_, at) => `$${at + 1}::integer[]`).join(', ')
  const rows = columns[0]?.length ?? 0
  for (let from = 0; from < rows; from += rowsAtOnce) {
    const slices = columns.map((column) => column.slice(from, from + rowsAtOnce))
    await connection.query(`insert into ${table} select * from unnest(${arrays})`, slices)
  }
}
