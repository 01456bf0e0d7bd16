import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/database.ts'
import { runCommand } from '../../test/running-command.ts'
import { commandEnvironment } from '../../test/running-qiao.ts'
import { audit } from '../platform/audit.ts'
import { asActor } from '../platform/db/actor.ts'
import { makeSealer } from '../features/audit/sealer.ts'

let db: TestDatabase
let place: Awaited<ReturnType<typeof commandEnvironment>>
let folder: string
let file: string
beforeAll(async () => {
  db = await createTestDatabase()
  place = await commandEnvironment(db)
  folder = await mkdtemp(join(tmpdir(), 'qiao-audit-'))
  file = join(folder, 'log.jsonl')
  const { token } = await db.sessionFor({ role: 'advisor', areaId: '310118001001' })
  const seal = await db.jobToken('seal')
  const sealer = makeSealer({
    db: db.app,
    programToken: async () => seal,
    onError: (error) => {
      throw error
    },
  })
  for (const action of ['one.done', 'two.done', 'three.done']) {
    await asActor(db.app, token, (tx) => audit(tx, { action, detail: { of: 3.5 } }))
    if (action !== 'three.done') await sealer.seal()
  }
})
afterAll(async () => {
  await place.remove()
  await rm(folder, { recursive: true })
  await db.close()
})

const qiaoAudit = (...args: string[]) => runCommand(['audit', ...args], { env: place.env })
const jsonOf = (out: string) =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('qiao audit', () => {
  test('verify reads the database: nothing wrong, and the last seal is told', async () => {
    const { code, out, err } = await qiaoAudit('verify')
    expect(code).toBe(0)
    const [told] = jsonOf(out)
    expect(told).toMatchObject({ seals: 2, entries: 3, findings: 0, unsealed: { count: 1 } })
    expect(err).toContain(`第 2 号 ${told.head.hash}`)
    expect(err).toMatch(/尚未封签 1 条，最早的一条在 \d+ 秒前/)
  })

  test('export writes a file that verifies without a database, and is noted in the log', async () => {
    const { code, out } = await qiaoAudit('export', file)
    expect(code).toBe(0)
    expect(jsonOf(out)).toMatchObject([{ file, seals: 2, entries: 5, head: { number: 2 } }])
    const { rows } = await db.owner.pool.query(
      `select actor, action, detail from app.audit where actor = 'job:audit' order by id`,
    )
    expect(rows).toMatchObject([
      { action: 'audit.verified', detail: { findings: 0, seals: 2, head: { number: 2 } } },
      { action: 'audit.exported', detail: { to: 'file', head: { number: 2 } } },
    ])
    const offline = await runCommand(['audit', 'verify', file], {
      env: { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' },
    })
    expect(offline.code).toBe(0)
    expect(jsonOf(offline.out)[0]).toMatchObject({ seals: 2, entries: 5, unsealed: { count: 3 } })
  })

  test.each([
    ['a changed word', (text: string) => text.replace('two.done', 'two.none'), 'entry-changed', 1],
    [
      'a changed number in the detail',
      (text: string) => text.replace('3.5', '3.6'),
      'entry-changed',
      1,
    ],
    ['a removed line', (text: string) => text.replace(/.*one\.done.*\n/, ''), 'entry-missing', 1],
    ['a line of something else', (text: string) => `${text}{}\n`, 'line-unreadable', 1],
    [
      'an end cut off, though its heading names the last seal',
      (text: string) => `${text.split('\n').slice(0, 3).join('\n')}\n`,
      'anchor-missing',
      1,
    ],
    ['nothing in it', () => '', 'line-unreadable', 1],
  ])('verify of a file with %s ends with exit code 1', async (_what, change, kind, count) => {
    const changed = join(folder, 'changed.jsonl')
    await writeFile(changed, change(await readFile(file, 'utf8')))
    const { code, out } = await runCommand(['audit', 'verify', changed])
    const told = jsonOf(out)
    expect([code, told.slice(0, -1).map((one) => one.kind)]).toEqual([1, Array(count).fill(kind)])
    expect(told.at(-1).findings).toBe(count)
  })

  test('--anchor asks for a seal noted earlier', async () => {
    const head = jsonOf((await runCommand(['audit', 'verify', file])).out)[0].head.hash
    expect((await qiaoAudit('verify', '--anchor', head.toUpperCase())).code).toBe(0)
    const { code, out } = await qiaoAudit('verify', '--anchor', '0'.repeat(64), '--anchor', head)
    expect([code, jsonOf(out)[0].kind]).toEqual([1, 'anchor-missing'])
  })

  test('a file that is there is not written over, and one that is not there is said to be', async () => {
    for (const args of [
      ['export', file],
      ['verify', join(folder, 'none')],
    ]) {
      const { code, err } = await qiaoAudit(...args)
      expect([code, err]).toEqual([1, expect.stringMatching(/cannot be opened \(E\w+\)/)])
    }
  })

  test('the database itself, tampered with by its owner, ends with exit code 1', async () => {
    await db.owner.pool.query(`update app.audit set action = 'none.done' where action = 'one.done'`)
    const { code, out } = await qiaoAudit('verify')
    expect([code, jsonOf(out)[0]]).toMatchObject([1, { kind: 'entry-changed', seal: 1 }])
    await db.owner.pool.query(`update app.audit set action = 'one.done' where action = 'none.done'`)
    expect((await qiaoAudit('verify')).code).toBe(0)
  })
})
