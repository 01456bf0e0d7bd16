/**
 * A process of its own, as the server is one: matches the district that QIAO_DATA holds, changes some of
 * it, and prints what it measured.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeQiao } from '../../server/src/app.ts'
import { publishShippedPack } from '../../server/src/features/policies/load.ts'
import { openInstallation } from '../../server/src/installation.ts'
import { readConfig } from '../../server/src/platform/config.ts'
import { asOwner } from '../../server/src/platform/db/actor.ts'
import { openJobList } from '../../server/src/platform/jobs.ts'
import { median, timed } from '../measure.ts'
import { copyFloor } from './copy-floor.ts'

type Run = Readonly<{ ms: number; written: number }>
/** `writing`: what changing and marking them took. */
type Marked = Readonly<{ ms: number; households: number; writing: number }>

/** Milliseconds; megabytes. */
export type Alone = Readonly<{
  households: number
  first: Run
  again: Run
  onePercent: Marked
  delivery: Marked
  single: number
  floor: number
  /** Greatest resident memory of this process, threads included. */
  memory: number
  /** Of all processes of PostgreSQL, shared memory counted once. */
  postgres: number
}>

const installation = await openInstallation(readConfig(process.env), () => {})
const { owner } = installation
await publishShippedPack(owner)
const qiao = await makeQiao(installation, { log: 'error' })
const { matching } = qiao
let postgres = 0
const watching = setInterval(() => {
  postgres = Math.max(postgres, memoryOfPostgres())
}, 1000)

const run = async (): Promise<Run & { households: number }> => {
  let summary = { written: 0, households: 0 }
  const ms = await timed(async () => {
    summary = await matching.run('bench')
  })
  return { ms, written: summary.written, households: summary.households }
}
const { households, ...first } = await run()
const { households: _, ...again } = await run()
const onePercents: Marked[] = []
for (const rest of [1, 2, 3]) onePercents.push(await answeredAfter(`id % 100 = ${rest}`))
const delivery = await answeredAfter('id % 20 = 10')
const singles: number[] = []
for (const at of [1, 2, 3, 4, 5, 6, 7]) singles.push(await single(at))
clearInterval(watching)
const alone: Alone = {
  households,
  first,
  again,
  onePercent: onePercents.toSorted((one, other) => one.ms - other.ms)[1] ?? delivery,
  delivery,
  single: median(singles),
  floor: await copyFloor(owner),
  memory: process.resourceUsage().maxRSS / 1000,
  postgres,
}
console.log(JSON.stringify(alone))
await qiao.close()
await installation.close()
process.exit(0)

/** A visit that learns what everybody of some households earns, and how long answering all of them takes. */
async function answeredAfter(which: string): Promise<Marked> {
  const started = performance.now()
  const { rows } = await owner.pool.query<{ n: number }>(`
    with moved as (update app.household set version = version + 1 where ${which} returning id, version),
    wide as (update app.household_current set version = moved.version from moved where household_id = id),
    earning as (update app.person_current set f_labour_income = 120000 + household_id % 1000 * 100
      from moved where household_id = moved.id)
    select count(*)::int as n from moved`)
  const writing = performance.now() - started
  return { households: rows[0]?.n ?? 0, writing, ms: await timed(() => matching.runMarked()) }
}

/** From the commit of a change, which sends its job, to the commit of what was answered. */
async function single(at: number): Promise<number> {
  const jobs = await openJobList(owner)
  const { rows } = await owner.pool.query<{ id: number }>(
    'select id from app.household where id % 9973 = $1 order by id limit 1',
    [at],
  )
  const id = rows[0]?.id ?? 0
  await asOwner(owner, async (tx, connection) => {
    await connection.query('update app.household set version = version + 1 where id = $1', [id])
    await connection.query(
      'update app.household_current set version = version + 1 where household_id = $1',
      [id],
    )
    await jobs.enqueue(tx, 'household.changed', { householdId: id }, { singletonKey: String(id) })
  })
  const ms = await timed(async () => {
    const waits = 'select 1 from app.change_marker where household_id = $1'
    while (((await owner.pool.query(waits, [id])).rowCount ?? 0) > 0) await sleep(2)
  })
  await jobs.close()
  await sleep(100 * at)
  return ms
}

function memoryOfPostgres(): number {
  const kilobytes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        if (!readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')) return 0
        const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
        return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0)
      } catch {
        // It has ended meanwhile.
        return 0
      }
    })
  return kilobytes.reduce((sum, n) => sum + n, 0) / 1000
}
