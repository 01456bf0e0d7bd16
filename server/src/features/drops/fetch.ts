import type { Pack } from '@qiao/rules'
import { sql } from 'kysely'
import { audit } from '../../platform/audit.ts'
import type { Clock } from '../../platform/clock.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import { asActor } from '../../platform/db/actor.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import type { Jobs } from '../../platform/jobs.ts'
import { putDelivery, takeAnnounced } from '../exchange/announce.ts'
import { mostBytes, pieceBytes } from '../exchange/delivery.ts'
import { enqueueStep } from '../exchange/enqueue-step.ts'
import { keepPiece, piecesIn, type Transact } from '../exchange/pieces.ts'
import { dayOf, type DropFile, type DropPoint, isAllowed, wantedOf } from './drop-point.ts'
import { fetchedBefore, secretOf } from './drop-points.ts'
import { openHttps } from './https.ts'
import { type Remote, Unreachable } from './remote.ts'
import { openSftp } from './sftp.ts'

export type FetchParts = Readonly<{
  db: Database
  clock: Clock
  cipher: FieldCipher
  /** A live token of the program itself. */
  programToken: () => Promise<string>
  packInForce: (tx: Tx) => Promise<Pack>
  /** Where the operator lets us connect, and authorities of the district's own. */
  allowed: readonly string[]
  ca: readonly string[] | undefined
}>

/**
 * Fetches what is new at a drop point; each file becomes a delivery that waits for a data steward. Cut off in the
 * middle of a file, the next look goes on after the last piece that came.
 *
 * @param now by the wall, as files are dated
 */
export async function fetchFrom(
  parts: FetchParts & Readonly<{ jobs: Jobs }>,
  point: DropPoint,
  now: Date,
): Promise<number> {
  const transact: Transact = async (work) => asActor(parts.db, await parts.programToken(), work)
  const note = (problem: string | null) =>
    transact((tx) => sql`select app.note_look(${point.id}, ${problem})`.execute(tx))
  let fetched = 0
  let problem: string | null = null
  try {
    const remote = await open(parts, point, transact)
    try {
      for (const file of wantedOf(point, await remote.list(), now)) {
        if (file.bytes > mostBytes) problem = `${file.name} 超过 500 MB，请来源部门拆分。`
        else if (await fetchFile(parts, { point, remote, file, transact })) fetched += 1
      }
    } finally {
      remote.close()
    }
    await note(problem)
  } catch (error) {
    // Whatever is not theirs is ours: the job fails, and is tried again.
    if (!(error instanceof Unreachable)) throw error
    await note(error.message)
  }
  return fetched
}

async function open(
  { clock, cipher, allowed, ca }: FetchParts,
  point: DropPoint,
  transact: Transact,
): Promise<Remote> {
  if (!isAllowed(point, allowed))
    throw new Unreachable('管理员没有允许连接这台主机（设置 QIAO_DROP_HOSTS）。')
  const secret = await transact((tx) => secretOf(tx, cipher, point.id))
  if (point.kind === 'sftp') return openSftp(point, secret ?? '')
  return openHttps(point, { token: secret, ca, today: clock.today() })
}

type Fetching = Readonly<{ point: DropPoint; remote: Remote; file: DropFile; transact: Transact }>

/** @returns whether there was anything to fetch */
async function fetchFile(
  parts: FetchParts & Readonly<{ jobs: Jobs }>,
  { point, remote, file, transact }: Fetching,
): Promise<boolean> {
  if (file.bytes === 0) return false
  const before = await transact((tx) => fetchedBefore(tx, point.id, file))
  if (before?.whole) return false
  const delivery = before?.deliveryId ?? (await begin(parts, { point, file, transact }))
  let number = before?.pieces ?? 0
  let came = number * pieceBytes
  for await (const bytes of piecesIn(remote.read(file.name, came))) {
    came += bytes.length
    if (came > file.bytes) break
    await transact((tx) => keepPiece(tx, parts.cipher, { delivery, number, bytes }))
    number += 1
  }
  if (came !== file.bytes)
    throw new Unreachable(`${file.name} 在取件时变了，或没有取完；下次取件时再试。`)
  await transact(async (tx) => {
    await enqueueStep(tx, parts.jobs, delivery)
    await audit(tx, {
      action: 'delivery.fetched',
      subject: `delivery:${delivery}`,
      detail: { source: point.source, dropPoint: point.id, bytes: file.bytes },
    })
  })
  return true
}

async function begin(
  { clock, packInForce }: FetchParts,
  { point, file, transact }: Omit<Fetching, 'remote'>,
): Promise<number> {
  const { id, source, roll } = point
  const today = clock.today()
  return transact(async (tx) => {
    const announced = { source, onDay: dayOf(file, today), ...(roll ? { roll } : {}) }
    const taken = await takeAnnounced(tx, announced, { pack: await packInForce(tx), today })
    const fileName = file.name.slice(-200)
    const delivery = await putDelivery(tx, taken, { fileName, bytes: file.bytes, dropPointId: id })
    await sql`insert into app.drop_point_file (drop_point_id, name, bytes, modified_at, delivery_id)
      values (${id}, ${file.name}, ${file.bytes}, ${file.modifiedAt}, ${delivery})`.execute(tx)
    return delivery
  })
}
