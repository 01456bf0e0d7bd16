import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { asActor, asOwner } from '../../platform/db/actor.ts'
import { audit } from '../../platform/audit.ts'
import { readLog } from './log.ts'
import { makeSealer, mostInSeal, type Sealer } from './sealer.ts'
import { type Finding, makeVerifier } from './verify.ts'

let db: TestDatabase
let token: string
let staff: string
let sealer: Sealer
const errors: unknown[] = []
beforeAll(async () => {
  db = await createTestDatabase()
  token = await db.jobToken('seal')
  staff = (await db.sessionFor({ role: 'advisor', areaId: '310118001001' })).token
  sealer = newSealer()
})
afterAll(() => db.close())
beforeEach(async () => {
  await sealer.seal()
})

function newSealer(): Sealer {
  const onError = (error: unknown) => void errors.push(error)
  return makeSealer({ db: db.app, programToken: async () => token, onError })
}

const enter = (action = 'household.read') =>
  asActor(db.app, staff, (tx) => audit(tx, { action, subject: 'household:1' }))

const many = (count: number) =>
  db.owner.pool.query(
    `insert into app.audit (actor, action, subject, household_id, area_id, reason, fields, detail)
     select 'job:test', 'household.read', 'household:' || n, n, '310118001001', 'duty:advisor-of-area',
       '{members,facts}', jsonb_build_object('by', 'words', 'found', n) from generate_series(1, ${count}) n`,
  )

type Kept = { number: number; entries: number; actions: string[] }
async function seals(): Promise<Kept[]> {
  const { rows } = await db.owner.pool.query<Kept>(
    `select number, cardinality(entries) as entries,
       array(select action from app.audit where id = any (entries)) as actions
     from app.audit_seal order by number`,
  )
  return rows
}

async function verify() {
  const findings: Finding[] = []
  const verifier = makeVerifier((finding) => findings.push(finding))
  await asOwner(db.owner, async (tx) => {
    for await (const line of readLog(tx))
      if ('entry' in line) verifier.entry(line.entry)
      else verifier.seal(line.seal)
  })
  return { ...verifier.end(), findings }
}

describe('the sealer', () => {
  test('seals what is committed once, and writes nothing while nothing is new', async () => {
    await enter('one')
    await enter('two')
    expect(await sealer.seal()).toBe(2)
    const before = await seals()
    expect(before.at(-1)?.actions).toEqual(['one', 'two'])
    expect(await sealer.seal()).toBe(0)
    expect(await seals()).toEqual(before)
  })

  test('waits for no long transaction, and seals what that wrote once it is committed', async () => {
    const slow = await db.app.pool.connect()
    await slow.query('begin')
    await slow.query(`select set_config('app.token', $1, true)`, [staff])
    await slow.query(`insert into app.audit (action) values ('slow')`)
    await enter('quick')
    expect(await sealer.seal()).toBe(1)
    await enter('quick again')
    expect(await sealer.seal()).toBe(1)
    await slow.query('commit')
    slow.release()
    await enter('after')
    expect(await sealer.seal()).toBe(2)
    expect((await seals()).slice(-3).map(({ actions }) => actions)).toEqual([
      ['quick'],
      ['quick again'],
      ['slow', 'after'],
    ])
  })

  test('takes nothing of a transaction that was rolled back, also inside a savepoint', async () => {
    const connection = await db.app.pool.connect()
    await connection.query(`begin; savepoint a`)
    await connection.query(`select set_config('app.token', $1, true)`, [staff])
    await connection.query(`insert into app.audit (action) values ('gone');
      rollback to a; select set_config('app.token', '${staff}', true);
      savepoint b; insert into app.audit (action) values ('stays'); release b`)
    expect(await sealer.seal()).toBe(0)
    await connection.query('commit')
    connection.release()
    expect(await sealer.seal()).toBe(1)
    expect((await seals()).at(-1)?.actions).toEqual(['stays'])
  })

  test('misses nothing while many write and several seal', async () => {
    const before = await verify()
    const others = [sealer, newSealer(), newSealer()]
    let writing = true
    const sealing = others.map(async (one) => {
      while (writing) await one.seal().then(() => sleep(2))
    })
    const writers = Array.from({ length: 8 }, async () => {
      for (let done = 0; done < 40; done++) await enter('together')
    })
    await Promise.all(writers)
    writing = false
    await Promise.all(sealing)
    await sealer.seal()
    const { findings, entries, unsealed, seals: number } = await verify()
    expect([findings, unsealed.count, entries]).toEqual([[], 0, before.entries + 320])
    expect(number).toBeGreaterThan(before.seals + 2)
  })

  test('runs each second, and at its end seals what is left', async () => {
    const own = newSealer()
    const before = (await seals()).length
    own.start()
    await enter('while it runs')
    await expect.poll(async () => (await seals()).length, { timeout: 5000 }).toBe(before + 1)
    await enter('at the end')
    await own.stop()
    expect((await seals()).at(-1)?.actions).toEqual(['at the end'])
    await enter('later')
    await sleep(1200)
    expect((await seals()).at(-1)?.actions).toEqual(['at the end'])
    expect(errors).toEqual([])
  })

  test('seals ten thousand entries in well under a second of this processor', async () => {
    await many(2 * mostInSeal)
    const before = process.cpuUsage()
    expect(await sealer.seal()).toBe(2 * mostInSeal)
    const { user, system } = process.cpuUsage(before)
    expect(user + system).toBeLessThan(700_000)
    expect((await seals()).slice(-2).map(({ entries }) => entries)).toEqual([
      mostInSeal,
      mostInSeal,
    ])
    expect((await verify()).findings).toEqual([])
  })
})

describe('after a restore on another server, which counts its own transactions', () => {
  /** As if everything so far had been written on a server with far higher numbers. */
  const moveAway = `
    update app.audit set xid = (xid::text::bigint + 4000000000)::text::xid8;
    truncate app.audit_seal`

  test('what was left is sealed once, and what comes then is sealed as before', async () => {
    await enter('before')
    await db.owner.pool.query(moveAway)
    await sealer.seal()
    const first = await verify()
    expect([first.findings, first.unsealed.count]).toEqual([[], 0])
    const number = (await seals()).length
    expect(await sealer.seal()).toBe(0)
    await enter('here')
    expect(await sealer.seal()).toBe(1)
    expect((await seals()).length).toBe(number + 1)
    expect((await verify()).findings).toEqual([])
  })

  test('where the last seal knew transactions that are still to come here', async () => {
    await enter('before')
    await sealer.seal()
    // The seal as the other server would have made it.
    await db.owner.pool.query(`update app.audit_seal set snapshot = '9000000000:9000000000:'
      where number = (select max(number) from app.audit_seal)`)
    await enter('here')
    expect(await sealer.seal()).toBe(1)
    await enter('and here')
    expect(await sealer.seal()).toBe(1)
    expect((await seals()).slice(-2).map(({ actions }) => actions)).toEqual([
      ['here'],
      ['and here'],
    ])
    // Also when nothing was left over, the move is noted once and then over.
    await db.owner.pool.query(`update app.audit_seal set snapshot = '9000000000:9000000000:'
      where number = (select max(number) from app.audit_seal)`)
    const { length } = await seals()
    expect([await sealer.seal(), await sealer.seal()]).toEqual([0, 0])
    expect((await seals()).length).toBe(length + 1)
  })
})

describe('at the database, as role app', () => {
  const seal = `insert into app.audit_seal (number, at, snapshot, after_id, entries, digests, previous, hash)
    values (1000000, now(), '1:1:', 0, '{}', '', decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex'))`
  /** A connection of role app, as the application has it, without the program between. */
  async function say(who: string, statement: string): Promise<void> {
    const connection = await db.app.pool.connect()
    try {
      await connection.query('begin')
      await connection.query(`select set_config('app.token', $1, true)`, [who])
      await connection.query(statement)
    } finally {
      await connection.query('rollback')
      connection.release()
    }
  }

  test.each(['audit_seal', 'audit'])('nobody changes, deletes or empties %s', async (table) => {
    for (const statement of [
      `update app.${table} set at = now()`,
      `delete from app.${table}`,
      `truncate app.${table}`,
      `alter table app.${table} disable row level security`,
    ])
      for (const who of [token, staff])
        await expect(say(who, statement), statement).rejects.toThrow(
          /permission denied|must be owner/,
        )
  })

  test('only the sealer writes seals', async () => {
    const auditor = await db.sessionFor({ role: 'audit-admin', areaId: '310118' })
    for (const who of [staff, auditor.token, await db.jobToken('match'), 'forged', ''])
      await expect(say(who, seal), who).rejects.toThrow(/row-level security/)
    await say(token, seal)
  })
})
