/**
 * A process of its own, as the server is one: takes in a file about everybody in the district that QIAO_DATA
 * holds, once more, and takes it back; prints what it measured.
 */
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { applyDelivery, undoDelivery } from '../../server/src/features/exchange/apply.ts'
import { checkDelivery } from '../../server/src/features/exchange/check.ts'
import { readDelivery } from '../../server/src/features/exchange/deliveries.ts'
import { pieceBytes } from '../../server/src/features/exchange/delivery.ts'
import { keepPiece } from '../../server/src/features/exchange/pieces.ts'
import { receiveFile } from '../../server/src/features/exchange/receive.ts'
import { fieldsOf, sourceCalled } from '../../server/src/features/exchange/source.ts'
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
const about = { source, facts: fieldsOf(source, all), today: clock.today() }

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
  await asProgram((tx) =>
    sql`update app.delivery set state = 'undoing' where id = ${first}`.execute(tx),
  )
  await undoDelivery(parts, first)
})
const [{ n: takenBack = 0 } = {}] = (
  await owner.pool.query<{ n: number }>(
    `select count(*)::int as n from app.delivery_row where delivery_id = ${first} and outcome = 'undone'`,
  )
).rows
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
  return asProgram(async (tx) => {
    const { rows: made } = await sql<{ id: number }>`insert into app.delivery
      (source, file_name, bytes, on_day, received_by)
      values ('renshe', 'bench.csv', ${content.length}, ${clock.today()}::date,
        (select id from app.staff order by id limit 1)) returning id`.execute(tx)
    const delivery = made[0]?.id ?? 0
    for (let number = 0; number * pieceBytes < content.length; number++) {
      const piece = content.subarray(number * pieceBytes, (number + 1) * pieceBytes)
      await keepPiece(tx, cipher, { delivery, number, bytes: piece })
    }
    return delivery
  })
}

async function copyOf(delivery: number): Promise<number> {
  return asProgram(async (tx) => {
    const { rows: made } = await sql<{ id: number }>`insert into app.delivery
      (source, file_name, bytes, on_day, received_by)
      select source, file_name, bytes, on_day, received_by from app.delivery where id = ${delivery}
      returning id`.execute(tx)
    const copy = made[0]?.id ?? 0
    await sql`insert into app.delivery_piece (delivery_id, number, bytes, piece_enc)
      select ${copy}, number, bytes, piece_enc from app.delivery_piece
      where delivery_id = ${delivery}`.execute(tx)
    return copy
  })
}

function read(delivery: number) {
  return asProgram((tx) => readDelivery(tx, delivery))
}

async function check(delivery: number): Promise<void> {
  const { reading } = await read(delivery)
  const mapping = reading?.proposed ?? {}
  await asProgram(async (tx) => {
    await sql`update app.delivery set state = 'checking', mapping = ${JSON.stringify(mapping)}::jsonb
      where id = ${delivery}`.execute(tx)
  })
  await checkDelivery(parts, await read(delivery), about)
}

async function apply(delivery: number): Promise<void> {
  await asProgram((tx) =>
    sql`update app.delivery set state = 'applying', apply_began_at = clock_timestamp()
      where id = ${delivery}`.execute(tx),
  )
  await applyDelivery(parts, delivery)
}
