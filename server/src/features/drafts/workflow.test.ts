import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao, today } from '../../../test/running-qiao.ts'
import { seal } from '../../../test/seal.ts'
import { loadDistrict } from '../../district/load.ts'

let running: RunningQiao
const tokens = new Map<string, string>()
type Line = Parameters<typeof ask>[1]

const asked = (line: string, who: string, body?: unknown) =>
  ask(running.http, line as Line, {
    token: tokens.get(who) ?? '',
    ...(body === undefined ? {} : { body }),
  })

beforeAll(async () => {
  running = await runQiao()
  for (const [who, capability] of [
    ['author', 'policy-author'],
    ['first', 'policy-approver'],
    ['second', 'policy-approver'],
    ['district', null],
  ] as const) {
    const session = await running.db.sessionFor({ role: 'district', areaId: '310118', name: who })
    tokens.set(who, session.token)
    if (capability)
      await running.db.owner.pool.query(
        `insert into app.appointment (staff_id, capability, valid_from) values ($1, $2, '2020-01-01')`,
        [session.staffId, capability],
      )
  }
  await loadDistrict({ owner: running.db.owner, seal }, { residents: 1000, seed: 1, today })
  await ready()
}, 180_000)
afterAll(() => running.close())

async function ready(): Promise<void> {
  for (;;) {
    if ((await asked('GET /api/lab', 'district')).body.state === 'ready') return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

const path = 'programmes/laonian-jintie.yaml'
const draftOf = async (id: number, who = 'author') =>
  (await asked(`GET /api/drafts/${id}`, who)).body
const begin = async (title: string) =>
  (await asked('POST /api/drafts', 'author', { title, note: '' })).body.id as number
const fileOf = async (id: number, file = path) =>
  (await asked(`GET /api/drafts/${id}/file?path=${encodeURIComponent(file)}`, 'author')).body
    .text as string

/** Saves a change of one file and returns the answer. */
async function save(id: number, change: (text: string) => string, given: object = {}, file = path) {
  const { revision, title, note, from } = await draftOf(id)
  const files = { [file]: change(await fileOf(id, file)) }
  return asked(`PUT /api/drafts/${id}`, 'author', {
    revision,
    title,
    note,
    from,
    files,
    cases: {},
    ...given,
  })
}
const step = async (id: number, who: string, name: string, text = '') =>
  asked(`POST /api/drafts/${id}/steps`, who, {
    revision: (await draftOf(id)).revision,
    step: name,
    text,
  })
const impact = async (id: number, who = 'author') => {
  // The district is read anew once something else is in force.
  await ready()
  return asked(`POST /api/drafts/${id}/impact`, who, { revision: (await draftOf(id)).revision })
}

/** A new figure of the old-age allowance from a day on. */
const raise = (from: string, value: number) => (text: string) =>
  text.replace(
    /(id: old_age_65,.*\})(\]\})$/m,
    `$1, {from: ${from}, value: ${value}, document: 文件, note: 试}$2`,
  )
const inForce = async () => (await asked('GET /api/policies', 'district')).body.pack.version

/** A submission tries every case of the pack, on a machine that others use, too. */
const patience = { timeout: 180_000 }

describe('a change of a figure', patience, () => {
  let id: number

  test('is written as a draft, which changes nothing that is in force', async () => {
    const before = await inForce()
    id = await begin('老年津贴提到80元')
    expect((await save(id, raise(today, 80))).status).toBe(200)
    const draft = await draftOf(id)
    expect(draft.files.filter(({ changed }: { changed: boolean }) => changed)).toMatchObject([
      { path, name: '老年综合津贴' },
    ])
    expect(draft).toMatchObject({ state: 'draft', revision: 2, mine: true, version: `${before}+1` })
    expect(await inForce()).toBe(before)
  })

  test('is refused where somebody saved meanwhile', async () => {
    expect((await save(id, (text) => text, { revision: 1 })).body.code).toBe('draft-changed')
  })

  test('that does not read is told with file, line and column, and cannot be submitted', async () => {
    const broken = (text: string) => text.replace('expr: 年龄 >= 65', 'expr: 年令 >= 65')
    const check = await asked(`POST /api/drafts/${id}/check`, 'author', {
      files: { [path]: broken(await fileOf(id)) },
      cases: {},
      programmes: ['laonian-jintie'],
    })
    expect(check.body.problems).toMatchObject([{ file: path, line: 41, column: 15 }])
    await save(id, broken)
    const refused = await step(id, 'author', 'submit')
    expect(refused.body).toMatchObject({ code: 'draft-unsound', status: 422 })
    expect(refused.body.errors[0].path).toBe(`${path}:41:15`)
    await save(id, (text) => text.replace('年令 >= 65', '年龄 >= 65'))
  })

  test('shows which cases no longer hold, with what the rule says instead', async () => {
    const other = (text: string) => text.replace('expr: 年龄 >= 65', 'expr: 年龄 >= 66')
    const check = await asked(`POST /api/drafts/${id}/check`, 'author', {
      files: { [path]: other(await fileOf(id)) },
      cases: {},
      programmes: ['laonian-jintie'],
    })
    const failing = check.body.cases.filter(
      (one: { differences: string[] }) => one.differences.length,
    )
    expect(failing.map((one: { case: string }) => one.case)).toContain('满65周岁当天符合，每月75元')
  })

  test('is submitted by its author, and approved by somebody else once its impact is known', async () => {
    expect((await step(id, 'author', 'submit')).status).toBe(200)
    expect((await save(id, (text) => `${text}# 再改\n`)).body.code).toBe('step-not-open')
    expect((await step(id, 'first', 'approve')).body.code).toBe('impact-missing')
    expect((await impact(id)).body).toEqual({ secondApprover: false })
    const { impact: kept } = await draftOf(id)
    expect(kept.effect.total.gains).toBeGreaterThan(20)
    expect(kept.effect.total.loses).toBe(0)
    expect(kept.effect.townships.length).toBeGreaterThan(1)
    expect(kept.effect.cost.after.monthFen).toBeGreaterThan(kept.effect.cost.before.monthFen)
    expect((await step(id, 'author', 'approve')).body.code).toBe('author-cannot-approve')
    expect((await step(id, 'first', 'approve')).status).toBe(200)
    expect((await draftOf(id)).state).toBe('approved')
  })

  test('is published by somebody else, in force at once, with everybody matched again', async () => {
    expect((await step(id, 'author', 'publish')).body.code).toBe('author-cannot-approve')
    expect((await step(id, 'first', 'publish')).status).toBe(200)
    const draft = await draftOf(id)
    expect(draft.state).toBe('published')
    expect(await inForce()).toBe(draft.version)
    const { rows } = await running.db.owner.pool.query(
      `select data->>'hash' = (select hash from app.pack order by id desc limit 1) as same
       from jobs.job where name = 'policies.published'`,
    )
    expect(rows).toEqual([{ same: true }])
    const policy = (await asked('GET /api/policies/laonian-jintie', 'district')).body
    const rowsOf = policy.parameters.find(
      ({ id: one }: { id: string }) => one === 'old_age_65',
    ).rows
    expect(rowsOf.at(-1)).toMatchObject({ from: today, value: 80, document: '文件' })
  })

  test('stands in its history, every step with who took it', async () => {
    const { events } = await draftOf(id)
    expect(events.map(({ kind, by }: { kind: string; by: string }) => `${by} ${kind}`)).toEqual([
      'author begun',
      'author saved',
      'author saved',
      'author saved',
      'author submitted',
      'author tried',
      'first approved',
      'first published',
    ])
  })
})

describe('a change by which many lose', patience, () => {
  test('is approved by two different people', async () => {
    await ready()
    const id = await begin('低保标准减半')
    await save(
      id,
      (text) => text.replace(/(from: 2024-07-01, value: )1595/, '$1400'),
      {},
      'programmes/dibao.yaml',
    )
    // Its cases no longer hold, so that it would not be submitted; the rule on approvals is another.
    await running.db.owner.pool.query(
      `update app.policy_draft set state = 'in-review' where id = $1`,
      [id],
    )
    expect((await impact(id, 'first')).body).toEqual({ secondApprover: true })
    expect((await step(id, 'first', 'approve')).status).toBe(200)
    expect((await draftOf(id)).state).toBe('in-review')
    expect((await step(id, 'first', 'approve')).body.code).toBe('already-approved')
    expect((await step(id, 'first', 'publish')).body.code).toBe('step-not-open')
    expect((await step(id, 'second', 'approve')).status).toBe(200)
    expect((await draftOf(id)).state).toBe('approved')
    expect((await step(id, 'second', 'return', '影响太大')).status).toBe(200)
    expect((await draftOf(id)).events.at(-1)).toMatchObject({ kind: 'returned', text: '影响太大' })
  })
})

describe('a draft whose base was superseded', patience, () => {
  test('is merged with what was published, which it keeps', async () => {
    const [id, other] = [await begin('提到85元'), await begin('另一份')]
    await save(id, raise('2025-07-01', 85))
    await save(other, (text) => text.replace('notes: 起始日', 'notes: 改过。起始日'))
    await step(other, 'author', 'submit')
    await impact(other)
    await step(other, 'first', 'approve')
    expect((await step(other, 'first', 'publish')).status).toBe(200)
    expect((await draftOf(id)).baseMoved).toBe(true)
    expect((await step(id, 'author', 'submit')).body.code).toBe('base-moved')
    const moved = (await asked(`GET /api/drafts/${id}/rebase`, 'author')).body.files
    expect(moved.find((one: { path: string }) => one.path === path)).toMatchObject({
      fate: 'merged',
    })
    const { revision } = await draftOf(id)
    const merged = await asked(`POST /api/drafts/${id}/rebase`, 'author', { revision, choices: {} })
    expect(merged.status).toBe(200)
    expect(await fileOf(id)).toContain('改过。起始日')
    expect(await fileOf(id)).toContain('value: 85')
    expect((await draftOf(id)).baseMoved).toBe(false)
  })

  test('that begins later is in force from its day on, its impact being that of its day', async () => {
    await ready()
    const id = await begin('下月提到90元')
    await save(id, raise('2025-07-01', 90), { from: '2025-07-01' })
    await step(id, 'author', 'submit')
    expect((await impact(id)).body).toEqual({ secondApprover: false })
    expect((await draftOf(id)).impact.effect.total.gains).toBeGreaterThan(20)
    await step(id, 'first', 'approve')
    const before = await inForce()
    expect((await step(id, 'first', 'publish')).status).toBe(200)
    expect(await inForce()).toBe(before)
    const early = await begin('太早')
    expect((await save(early, raise('2025-08-01', 95), { from: '2025-06-15' })).body).toMatchObject(
      {
        code: 'start-refused',
        errors: [{ path: '/body/from' }],
      },
    )
  })
})

describe('drafts are closed', () => {
  test('to staff of the district without an appointment', async () => {
    for (const line of ['GET /api/drafts', 'GET /api/drafts/1', 'POST /api/drafts'] as const)
      expect((await asked(line, 'district')).body.code).toBe('forbidden')
  })

  test('for facts, which come with a release of the program', async () => {
    const id = await begin('改事实')
    const refused = await save(id, (text) => `${text}# 改\n`, {}, 'facts.yaml')
    expect(refused.body.code).toBe('draft-file-refused')
  })
})
