import { pipeline } from 'node:stream/promises'
import { Writable } from 'node:stream'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import type { Database } from '../../server/src/platform/db/database.ts'
import { timed } from '../measure.ts'

/**
 * Milliseconds that PostgreSQL and a process need to pass the rows of a first run and nothing else: the
 * wide rows out, and as many answers as there are from one table into another that has no index.
 */
export async function copyFloor(owner: Database): Promise<number> {
  const connection = await owner.pool.connect()
  const source = await owner.pool.connect()
  try {
    return await timed(async () => {
      for (const table of ['household_current', 'person_current']) {
        const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
        await pipeline(
          source.query(copyTo(`copy (select * from app.${table}) to stdout (format binary)`)),
          nowhere,
        )
      }
      for (const table of ['answer', 'undecided']) {
        await connection.query(`create temp table floor_${table} (like app.${table})`)
        await pipeline(
          source.query(
            copyTo(
              `copy (select * from app.${table} where superseded_at is null) to stdout (format binary)`,
            ),
          ),
          connection.query(copyFrom(`copy floor_${table} from stdin (format binary)`)),
        )
        await connection.query(`drop table floor_${table}`)
      }
    })
  } finally {
    source.release()
    connection.release()
  }
}
