import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { asActor, asOwner } from '../../platform/db/actor.ts'
import { type Database, openDatabase } from '../../platform/db/database.ts'
import { audit } from '../../platform/audit.ts'
import { type Line, lineOf, readLine } from './log-file.ts'
import { readLog } from './log.ts'
import { makeSealer, type Sealer } from './sealer.ts'
import { type Finding, makeVerifier } from './verify.ts'

/**
 * A log of ten entries in three seals and two not sealed yet, which a superuser tampers with: the
 * seals hold 1 2 3, 4 5 6 7 and 8 9 10.
 */
let db: TestDatabase
let superuser: Database
let sealer: Sealer
beforeAll(async () => {
  db = await createTestDatabase()
  const url = new URL(db.server.superuserUrl)
  url.pathname = `/${db.name}`
  superuser = openDatabase(url.toString(), 2)
  const token = await db.jobToken('seal')
  sealer = makeSealer({
    db: db.app,
    programToken: async () => token,
    onError: (error) => {
      throw error
    },
  })
  const staff = await db.sessionFor({ role: 'advisor', areaId: '310118001001' })
  for (const many of [3, 4, 3, 2]) {
    for (let done = 0; done < many; done++) await enter(staff.token)
    if (many !== 2) expect(await sealer.seal()).toBe(many)
  }
})
afterAll(async () => {
  await superuser.close()
  await db.close()
})

function enter(token: string): Promise<void> {
  return asActor(db.app, token, (tx) =>
    audit(tx, {
      action: 'household.read',
      subject: 'household:42',
      householdId: 42,
      areaId: '310118001001',
      reason: '走访 "一"\n二',
      detail: { b: 0.1, a: [1e21, -5, { z: null, é: '桥' }] },
    }),
  )
}

async function verified(lines: AsyncIterable<Line> | Iterable<Line>, anchors: string[] = []) {
  const findings: Finding[] = []
  const verifier = makeVerifier((finding) => findings.push(finding), anchors)
  for await (const line of lines)
    if ('entry' in line) verifier.entry(line.entry)
    else verifier.seal(line.seal)
  return { ...verifier.end(), findings }
}

const takenBack = new Error('taken back')

/** What is found once `statements` were run, in the database and in a file exported of it. */
async function foundAfter(statements: string, anchors: string[] = []) {
  const lines: Line[] = []
  await asOwner(superuser, async (tx, connection) => {
    await connection.query(statements)
    for await (const line of readLog(tx)) lines.push(line)
    throw takenBack
  }).catch((error: unknown) => {
    if (error !== takenBack) throw error
  })
  const result = await verified(lines, anchors)
  const file = lines.map(lineOf).map((text) => readLine(text) as Line)
  expect(await verified(file, anchors)).toEqual(result)
  return result
}

const short = ({ kind, seal, entry }: Finding) =>
  [
    kind,
    ...(seal === undefined ? [] : [`seal ${seal}`]),
    ...(entry === undefined ? [] : [`entry ${entry}`]),
  ].join(' ')

test('an untouched log verifies, with its last seal and what is not sealed yet', async () => {
  const { findings, ...counts } = await foundAfter('select')
  expect(findings).toEqual([])
  expect(counts).toMatchObject({
    entries: 12,
    seals: 3,
    head: { number: 3 },
    unsealed: { count: 2 },
  })
  const oldest = (counts.unsealed.oldest ?? 0) / 1000
  expect(Math.abs(Date.now() - oldest)).toBeLessThan(60_000)
})

describe('somebody with every right', () => {
  test.each([
    [
      'changes a word',
      `update app.audit set reason = '无' where id = 5`,
      ['entry-changed seal 2 entry 5'],
    ],
    [
      'changes who it was',
      `update app.audit set actor = 'job:match' where id = 1`,
      ['entry-changed seal 1 entry 1'],
    ],
    [
      'moves it by a microsecond',
      `update app.audit set at = at + interval '1 microsecond' where id = 2`,
      ['entry-changed seal 1 entry 2'],
    ],
    [
      'changes a number inside the JSON beyond what a double holds',
      `update app.audit set detail = jsonb_set(detail, '{b}', '0.1000000000000000000001') where id = 3`,
      ['entry-changed seal 1 entry 3'],
    ],
    [
      'adds a field that was shown',
      `update app.audit set fields = '{members}' where id = 3`,
      ['entry-changed seal 1 entry 3'],
    ],
    [
      'removes one in the middle',
      'delete from app.audit where id = 5',
      ['entry-missing seal 2 entry 5'],
    ],
    [
      'removes the last that is sealed',
      'delete from app.audit where id = 10',
      ['entry-missing seal 3 entry 10'],
    ],
    [
      'swaps two',
      `alter table app.audit alter id drop identity;
       update app.audit set id = -id where id in (5, 6);
       update app.audit set id = case id when -5 then 6 else 5 end where id < 0`,
      ['entry-changed seal 2 entry 5', 'entry-changed seal 2 entry 6'],
    ],
    [
      'slips one in among the sealed',
      `insert into app.audit (id, actor, action, xid) overriding system value
       select 100, 'job:match', 'none.done', xid from app.audit where id = 2`,
      ['entry-added entry 100'],
    ],
    [
      'changes when a seal was made',
      `update app.audit_seal set at = at - interval '1 day' where number = 2`,
      ['seal-changed seal 2'],
    ],
    [
      'gives a seal another hash',
      `update app.audit_seal set hash = previous where number = 2`,
      ['seal-changed seal 2', 'seal-changed seal 3'],
    ],
    [
      'names the entries of a seal in another order',
      `update app.audit_seal set entries = '{4,6,5,7}' where number = 2`,
      ['seal-changed seal 2', 'entry-changed seal 2 entry 6', 'entry-changed seal 2 entry 5'],
    ],
    [
      'takes an entry out of a seal and the log',
      `delete from app.audit where id = 7;
       update app.audit_seal set entries = '{4,5,6}', digests = substring(digests for 96) where number = 2`,
      ['seal-changed seal 2'],
    ],
    [
      'removes a seal',
      'delete from app.audit_seal where number = 2',
      ['seal-missing seal 2', ...[4, 5, 6, 7].map((id) => `entry-added entry ${id}`)],
    ],
    [
      'removes a seal with its entries',
      'delete from app.audit_seal where number = 2; delete from app.audit where id between 4 and 7',
      ['seal-missing seal 2'],
    ],
    [
      'removes the first seal with its entries',
      'delete from app.audit_seal where number = 1; delete from app.audit where id < 4',
      ['seal-missing seal 1'],
    ],
  ])('%s: found, and said of which', async (_what, statements, expected) => {
    const { findings } = await foundAfter(statements)
    expect(findings.map(short)).toEqual(expected)
    for (const { says } of findings) expect(says).toMatch(/^(Entry|Seal) \d+ .*\.$/)
  })

  test('cuts off the last seal with its entries: found only by the hash of a seal noted before', async () => {
    const { head } = await foundAfter('select')
    const cut = `delete from app.audit where id in (8, 9, 10, 11, 12); delete from app.audit_seal where number = 3`
    expect((await foundAfter(cut)).findings).toEqual([])
    const noted = [head?.hash ?? '']
    expect((await foundAfter(cut, noted)).findings.map(short)).toEqual(['anchor-missing'])
    expect((await foundAfter('select', noted)).findings).toEqual([])
  })

  test('removes the last seal alone: its entries count as not sealed, and its hash is missed', async () => {
    const { head } = await foundAfter('select')
    const removal = 'delete from app.audit_seal where number = 3'
    const { findings, unsealed } = await foundAfter(removal, [head?.hash ?? ''])
    expect([findings.map(short), unsealed.count]).toEqual([['anchor-missing'], 5])
  })
})

describe('a file of the log', () => {
  async function exported(): Promise<Line[]> {
    return asOwner(superuser, async (tx) => {
      const lines: Line[] = []
      for await (const line of readLog(tx)) lines.push(line)
      return lines
    })
  }

  test('with an entry told twice, or a seal before its turn, is found out', async () => {
    const lines = await exported()
    const twice = await verified([lines[0] as Line, ...lines])
    expect(twice.findings.map(short)).toEqual(['entry-twice entry 1'])
    const seals = lines.filter((line) => 'seal' in line)
    const rest = lines.filter((line) => 'entry' in line)
    const turned = await verified([...rest, ...seals.toReversed()])
    expect(turned.findings.map(short)).toEqual([
      'seal-missing seal 1',
      'seal-missing seal 2',
      'seal-out-of-order seal 2',
      'seal-out-of-order seal 1',
    ])
  })

  test('says of a line that is none', () => {
    for (const text of ['', '{', '{"entry":{"id":1}}', '{"seal":{"number":1}}', '[]'])
      expect(readLine(text)).toBeUndefined()
  })
})
