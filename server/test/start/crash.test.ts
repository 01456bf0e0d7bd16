import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Random } from '../../src/district/random.ts'
import { readOrMakeKeys } from '../../src/platform/crypto/keys.ts'
import { urlAs } from '../../src/platform/db/roles.ts'
import { signInWriter, type Writer } from './feedback-writer.ts'
import { type dataPlace, filledPlace, launch, type Program, qiao } from './running-program.ts'

const kills = process.env['QIAO_LONG'] === undefined ? 5 : 60
const writersAtOnce = 4

let place: Awaited<ReturnType<typeof dataPlace>>
let program: Program
let address: string | undefined

beforeAll(async () => {
  place = await filledPlace()
  await start()
}, 120_000)
afterAll(() => place.remove())

async function start(): Promise<void> {
  program = launch({ env: { ...place.env, QIAO_REQUESTS: '1000000' } })
  address = await program.address()
}

/** Works on the database past row-level security. */
async function connected<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const { secret } = await readOrMakeKeys(`${place.data}/keys.json`, 'guomi')
  const connectionString = urlAs(`postgres://127.0.0.1:${await place.port()}/qiao`, secret, 'owner')
  const client = new pg.Client({ connectionString })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

/** The process of PostgreSQL that works for the program at the moment, one of them. */
async function backendOfProgram(): Promise<number> {
  return connected(async (client) => {
    for (;;) {
      const { rows } = await client.query<{ pid: number }>(
        `select pid from pg_stat_activity where usename = 'app' limit 1`,
      )
      if (rows[0]) return rows[0].pid
      await wait(5)
    }
  })
}

/** Who is killed without warning; whoever is left finds out as it may. */
const victims = {
  'the program': async () => program.kill('SIGKILL'),
  PostgreSQL: async () => {
    process.kill(await place.runningPostmaster(), 'SIGKILL')
    await wait(200)
    program.kill('SIGKILL')
  },
  both: async () => {
    const postmaster = await place.runningPostmaster()
    program.kill('SIGKILL')
    process.kill(postmaster, 'SIGKILL')
  },
  // It takes all others of its server down with it, which recovers; the program stays.
  'a process of PostgreSQL': async () => process.kill(await backendOfProgram(), 'SIGKILL'),
} as const
type Victim = keyof typeof victims

test(
  `killed ${kills} times under load, at any moment, no acknowledged write is lost and none is done twice`,
  async () => {
    const random = new Random(Date.now(), 1)
    const writers = await Promise.all(
      Array.from({ length: writersAtOnce }, (_, index) =>
        signInWriter(String.fromCharCode(97 + index), () => address),
      ),
    )
    let writing = true
    const load = writers.map(async (writer) => {
      while (writing) await writer.write()
    })
    const written = () => writers.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0)
    const order = Object.keys(victims) as Victim[]
    for (let kill = 0; kill < kills; kill++) {
      const before = written()
      while (written() < before + 5) await wait(5)
      await wait(random.between(0, 400))
      const victim = order[kill % order.length] ?? 'both'
      await victims[victim]()
      if (victim === 'a process of PostgreSQL') continue
      address = undefined
      await program.ended
      await start()
    }
    const last = written()
    while (written() < last + 5) await wait(5)
    writing = false
    await Promise.all(load)

    const failures = writers.reduce((sum, writer) => sum + writer.failures(), 0)
    expect(failures).toBeGreaterThan(kills)
    await everyWriteIsThereOnce(writers)
    await everyAnswerComesAgain(writers)
    program.kill('SIGINT')
    expect((await program.ended).code).toBe(0)
    const verified = await qiao(['audit', 'verify'], place.env)
    expect([verified.code, verified.said]).toEqual([0, expect.stringContaining('未发现改动')])
  },
  kills * 30_000,
)

/** The write, its entry in the log and the answer kept for its key: each once. */
async function everyWriteIsThereOnce(writers: readonly Writer[]): Promise<void> {
  const { rows } = await connected((client) =>
    client.query<{ text: string; id: number; entries: number; keys: number }>(
      `select because as text, id::int,
        (select count(*)::int from app.audit
          where action = 'feedback.given' and subject = 'feedback:' || policy_feedback.id) as entries,
        (select count(*)::int from app.idempotency where key = because) as keys
      from app.policy_feedback`,
    ),
  )
  const acknowledged = new Map(writers.flatMap((writer) => [...writer.acknowledged]))
  expect(new Map(rows.map(({ text, id }) => [text, id]))).toEqual(acknowledged)
  expect(rows.length).toBe(acknowledged.size)
  expect(rows.filter(({ entries, keys }) => entries !== 1 || keys !== 1)).toEqual([])
}

/** Whoever is not sure whether it arrived may send it again. */
async function everyAnswerComesAgain(writers: readonly Writer[]): Promise<void> {
  for (const writer of writers) {
    for (const [text, id] of [...writer.acknowledged].slice(-5))
      expect(await writer.repeat(text)).toBe(id)
  }
}
