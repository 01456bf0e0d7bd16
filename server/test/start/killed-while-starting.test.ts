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

/** Asks the database of the demonstration that runs in the place, as its owner. */
async function ask(question: string): Promise<Record<string, number>> {
  const { secret } = await readOrMakeKeys(`${place.data}/keys.json`, 'guomi')
  const port = await place.port()
  const connectionString = urlAs(`postgres://127.0.0.1:${port}/qiao`, secret, 'owner')
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return (await client.query(question)).rows[0]
  } finally {
    await client.end()
  }
}

const whole = `select (select count(*)::int from app.person) as persons,
  (select count(*)::int from app.household) as households,
  (select count(*)::int from app.household_current) as current,
  (select count(*)::int from app.match_run where state = 'done') as runs,
  (select count(*)::int from app.answer) as answers, (select count(*)::int from app.lead) as leads`

/** Waits until the program is at a statement that begins so. */
async function atStatement({ saying }: Program, statement: string): Promise<void> {
  await saying(/数据库已更新/)
  const busy = `select count(*)::int as n from pg_stat_activity
    where pid <> pg_backend_pid() and state = 'active' and query like '${statement}%'`
  while ((await ask(busy))['n'] === 0) await wait(5)
}

const moments = {
  'PostgreSQL has started': async ({ saying }: Program) => {
    await saying(/PostgreSQL 已启动/)
    await wait(100)
  },
  'the district is copied in': (program: Program) => atStatement(program, 'copy staging.'),
  'the district is taken over': (program: Program) => atStatement(program, 'insert into app.fact'),
  'it matches for the first time': async ({ saying }: Program) => {
    await saying(/均为虚构/)
    await wait(500)
  },
} as const
type Moment = keyof typeof moments

test.each([
  ['PostgreSQL has started', 'both'],
  ['the district is copied in', 'alone'],
  ['the district is taken over', 'both'],
  ['it matches for the first time', 'alone'],
  ['it matches for the first time', 'both'],
] as const satisfies readonly (readonly [Moment, string])[])(
  'killed when %s (%s of program and PostgreSQL), the next start completes the demonstration',
  async (moment, victims) => {
    const killed = launch({ env: place.env })
    await moments[moment](killed)
    const postmaster = (await place.postmaster()) ?? 0
    killed.kill('SIGKILL')
    if (victims === 'both') process.kill(postmaster, 'SIGKILL')
    await killed.ended
    expect(killed.said()).not.toContain('http://')

    const next = launch({ env: place.env })
    await next.address()
    const found = await ask(whole)
    expect(found).toMatchObject({ persons: residents, current: found['households'], runs: 1 })
    expect(found['answers']).toBeGreaterThan(0)
    expect(found['leads']).toBeGreaterThan(0)
    next.kill('SIGINT')
    expect((await next.ended).code).toBe(0)
  },
  patient,
)
