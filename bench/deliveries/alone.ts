/**
 * A process of its own, as the server is one: takes in a file about everybody in the district that QIAO_DATA
 * holds, once more, and takes it back; prints what it measured.
 */
import { readFileSync } from 'node:fs'
import { applyDelivery, undoDelivery } from '../../server/src/features/exchange/apply.ts'
import { checkDelivery } from '../../server/src/features/exchange/check.ts'
import { readDelivery } from '../../server/src/features/exchange/deliveries.ts'
import { pieceBytes } from '../../server/src/features/exchange/delivery.ts'
import { keepPiece } from '../../server/src/features/exchange/pieces.ts'
import { fieldsOf } from '../../server/src/features/exchange/reading/fields.ts'
import { receiveFile } from '../../server/src/features/exchange/receive.ts'
import { factsOf, sourceCalled } from '../../server/src/features/exchange/source.ts'
import { packInForce, publishShippedPack } from '../../server/src/features/policies/load.ts'
import { openJobSession } from '../../server/src/features/staff/sign-in.ts'
import { openInstallation } from '../../server/src/installation.ts'
import { readConfig } from '../../server/src/platform/config.ts'
import { asOwner } from '../../server/src/platform/db/actor.ts'
import type { Tx } from '../../server/src/platform/db/database.ts'
import { openJobList } from '../../server/src/platform/jobs.ts'
import { timed } from '../measure.ts'

/** Milliseconds; bytes; megabytes. */
export type Alone = Readonly<{
  rows: number
  bytes: number
  received: number
  checked: number
  applied: number
  /** The same file once more, of which every row is known. */
  again: number
  undone: number
  /** Greatest resident memory of this process. */
  memory: number
  /** How many rows were written, the second time, and taken back. */
  outcome: readonly [number, number, number]
}>

const installation = await openInstallation(readConfig(process.env), () => {})
const { owner, app: db, signin, cipher, clock } = installation
await publishShippedPack(owner)
const token = await openJobSession(signin, 'bench')
const programToken = async () => token
const jobs = await openJobList(owner)
const parts = { db, cipher, clock, jobs, programToken }
const asProgram = <T>(work: (tx: Tx) => Promise<T>) => asOwner(owner, (tx) => work(tx))
const source = await sourceCalled('renshe')
const { facts: all } = await asOwner(owner, (tx) => packInForce(tx))
const told = { facts: factsOf(source, all), today: clock.today() }
const about = { source, fields: fieldsOf({ roll: null }, told) }

const file = await fileAboutEverybody()
const bytes = file.length
const first = await begun(file)
file.fill(0)
const received = await timed(async () => receiveFile(parts, await read(first), about))
const checked = await timed(() => check(first))
const { rows, applied: written } = await read(first)
const applied = await timed(() => apply(first))
const second = await copyOf(first)
await receiveFile(parts, await read(second), about)
const again = await timed(async () => {
  await check(second)
  await apply(second)
})
const undone = await timed(async () => {
  await owner.pool.query(`update app.delivery set state = 'undoing' where id = $1`, [first])
  await undoDelivery(parts, await read(first))
})
const takenBack = await counted(
  `app.delivery_row where delivery_id = ${first} and outcome = 'undone'`,
)
const memory = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024
const outcome = [written, (await read(second)).applied, takenBack] as const
const alone: Alone = { rows, bytes, received, checked, applied, again, undone, memory, outcome }
console.log(JSON.stringify(alone))
await jobs.close()
await installation.close()

/** Everybody with a pension and an income that nobody has on record. */
async function fileAboutEverybody(): Promise<Buffer> {
  const lines: Buffer[] = [Buffer.from('证件号码,姓名,养老金,劳动收入\n')]
  for (let after = 0; ; ) {
    const { rows: people } = await owner.pool.query<{ id: number; name: string; sealed: Buffer }>(
      `select id, name, id_number_enc as sealed from app.person
       where id > $1 and id_number_enc is not null order by id limit 20000`,
      [after],
    )
    const last = people.at(-1)
    if (!last || lines.length > 50) return Buffer.concat(lines)
    after = last.id
    const text = people.map(
      ({ id, name, sealed }) =>
        `${cipher.open('id-number', sealed)},${name},${(id % 5000) + 0.5},${id % 3000}\n`,
    )
    lines.push(Buffer.from(text.join('')))
  }
}

async function begun(content: Buffer): Promise<number> {
  const delivery = await counted(
    `app.delivery`,
    `insert into app.delivery (source, file_name, bytes, on_day, received_by)
      select 'renshe', 'bench.csv', $1, $2, id from app.staff order by id limit 1`,
    [content.length, clock.today()],
  )
  await asProgram(async (tx) => {
    for (let number = 0; number * pieceBytes < content.length; number++) {
      const piece = content.subarray(number * pieceBytes, (number + 1) * pieceBytes)
      await keepPiece(tx, cipher, { delivery, number, bytes: piece })
    }
  })
  return delivery
}

async function copyOf(delivery: number): Promise<number> {
  const copy = await counted(
    `app.delivery`,
    `insert into app.delivery (source, file_name, bytes, on_day, received_by)
      select source, file_name, bytes, on_day, received_by from app.delivery where id = $1`,
    [delivery],
  )
  await owner.pool.query(
    `insert into app.delivery_piece (delivery_id, number, bytes, piece_enc)
      select $1, number, bytes, piece_enc from app.delivery_piece where delivery_id = $2`,
    [copy, delivery],
  )
  return copy
}

/** How many rows there are, after a statement. Of deliveries, of which none is deleted, that is the last id. */
async function counted(from: string, before?: string, values?: unknown[]): Promise<number> {
  if (before !== undefined) await owner.pool.query(before, values)
  const { rows: found } = await owner.pool.query<{ n: number }>(
    `select count(*)::int as n from ${from}`,
  )
  return found[0]?.n ?? 0
}

function read(delivery: number) {
  return asProgram((tx) => readDelivery(tx, delivery))
}

async function check(delivery: number): Promise<void> {
  const { reading } = await read(delivery)
  await owner.pool.query(`update app.delivery set state = 'checking', mapping = $2 where id = $1`, [
    delivery,
    JSON.stringify(reading?.proposed ?? {}),
  ])
  await checkDelivery(parts, await read(delivery), told)
}

async function apply(delivery: number): Promise<void> {
  await owner.pool.query(
    `update app.delivery set state = 'applying', apply_began_at = clock_timestamp() where id = $1`,
    [delivery],
  )
  await applyDelivery(parts, await read(delivery))
}
