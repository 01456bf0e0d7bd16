import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, type RunningQiao, runQiao, today } from '../../../test/running-qiao.ts'
import { asActor } from '../../platform/db/actor.ts'
import { sessionCookie } from '../../platform/http/caller.ts'

/** The day is 2025-06-01, a Sunday; Monday is the last day of the Dragon Boat festival. */

let running: RunningQiao
const tokens = new Map<string, string>()
const as = (who: string) => tokens.get(who) ?? ''
const get = (path: string, who = 'steward') => ask(running.http, `GET ${path}`, { token: as(who) })
const post = (path: string, body: object, who = 'steward') =>
  ask(running.http, `POST ${path}`, { token: as(who), body })

const content = {
  data: '养老金发放信息',
  sharing: 'unconditional',
  legalBasis: '政务数据共享条例',
  scenario: '低保复核比对收入',
  scope: '本区在册低保家庭成员，养老金月发放额',
  method: 'table',
  useFrom: '2025-05-01',
  useTo: '2025-12-31',
  flowsBack: false,
}
const drafted = async (more: object = {}) =>
  (await post('/api/sharing', { source: 'renshe', ...content, ...more })).body
type Took = { kind: string; onDay: string; text?: string }
async function step(id: number, { kind, onDay, text }: Took, seen?: number) {
  const { steps } = (await get(`/api/sharing/${id}`)).body
  return post(`/api/sharing/${id}/steps`, {
    kind,
    onDay,
    text: text ?? null,
    seen: seen ?? steps.length,
  })
}
async function through(id: number, ...taken: Took[]) {
  for (const one of taken) expect((await step(id, one)).status, one.kind).toBe(200)
}
const inUse: Took[] = [
  { kind: 'sent', onDay: '2025-05-06' },
  { kind: 'accepted', onDay: '2025-05-07' },
  { kind: 'delivered', onDay: '2025-05-09' },
]

beforeAll(async () => {
  running = await runQiao()
  for (const [who, role, areaId] of [
    ['steward', 'district', '310118'],
    ['former', 'district', '310118'],
    ['district', 'district', '310118'],
    ['lentOut', 'district', '310118001'],
    ['advisor', 'advisor', '310118001001'],
    ['administrator', 'system-admin', '310118'],
  ] as const) {
    const session = await running.db.sessionFor({ role, areaId, name: who })
    tokens.set(who, session.token)
    if (!['steward', 'former', 'lentOut'].includes(who)) continue
    await running.db.owner.pool.query(
      `insert into app.appointment (staff_id, capability, valid_from, valid_to)
       values ($1, 'data-steward', '2020-01-01', $2)`,
      [session.staffId, who === 'former' ? '2021-01-01' : null],
    )
  }
}, 120_000)
afterAll(() => running.close())

describe('a data steward', () => {
  test('drafts a request, sends it, and sees it overdue once the working day is over', async () => {
    const { id, state, next, mayChange } = await drafted()
    expect([state, next, mayChange]).toEqual(['draft', ['sent', 'withdrawn'], true])
    const { body } = await step(id, { kind: 'sent', onDay: '2025-05-29', text: '沪青民函 12 号' })
    expect(body).toMatchObject({
      state: 'sent',
      overdue: true,
      deadline: { what: 'answer', due: '2025-05-30', certain: true },
      steps: [{ kind: 'sent', text: '沪青民函 12 号', recordedBy: 'steward' }],
    })
    const { items, counts } = (await get('/api/sharing')).body
    expect([items[0].id, counts]).toEqual([id, { overdue: 1, toDestroy: 0, open: 1 }])
    await through(id, { kind: 'withdrawn', onDay: '2025-06-01', text: '不再需要' })
  })

  test('finds the limit moved when the administrator makes a Saturday a working day', async () => {
    const { id } = await drafted()
    await through(id, { kind: 'sent', onDay: '2025-05-30' })
    const due = async () => (await get(`/api/sharing/${id}`)).body.deadline.due
    expect(await due()).toBe('2025-06-03')
    const { version } = (await get('/api/workdays', 'administrator')).body
    const { status } = await ask(running.http, 'PUT /api/workdays/2025/days', {
      token: as('administrator'),
      body: {
        from: '2025-05-31',
        to: '2025-05-31',
        kind: 'make-up',
        name: '调休',
        because: '市里通知',
        seen: version,
      },
    })
    expect([status, await due()]).toEqual([200, '2025-05-31'])
    await ask(running.http, 'PUT /api/workdays/2025/days', {
      token: as('administrator'),
      body: {
        from: '2025-05-31',
        to: '2025-05-31',
        kind: 'holiday',
        name: '端午',
        because: '通知撤回',
        seen: version + 1,
      },
    })
    expect(await due()).toBe('2025-06-03')
    await through(id, { kind: 'withdrawn', onDay: '2025-06-01', text: '不再需要' })
  })

  test('records once what is missing, states it, and is refused a second time', async () => {
    const { id } = await drafted({ sharing: 'conditional' })
    await through(
      id,
      { kind: 'sent', onDay: '2025-05-06' },
      { kind: 'missing-told', onDay: '2025-05-08', text: '缺少使用范围的人数' },
    )
    const { contentId } = (await get(`/api/sharing/${id}`)).body
    const changed = await ask(running.http, `PUT /api/sharing/${id}`, {
      token: as('steward'),
      body: {
        ...content,
        sharing: 'conditional',
        scope: '本区在册低保家庭成员 3100 人',
        seen: contentId,
      },
    })
    expect(changed.body.contents.map(({ scope }: { scope: string }) => scope)).toEqual([
      '本区在册低保家庭成员 3100 人',
      content.scope,
    ])
    await through(id, { kind: 'supplemented', onDay: '2025-05-12', text: '已补人数' })
    const again = await step(id, { kind: 'missing-told', onDay: '2025-05-13', text: '还缺一份' })
    expect([again.status, again.body.code]).toEqual([409, 'sharing-told-before'])
    const { body } = await step(id, { kind: 'extended', onDay: '2025-05-26', text: '须报主管部门' })
    expect(body.deadline).toMatchObject({ due: '2025-06-10', overdue: false })
    const refused = await step(id, { kind: 'refused', onDay: '2025-06-01' })
    expect([refused.body.code, refused.body.errors[0].path]).toEqual([
      'sharing-refused',
      '/body/text',
    ])
    await through(id, { kind: 'refused', onDay: '2025-06-01', text: '不在共享目录内' })
  })

  test('changes no purpose or scope of a request that was sent', async () => {
    const { id, contentId } = await drafted()
    await through(id, { kind: 'sent', onDay: '2025-06-01' })
    const body = { ...content, scope: '全体居民', seen: contentId }
    const answer = await ask(running.http, `PUT /api/sharing/${id}`, { token: as('steward'), body })
    expect(answer.body.code).toBe('sharing-stands')
    const call = sql`select app.state_sharing(${id}, ${JSON.stringify(content)}::jsonb, ${contentId})`
    await expect(asActor(running.db.app, as('steward'), (tx) => call.execute(tx))).rejects.toThrow(
      /stands/,
    )
  })

  test('logs uses, has errors corrected in ten working days, and is told what to destroy', async () => {
    const { id } = await drafted({ useTo: '2025-05-31' })
    const early = await post(`/api/sharing/${id}/corrections`, {
      onDay: '2025-05-09',
      text: '月份有误',
    })
    expect(early.body.code).toBe('sharing-not-next')
    await through(id, ...inUse)
    const use = {
      onDay: '2025-05-12',
      scene: '低保复核',
      process: '与申报收入比对',
      effect: '核出差异 12 户',
      storage: '区政务云',
      destruction: null,
    }
    const before = await post(`/api/sharing/${id}/uses`, { ...use, onDay: '2025-05-08' })
    expect(before.body.errors[0].path).toBe('/body/onDay')
    expect((await post(`/api/sharing/${id}/uses`, use)).body.uses).toMatchObject([
      { ...use, recordedBy: 'steward' },
    ])
    const asked = await post(`/api/sharing/${id}/corrections`, {
      onDay: '2025-05-12',
      text: '四月数据重复',
    })
    const [correction] = asked.body.corrections
    expect(correction.deadline).toMatchObject({ due: '2025-05-26', overdue: true })
    const page = (await get(`/api/sharing/${id}`)).body
    expect(page).toMatchObject({
      state: 'ended',
      since: '2025-05-31',
      overdue: true,
      next: ['destroyed'],
    })
    const { items, counts } = (await get('/api/sharing?state=ended')).body
    expect([items.length, counts.toDestroy]).toEqual([1, 1])
    const path = `/api/sharing/${id}/corrections/${correction.id}/answer`
    const reply = { onDay: '2025-05-30', text: '已重发四月数据', corrected: true }
    expect((await post(path, reply)).body.corrections[0].answer).toMatchObject({ corrected: true })
    expect((await post(path, reply)).body.code).toBe('correction-answered')
    await through(id, { kind: 'destroyed', onDay: '2025-06-01', text: '专网库表已清除，双人在场' })
    expect((await get(`/api/sharing/${id}`)).body).toMatchObject({
      state: 'destroyed',
      overdue: false,
      deadline: null,
    })
  })

  test('is told when somebody else was quicker, and that nobody’s number belongs here', async () => {
    const { id } = await drafted()
    expect((await step(id, { kind: 'sent', onDay: '2025-06-01' }, 3)).body.code).toBe(
      'sharing-changed',
    )
    const named = await post('/api/sharing', {
      source: 'renshe',
      ...content,
      scope: '31011819500101001X',
    })
    expect([named.status, named.body.errors[0].path]).toEqual([422, '/body/scope'])
    const late = await post('/api/sharing', { source: 'renshe', ...content, useTo: '2025-04-01' })
    expect(late.body.code).toBe('sharing-refused')
    expect((await post('/api/sharing', { source: 'nowhere', ...content })).status).toBe(404)
    expect((await get('/api/sharing/999')).body.code).toBe('no-such-sharing')
  })

  test('takes a step once where two take it at the same moment', async () => {
    const { id } = await drafted()
    const both = await Promise.all([0, 1].map(() => step(id, { kind: 'sent', onDay: today }, 0)))
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    expect((await get(`/api/sharing/${id}`)).body.steps).toHaveLength(1)
  })

  test('asks nothing of a source whose data is withheld', async () => {
    const terms = {
      owner: null,
      legalBasis: null,
      cadence: null,
      contact: null,
      method: null,
      grade: 'core',
    }
    await ask(running.http, 'PUT /api/sources/gongan', {
      token: as('steward'),
      body: { ...terms, sharing: 'withheld', because: '目录公布', seen: null },
    })
    const answer = await post('/api/sharing', { source: 'gongan', ...content })
    expect(answer.body.code).toBe('sharing-withheld')
  })

  test('takes the ledger as a sheet, filtered as the list is', async () => {
    const { body, headers } = await running.http.inject({
      url: '/api/sharing.csv?source=renshe&state=destroyed',
      cookies: { [sessionCookie]: as('steward') },
    })
    expect(headers['content-disposition']).toBe('attachment; filename="sharing.csv"')
    const [heading, row, ...rest] = body.split('\r\n')
    expect(heading).toMatch(/^\uFEFF编号,来源部门,所需数据/)
    expect(row).toMatch(/^\d+,人社,养老金发放信息,无条件共享,.*,已销毁,2025-06-01,/)
    expect(rest).toEqual([''])
  })
})

test.each(['former', 'district', 'lentOut', 'advisor', 'administrator'])(
  'nobody else opens the ledger or writes in it: %s',
  async (who) => {
    expect((await get('/api/sharing', who)).status).toBe(403)
    expect((await get('/api/sharing/1', who)).status).toBe(403)
    expect((await post('/api/sharing', { source: 'renshe', ...content }, who)).status).toBe(403)
    const call = sql`select app.state_sharing(1, ${JSON.stringify(content)}::jsonb, 1)`
    await expect(asActor(running.db.app, as(who), (tx) => call.execute(tx))).rejects.toThrow(
      /not for/,
    )
  },
)

test('the database itself keeps a second telling out, and every step as it was recorded', async () => {
  const { rows } = await running.db.owner.pool.query<{ id: number; n: number }>(
    `select request_id as id, max(number) as n from app.sharing_step
     where request_id in (select request_id from app.sharing_step where kind = 'missing-told') group by 1`,
  )
  const [told] = rows
  const again = sql`insert into app.sharing_step (request_id, number, kind, on_day, text)
    values (${told?.id}, ${(told?.n ?? 0) + 1}, 'missing-told', '2025-06-01', '还缺')`
  await expect(asActor(running.db.app, as('steward'), (tx) => again.execute(tx))).rejects.toThrow(
    /unique/,
  )
  for (const change of [
    `update app.sharing_step set on_day = '2025-01-01'`,
    'delete from app.sharing_use',
  ])
    await expect(running.db.owner.pool.query(change)).rejects.toThrow()
})
