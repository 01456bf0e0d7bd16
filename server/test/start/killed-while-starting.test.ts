import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readOrMakeKeys } from '../../src/platform/crypto/keys.ts'
import { urlAs } from '../../src/platform/db/roles.ts'
import { dataPlace, launch, type Program } from './running-program.ts'

const residents = 2000
const patient = 180_000

let place: Awaited<ReturnType<typeof dataPlace>>
beforeEach(async () => {
  place = await dataPlace(residents)
})
afterEach(() => place.remove())

/** A connection to the database of the demonstration that runs in the place, as its owner. */
async function connected<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const { secret } = await readOrMakeKeys(`${place.data}/keys.json`, 'guomi')
  const port = await place.port()
  const connectionString = urlAs(`postgres://127.0.0.1:${port}/qiao`, secret, 'owner')
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const whole = `select (select count(*)::int from app.person) as persons,
  (select count(*)::int from app.household) as households,
  (select count(*)::int from app.household_current) as current,
  (select count(*)::int from app.match_run where state = 'done') as runs,
  (select count(*)::int from app.answer) as answers, (select count(*)::int from app.lead) as leads`

/** Waits until the program is in a transaction whose last statement begins so. */
async function atStatement({ saying, said }: Program, beginning: RegExp): Promise<void> {
  await saying(/数据库已更新|正在生成演示人口/)
  await connected(async (client) => {
    for (;;) {
      const { rows } = await client.query<{ query: string }>(
        `select query from pg_stat_activity where pid <> pg_backend_pid() and xact_start is not null`,
      )
      if (rows.some(({ query }) => beginning.test(query))) return
      if (/均为虚构/.test(said())) throw new Error(`it went past ${beginning} unseen:\n${said()}`)
    }
  })
}

const moments = {
  'PostgreSQL has started': async ({ saying }: Program) => {
    await saying(/PostgreSQL 已启动/)
    await wait(100)
  },
  'the district is generated': (program: Program) =>
    atStatement(program, /^set local work_mem|^copy staging\./),
  'the district is taken over': (program: Program) =>
    atStatement(program, /^insert into app\.fact/),
  'it matches for the first time': async ({ saying }: Program) => {
    await saying(/均为虚构/)
    await wait(500)
  },
} as const
type Moment = keyof typeof moments
type Victims = 'both' | 'alone'

/** Each moment once; who is killed takes turns. */
const kills = [
  ['PostgreSQL has started', 'both'],
  ['the district is generated', 'alone'],
  ['the district is taken over', 'both'],
  ['it matches for the first time', 'alone'],
] as const satisfies readonly (readonly [Moment, Victims])[]

test(
  'killed at every moment, one start after another, it completes the demonstration at the next',
  async () => {
    for (const [moment, victims] of kills) await killedWhen(moment, victims)
    await completes()
  },
  patient,
)

const long = process.env['QIAO_LONG'] !== undefined
const everyKill = Object.keys(moments).flatMap((moment) =>
  (['both', 'alone'] as const).map((victims) => [moment as Moment, victims] as const),
)
test.skipIf(!long).each(everyKill)(
  'killed when %s (%s of program and PostgreSQL), the next start completes the demonstration',
  async (moment, victims) => {
    await killedWhen(moment, victims)
    await completes()
  },
  patient,
)

async function killedWhen(moment: Moment, victims: Victims): Promise<void> {
  const killed = launch({ env: place.env })
  await moments[moment](killed)
  const postmaster = await place.runningPostmaster()
  killed.kill('SIGKILL')
  if (victims === 'both') process.kill(postmaster, 'SIGKILL')
  await killed.ended
  expect(killed.said()).not.toContain('http://')
}

async function completes(): Promise<void> {
  const next = launch({ env: place.env })
  await next.address()
  const { rows } = await connected((client) => client.query(whole))
  const found = rows[0]
  expect(found).toMatchObject({ persons: residents, current: found.households, runs: 1 })
  expect(found.answers).toBeGreaterThan(0)
  expect(found.leads).toBeGreaterThan(0)
  next.kill('SIGINT')
  expect((await next.ended).code).toBe(0)
}
