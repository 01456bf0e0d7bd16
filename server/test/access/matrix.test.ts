import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mayOf, rights } from '../../src/features/staff/access-matrix.ts'
import { form } from '../../src/features/assessments/test-assessment.ts'
import { putHousehold, putRun } from '../../src/features/leads/test-households.ts'
import type { TestRole } from '../database.ts'
import { type Answer, ask, type RunningQiao, runQiao, today } from '../running-qiao.ts'
import { doors } from './http-doors.ts'
import { putThings } from './things-of-household.ts'

/**
 * Every route × every role that the matrix lets through, in its area and out of it: allowed, or answered as if
 * the record were not there. That every other role is refused, http-doors.test.ts asks.
 */

type Line = `GET ${string}`
type Reader = Readonly<{ role: TestRole; areaId: string; token: string; staffId: string }>

const [here, there] = ['310118001001', '310118002001'] as const
const inside = [
  ['advisor', here],
  ['township', here.slice(0, 9)],
  ['district', '310118'],
] as const
const outside = [
  ['advisor', there],
  ['township', there.slice(0, 9)],
] as const
const name = '钱奶奶独一份'
const [mine, foreign, nowhere] = [1, 3, 999_999]

let running: RunningQiao
const readers: Record<'inside' | 'outside', Reader[]> = { inside: [], outside: [] }
beforeAll(async () => {
  running = await runQiao()
  const { db } = running
  const run = await putRun(db.owner)
  for (const [where, people] of [
    ['inside', inside],
    ['outside', outside],
  ] as const)
    for (const [role, areaId] of people)
      readers[where].push({ role, areaId, ...(await db.sessionFor({ role, areaId })) })
  const keeper = readers.inside[1]?.staffId ?? ''
  await db.owner.pool.query(
    `insert into app.duty (staff_id, area_id, kind, valid_from) values ($1, $2, 'advisor-of-area', '2024-01-01')`,
    [readers.inside[0]?.staffId, here],
  )
  for (const [id, area] of [
    [mine, here],
    [foreign, there],
  ] as const) {
    await putHousehold(db.owner, id, area, id === mine ? name : '邻镇的人')
    await putThings(db.owner, { id, area, run: run.id, keeper, cipher: running.cipher })
  }
})
afterAll(() => running.close())

const noSearch = '00000000-0000-4000-8000-000000000001'

const serviceBody = {
  personIds: [],
  day: today,
  begins: null,
  ends: null,
  method: 'visit',
  outcome: 'met',
  services: [],
  programmes: [],
  materials: [],
  flags: [],
  nextDay: null,
  words: { said: '', seen: '', needs: '', done: '', resource: '', next: '' },
}

/** What a write sends; every write of a record in an area stands here. */
const bodies: Readonly<Record<string, object>> = {
  'POST /api/clocks/:id/pause': { because: '等家属回话' },
  'POST /api/clocks/:id/resumption': {},
  'POST /api/households/:id/cases': { cause: 'request', text: '自己来求助' },
  'POST /api/cases/:id/steps': { step: 'plan', version: 1 },
  'POST /api/cases/:id/decisions': { step: 'approve', version: 1 },
  'POST /api/cases/:id/goals': {
    text: '按月服药',
    measure: '连续三个月取药',
    means: 'own',
    owner: 'household',
    dueOn: '2099-01-01',
    version: 1,
  },
  'PUT /api/cases/:id/goals/:goalId': {
    text: '按月服药',
    measure: '连续三个月取药',
    means: 'own',
    owner: 'household',
    dueOn: '2099-01-01',
    version: 1,
  },
  'POST /api/cases/:id/goals/:goalId/outcome': { state: 'done', outcome: '已达到', version: 1 },
  'POST /api/cases/:id/handover': {
    to: '00000000-0000-4000-8000-000000000000',
    text: '调岗',
    version: 1,
  },
  'POST /api/cases/:id/handover/answer': { takes: true, version: 1 },
  'POST /api/households/:id/reliefs': { cause: 'accident', people: 1, happened: '灶台失火' },
  'POST /api/reliefs/:id/visit': { seen: '厨房已烧毁', version: 1 },
  'POST /api/reliefs/:id/grant': { fen: 100, way: 'cash', version: 1 },
  'POST /api/reliefs/:id/refusal': { because: '已由保险先行赔付', version: 1 },
  'POST /api/reliefs/:id/withdrawal': { because: '登记错了', version: 1 },
  'POST /api/reliefs/:id/explanation': { explanation: '现场照片三张', version: 1 },
  'POST /api/reliefs/:id/return': { because: '缺少收据', version: 1 },
  'POST /api/reliefs/:id/closure': { version: 1 },
  'PUT /api/households/:id/facts': {
    fact: 'assets',
    value: 100,
    verifiedOn: today,
    source: '入户',
    version: 1,
  },
  'POST /api/households/:id/words/:wordId/settlement': {
    take: true,
    because: '看过存折',
    version: 1,
  },
  'PUT /api/households/:id/awards': {
    programme: 'dibao',
    state: 'ended',
    from: '2024-01-01',
    source: '民政',
    version: 1,
  },
  'POST /api/households/:id/members': {
    person: { name: '钱二', noNumberBecause: 'lost', searchId: noSearch },
    relation: '20',
    from: today,
    version: 1,
  },
  'POST /api/households/:id/members/:personId/identity': {
    name: '钱二',
    idNumber: '310199197508070011',
    searchId: noSearch,
    version: 1,
  },
  'POST /api/households/:id/members/joining': {
    personId: 1,
    relation: '20',
    from: today,
    source: '居民户口簿',
    version: 1,
  },
  'POST /api/households/:id/members/:personId/leaving': {
    day: today,
    because: 'moved-out',
    source: '居民户口簿',
    version: 1,
  },
  'POST /api/households/:id/members/taking-back': { because: '登记错了', version: 1 },
  'POST /api/households/:id/supporters': {
    personId: 1,
    kind: 'of-parent',
    relation: '20',
    name: '钱三',
    from: today,
    source: '居民户口簿',
  },
  'POST /api/households/:id/supporters/:supporterId/ending': { lastDay: today, because: '已故' },
  'POST /api/households/:id/registered-places': {
    personId: 1,
    area: '310118002',
    from: today,
    verifiedOn: today,
    source: '居民户口簿',
    version: 1,
  },
  'POST /api/households/:id/move': {
    area: '310118001001',
    address: '新址1号',
    source: '居民户口簿',
    version: 1,
  },
  'POST /api/households/:id/split': {
    members: [{ personId: 1, relation: '02' }],
    day: today,
    address: '新址1号',
    source: '居民户口簿',
    version: 1,
  },
  'POST /api/households/:id/authorisations': {
    basis: 'check',
    from: '2025-01-01',
    to: '2099-01-01',
    evidence: '授权书',
  },
  'PUT /api/households/:id/assessment': form(),
  'POST /api/households/:id/assessment/confirmation': { seen: 1 },
  'POST /api/households/:id/assessment/decision': { seen: 1, decision: 'approved' },
  'POST /api/households/:id/assessment/objections': {
    text: '家里情况不是这样',
    toldOn: '2025-05-01',
  },
  'POST /api/households/:id/assessment/objections/:objectionId/reply': {
    reply: '将重新评估',
    upheld: true,
  },
  'POST /api/households/:id/needs/:needId/state': { state: 'met' },
  'POST /api/households/:id/scales': {
    personId: 1,
    instrument: 'phq-9',
    answers: [0, 0, 0, 0, 0, 0, 0, 0, 0],
    prorate: false,
    mode: 'self',
    onDay: today,
    withText: false,
  },
  'POST /api/households/:id/consents': {
    personId: 1,
    purpose: 'means-check',
    noticeId: 1,
    way: 'paper',
    from: '2025-01-01',
    to: '2099-01-01',
    evidence: '授权书',
  },
  'POST /api/households/:id/authorisations/:consentId/withdrawal': {},
  'POST /api/households/:id/objections': { kind: 'push', toldOn: '2025-05-01' },
  'POST /api/households/:id/objections/:consentId/withdrawal': {},
  // In the area it is refused for whom it names, which comes after whether the household is in sight.
  'POST /api/households/:id/restrictions': {
    kind: 'other',
    because: '住址须保密',
    responsible: '00000000-0000-4000-8000-000000000000',
    viewers: [],
  },
  'POST /api/households/:id/restriction/lifting': { because: '已经结束了' },
  'POST /api/duplicates/:id/not-same': { note: '两个人' },
  'POST /api/duplicates/:id/merge': {
    keep: 'first',
    note: '同一个人',
    versions: { kept: 1, merged: 1 },
  },
  'POST /api/duplicates/:id/merge-undoing': { note: '不是同一个人' },
  'POST /api/households/:id/change-requests': {
    reason: '户口簿上不是这个字',
    evidenceKind: 'household-register',
    evidence: '户口簿第 3 页',
    items: [{ personId: 1, field: 'name', after: '钱大' }],
    version: 1,
  },
  // As of a version that it does not have: whose request it is comes after whether it is in sight.
  'POST /api/change-requests/:id/amendment': {
    reason: '户口簿上不是这个字',
    evidenceKind: 'household-register',
    evidence: '户口簿第 3 页',
    items: [{ personId: 1, field: 'name' }],
    version: 9,
  },
  'POST /api/change-requests/:id/rebase': { version: 9 },
  'POST /api/change-requests/:id/withdrawal': { version: 9 },
  'POST /api/change-requests/:id/decision': {
    decision: 'returned',
    because: '看不清',
    version: 9,
  },
  'POST /api/change-requests/:id/approval': { version: 9 },
  'POST /api/households/:id/services': serviceBody,
  'PUT /api/households/:id/services/:serviceId': {
    ...serviceBody,
    version: 1,
    because: '核对后更正',
  },
  'PUT /api/households/:id/visit-tier': { tier: 'low', because: '情况好转', seen: null },
  'POST /api/leads/:id/lines/:lineId/disposition': { disposition: 'told', version: 1 },
  'POST /api/leads/:id/lines/:lineId/undo': {},
  'POST /api/warnings/:id/steps': { kind: 'acknowledge', version: 1 },
  'POST /api/warnings/:id/notes': { text: '已电话联系' },
  'POST /api/warnings/:id/names': { staffId: '00000000-0000-4000-8000-000000000000' },
  'POST /api/leads/:id/notes': { text: '已电话联系' },
}
/** Asked by whoever is appointed for policies, kept it or answers for it: those have tests of their own. */
const elsewhere = [
  'POST /api/feedback/:id/answer',
  'DELETE /api/lab/experiments/:id',
  'POST /api/glass-breaks/:id/review',
]

const lines = Object.keys(doors)
const rightOf = (line: string) => doors[line] ?? ''
const ofOne = lines.filter(
  (line) =>
    line.includes(':id') &&
    Object.values(rights.get(rightOf(line))?.by ?? {}).includes('area') &&
    !elsewhere.includes(line),
)
const lists = lines.filter(
  (line) => line.startsWith('GET ') && !line.includes(':') && rights.has(rightOf(line)),
)

function askFor(line: string, reader: Reader, id: number, turn = 0): Promise<Answer> {
  const consent = id === nowhere ? nowhere : id * 10 + turn
  const address = line
    .replace(':id', String(id))
    .replace(/:(line|person|service|supporter|word|need|objection|goal)Id/, String(id))
    .replace(':consentId', String(consent))
    .replace('/history', '/history?fact=assets')
    .replace(/^(GET .*\/merge)$/, '$1?keep=first')
  const body = bodies[line]
  return ask(running.http, address as Line, { token: reader.token, ...(body ? { body } : {}) })
}

const mayAsk = (line: string) => (reader: Reader) => mayOf(reader.role).includes(rightOf(line))
const withoutId = ({ requestId: _, ...rest }: Record<string, unknown>) => rest

test('every write of a record in an area has something to send', () => {
  expect(ofOne.filter((line) => !line.startsWith('GET ')).toSorted()).toEqual(
    Object.keys(bodies).toSorted(),
  )
})

describe('a record out of the area', () => {
  test.each(ofOne)('%s: as if it were not there', async (line) => {
    for (const reader of readers.outside.filter(mayAsk(line))) {
      const [told, nothing] = [
        await askFor(line, reader, mine),
        await askFor(line, reader, nowhere),
      ]
      expect(told.status, reader.role).toBe(404)
      expect(withoutId(told.body)).toEqual(withoutId(nothing.body))
    }
  })

  test('a line or consent of somebody else is not reached by way of one’s own record', async () => {
    const [advisor] = readers.inside
    if (!advisor) throw new Error('nobody asks')
    const body = bodies['POST /api/leads/:id/lines/:lineId/disposition']
    for (const [line, sent] of [
      [`/api/leads/${mine}/lines/${foreign}/disposition`, body],
      [`/api/leads/${mine}/lines/${foreign}/undo`, {}],
      [`/api/households/${mine}/authorisations/${foreign * 10}/withdrawal`, {}],
      [`/api/households/${mine}/objections/${foreign * 10}/withdrawal`, {}],
    ] as const) {
      const answer = await ask(running.http, `POST ${line}`, { token: advisor.token, body: sent })
      expect(answer.status, line).toBe(404)
    }
  })
})

describe('a record in the area', () => {
  test.each(ofOne)('%s: answered', async (line) => {
    const may = readers.inside.filter(mayAsk(line))
    expect(may.length).toBeGreaterThan(0)
    for (const [turn, reader] of may.entries()) {
      const { status, body } = await askFor(line, reader, mine, turn)
      // Whoever comes second may find it changed; nobody is refused or told that it is not there.
      expect([200, 201, 202, 204, 409, 422], JSON.stringify(body)).toContain(status)
    }
  })
})

describe('a list', () => {
  test.each(lists)('%s tells nothing of a household out of the area', async (line) => {
    for (const reader of readers.outside.filter(mayAsk(line))) {
      const query = line.endsWith('/questions/households') ? '?fact=assets' : ''
      const { statusCode, body } = await running.http.inject({
        url: `${line.slice(4)}${query}`,
        cookies: { qiao_session: reader.token },
      })
      expect(statusCode, `${line} ${reader.role}`).toBeLessThan(400)
      expect(body).not.toContain(name)
      expect(body).not.toContain(`QP-${mine}"`)
    }
  })
})

describe('what is looked for', () => {
  // What was done with the lead above may have put it among any of these.
  const states = ['open', 'snoozed', 'closed'].map((state) => ({ state }))
  test.each([
    ['households', [{}]],
    ['leads', states],
  ] as const)('%s out of the area are not found', async (list, each) => {
    const found = async ({ token }: Reader) => {
      const answers = each.map((more) =>
        ask(running.http, `POST /api/${list}/find`, { token, body: { q: `QP-${mine}`, ...more } }),
      )
      const items = (await Promise.all(answers)).flatMap(({ body }) => body.items)
      return (items as { registerNo: string }[]).map(({ registerNo }) => registerNo)
    }
    for (const reader of readers.inside.filter(mayAsk(`GET /api/${list}`)))
      expect(await found(reader), reader.role).toContain(`QP-${mine}`)
    for (const reader of readers.outside.filter(mayAsk(`GET /api/${list}`)))
      expect(await found(reader), reader.role).toEqual([])
  })
})

describe('many at once', () => {
  const both = [mine, foreign]
  test.each([
    ['POST /api/leads/assign', { leadIds: both, staffId: null }],
    ['POST /api/leads/snooze', { leadIds: both, until: '2025-06-30' }],
    [
      'POST /api/feedback',
      { programme: 'dibao', works: true, because: '一切都很顺利', households: both },
    ],
  ] as const)('%s with one that is not in the area is refused whole', async (line, body) => {
    const state = () =>
      running.db.owner.pool
        .query('select version, snoozed_until, assignee from app.lead order by id')
        .then(({ rows }) => rows)
    const before = await state()
    for (const { token } of readers.inside.filter(({ role }) => role !== 'district')) {
      const answer = await ask(running.http, line, { token, body })
      expect([400, 404, 409, 422], JSON.stringify(answer.body)).toContain(answer.status)
    }
    expect(await state()).toEqual(before)
  })
})
