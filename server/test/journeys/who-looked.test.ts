import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { putHousehold, putRoll, xiayang } from '../../src/features/leads/test-households.ts'
import { recordVisit } from '../../src/features/services/test-visits.ts'
import { writeAllCurrent } from '../../src/features/households/wide.ts'
import { asOwner } from '../../src/platform/db/actor.ts'
import { csrfToken, sessionCookie } from '../../src/platform/http/caller.ts'
import { ask, type RunningQiao, runQiao, today } from '../running-qiao.ts'
import { putWork } from './put-work.ts'

/** Every address that says something of a person leaves an entry in the log; this is the list of all. */

const name = '钱奶奶独一份'
const household = 4711
const programme = 'laonian-jintie'
let running: RunningQiao
let advisor: string
let lead: number
let clock: number
let asked: string
let taken: number
let served: number
let relieved: number
let opened: number
let warning: number
beforeAll(async () => {
  running = await runQiao()
  const { db } = running
  await putHousehold(db.owner, household, xiayang, name)
  await putRoll(db.owner, programme, '310118')
  const person = await db.sessionFor({ role: 'advisor', areaId: xiayang })
  advisor = person.token
  await db.owner.pool.query(
    `insert into app.duty (staff_id, area_id, kind, valid_from, recorded_by)
     values ($1, $2, 'advisor-of-area', '2020-01-01', 'test')`,
    [person.staffId, xiayang],
  )
  await asOwner(db.owner, (tx) => writeAllCurrent(tx, today))
  let version = 1
  for (const [fact, value] of [
    ['birth_date', '1950-03-01'],
    ['hukou', '1'],
  ]) {
    const answer = await ask(running.http, `PUT /api/households/${household}/facts`, {
      token: advisor,
      body: { fact, value, personId: household, verifiedOn: today, source: '入户走访', version },
    })
    version = answer.body.version
  }
  const leads = async () =>
    (await ask(running.http, 'GET /api/leads', { token: advisor })).body.items as { id: number }[]
  await vi.waitFor(async () => expect(await leads()).toHaveLength(1), 15_000)
  lead = (await leads())[0]?.id ?? 0
  const clocks = await db.owner.pool.query<{ id: number }>('select id from app.clock')
  clock = clocks.rows[0]?.id ?? 0
  await db.owner.pool.query(
    `insert into app.clock_event (clock_id, household_id, kind, at, by, mark, to_staff)
     values ($1, $2, 'reminded', now(), 'job:clocks', 50, $3)`,
    [clock, household, person.staffId],
  )
  // A change that is still worked off would close the near line below.
  await vi.waitFor(async () => {
    const { rows } = await db.owner.pool.query(
      `select id from jobs.job where name = 'household.changed' and state in ('created', 'retry', 'active')`,
    )
    expect(rows).toEqual([])
  }, 15_000)
  const question = await db.owner.pool.query<{ fact: string }>(
    'select fact from app.question order by place limit 1',
  )
  asked = question.rows[0]?.fact ?? 'none'
  await ask(running.http, `POST /api/households/${household}/change-requests`, {
    token: advisor,
    body: {
      reason: '换了号码',
      evidenceKind: 'visit',
      evidence: '入户时本人告知',
      items: [{ personId: household, field: 'phone', after: '13900000000' }],
      version,
    },
  })
  await db.owner.pool.query(
    `insert into app.policy_feedback (area_id, programme, works, because, by)
       values ('${xiayang}', '${programme}', false, '要交的材料太多', '${person.staffId}');
     insert into app.delivery (source, file_name, bytes, on_day, received_by)
       values ('renshe', '一.csv', 1, '2025-05-01', '${person.staffId}');
     insert into app.correction (source, delivery_id, household_id, person_id, fact, sensitivity, their_value, their_day,
       our_value, our_day, evidence, found_by)
       values ('renshe', 1, ${household}, ${household}, 'pension', 'plain', '1', '2025-05-01', '2', '2025-05-02', '存折',
         '${person.staffId}');
     insert into app.policy_feedback_household (feedback_id, household_id, area_id)
       values (1, ${household}, '${xiayang}');
     insert into app.near_line (id, household_id, area_id, programme, label, unit, value_fen, line_fen, gap_fen, permille, exact, since, sensitivity, run_id)
       select 9, ${household}, '${xiayang}', 'dibao', '收入', '元', 105, 100, 5, 50, true, '2025-06-01', 'plain', max(id) from app.match_run;`,
  )
  const said = await ask(running.http, 'POST /api/warnings', {
    token: advisor,
    body: {
      householdId: household,
      group: 'neighbours',
      channel: 'neighbour',
      severity: 'yellow',
      harm: false,
      words: '好几天没见出门',
    },
  })
  warning = said.body.warning.id
  const exported = await ask(running.http, 'POST /api/exports', {
    token: advisor,
    body: { list: 'borderline', filters: '', purpose: 'visit' },
  })
  taken = exported.body.id
  const service = await recordVisit(running, advisor, household, { nextDay: today })
  served = service.body.id
  ;[relieved, opened] = await putWork(running, advisor, household)
})
afterAll(() => running.close())

type Told = readonly [address: string, action: string, ...fields: string[]]
const nobody = 'nobody'
const of = (rest: string) => `/api/households/${household}${rest}`

/** By the address in the OpenAPI document: how it is asked, and what the entry says; or that it tells of nobody. */
const addresses: Readonly<Record<string, typeof nobody | (() => Told)>> = {
  '/api/session': nobody,
  '/api/sign-on': nobody,
  '/api/account': nobody,
  '/api/accounts': nobody,
  '/api/alerts': nobody,
  '/api/invitations/{token}': nobody,
  '/api/areas': nobody,
  '/api/staff': nobody,
  '/api/workdays': nobody,
  '/api/clock-limits': nobody,
  '/api/duty-officers': nobody,
  '/api/clocks': () => ['/api/clocks', 'clock.list'],
  '/api/clocks/{id}': () => [`/api/clocks/${clock}`, 'clock.read'],
  '/api/households': () => ['/api/households', 'household.listed', 'head', 'address'],
  '/api/households/{id}': () => [
    of(''),
    'household.read',
    'members',
    'id-number',
    'phone',
    'facts:plain',
    'facts:need-signal',
    'awards',
  ],
  '/api/households/{id}/explanation': () => [
    of('/explanation'),
    'household.explanation-read',
    'members',
    'verdicts',
    'facts:need-signal',
  ],
  '/api/households/{id}/combination': () => [
    of('/combination'),
    'household.combination-read',
    'members',
    'amounts',
  ],
  '/api/households/{id}/income-curve': () => [
    of('/income-curve'),
    'household.income-curve-read',
    'members',
    'amounts',
  ],
  '/api/households/{id}/facts': () => [
    of('/facts?on=2025-05-01'),
    'household.facts-then-read',
    'members',
    'facts:plain',
    'awards',
  ],
  '/api/households/{id}/facts/history': () => [
    of(`/facts/history?fact=hukou&personId=${household}`),
    'household.fact-history-read',
    'fact:hukou',
  ],
  '/api/households/{id}/composition': () => [
    of('/composition'),
    'household.composition-read',
    'members',
  ],
  '/api/households/{id}/supporters': () => [
    of('/supporters'),
    'household.supporters-read',
    'members',
  ],
  '/api/households/{id}/registered-places': () => [
    of('/registered-places'),
    'household.registered-places-read',
    'members',
  ],
  // Not for an advisor: what a township is shown of each is noted (server/src/features/members).
  '/api/registered-here': nobody,
  '/api/households/{id}/consents': () => [of('/consents'), 'household.consents-read', 'consents'],
  '/api/households/{id}/assessment': () => [
    of('/assessment'),
    'household.assessment-read',
    'assessments',
  ],
  // Not for whoever is trained for no scale; what others see of a person is noted (server/src/features/assessments).
  '/api/households/{id}/scales': nobody,
  '/api/safety-tasks': nobody,
  // Weights, scales and sums, of which none tells of few.
  '/api/weights': nobody,
  '/api/instruments': nobody,
  '/api/assessment-summary': nobody,
  '/api/households/{id}/questions': () => [
    of('/questions'),
    'household.questions-read',
    'members',
    'questions',
  ],
  '/api/reliefs': () => ['/api/reliefs', 'relief.list', 'head', 'reliefs'],
  '/api/reliefs/{id}': () => [`/api/reliefs/${relieved}`, 'relief.read', 'head', 'reliefs'],
  '/api/households/{id}/reliefs': () => [
    of('/reliefs'),
    'household.reliefs-read',
    'head',
    'reliefs',
  ],
  '/api/cases': () => ['/api/cases', 'case.list', 'head', 'members', 'cases'],
  '/api/cases/{id}': () => [`/api/cases/${opened}`, 'case.read', 'head', 'members', 'cases'],
  '/api/households/{id}/cases': () => [
    of('/cases'),
    'household.cases-read',
    'head',
    'members',
    'cases',
  ],
  '/api/households/{id}/services': () => [
    of('/services'),
    'household.services-read',
    'members',
    'services',
  ],
  '/api/households/{id}/services/start': () => [
    of('/services/start'),
    'household.services-read',
    'members',
    'services',
  ],
  '/api/households/{id}/services/{serviceId}': () => [
    of(`/services/${served}`),
    'household.services-read',
    'members',
    'services',
  ],
  // Not for an advisor; that the district read one is noted (server/src/features/services).
  '/api/households/{id}/services/{serviceId}/counselling': nobody,
  '/api/today': () => ['/api/today', 'today.list', 'head', 'address', 'services'],
  '/api/visit-rules': nobody,
  '/api/questions': nobody,
  '/api/questions/households': () => [
    `/api/questions/households?fact=${asked}`,
    'question.households',
    'head',
    'questions',
  ],
  // Of a household that is not restricted there is nothing to tell (server/src/features/restrictions).
  '/api/households/{id}/restriction': nobody,
  '/api/glass-breaks': nobody,
  // Not for an advisor; what township and district see of a pair is noted (server/src/features/duplicates).
  '/api/duplicates': nobody,
  '/api/duplicates/{id}': nobody,
  '/api/duplicates/{id}/merge': nobody,
  '/api/change-requests': () => ['/api/change-requests', 'change-request.list', 'head'],
  '/api/change-requests/{id}': () => [
    '/api/change-requests/1',
    'household.change-request-read',
    'members',
    'phone',
  ],
  '/api/households/{id}/corrections': () => [
    of('/corrections'),
    'household.corrections-read',
    'fact:pension',
  ],
  // Not for an advisor; what a steward or a source sees of a person is noted (server/src/features/corrections).
  '/api/corrections': nobody,
  '/api/corrections/files': nobody,
  '/api/corrections/files/{fileId}/rows.csv': nobody,
  '/api/sources/{sourceId}/corrections': nobody,
  // Not for an advisor: sums, stubs of what is gone, and holds, whose reading is noted (server/src/features/retention).
  // Of colleagues and places, of no resident.
  '/api/stations': nobody,
  '/api/stations/{stationId}/sign.pdf': nobody,
  '/api/advisors': nobody,
  '/api/advisors/{staffId}': nobody,
  '/api/advisors/{staffId}/badge.pdf': nobody,
  '/api/trainings': nobody,
  '/api/exam': nobody,
  '/api/badges/{token}': nobody,
  '/api/station-signs/{stationId}': nobody,
  '/api/notices': nobody,
  '/api/retention': nobody,
  '/api/retention/{classId}/history': nobody,
  '/api/retention/dry-run': nobody,
  '/api/retention/dry-run.csv': nobody,
  '/api/legal-holds': nobody,
  '/api/erasures': nobody,
  '/api/erasure-stubs': nobody,
  '/api/policies': nobody,
  '/api/policies/{id}': nobody,
  '/api/borderline': () => ['/api/borderline', 'borderline.list', 'head', 'amounts'],
  '/api/exports': nobody,
  '/api/exports/{exportId}/file': () => [
    `/api/exports/${taken}/file`,
    'borderline.exported',
    'head',
    'amounts',
  ],
  '/api/feedback': () => ['/api/feedback', 'feedback.listed', 'feedback'],
  '/api/leads': () => ['/api/leads', 'lead.list', 'head', 'leads'],
  '/api/leads/{id}': () => [`/api/leads/${lead}`, 'lead.read', 'members', 'leads'],
  '/api/warnings': () => ['/api/warnings', 'warning.list', 'head'],
  '/api/warnings/{id}': () => [`/api/warnings/${warning}`, 'warning.read', 'head', 'facts:plain'],
  '/api/households/{id}/warnings': () => [of('/warnings'), 'warning.list', 'head'],
  // Somebody was with this household today; of whom nobody was, it is noted (server/src/features/warnings).
  '/api/warnings/quiet': nobody,
  '/api/warning-signals': nobody,
  '/api/warning-signals/{signalId}/expected': nobody,
  '/api/runs': nobody,
  // What departments deliver and a sheet's first line: nothing of anybody.
  '/api/sources': nobody,
  '/api/fact-trust': nobody,
  '/api/sources/{sourceId}/template.csv': nobody,
  '/api/sources/{sourceId}/history': nobody,
  '/api/sources/{sourceId}/push-keys': nobody,
  '/api/sources/{sourceId}/drop-points': nobody,
  '/api/sharing': nobody,
  '/api/sharing.csv': nobody,
  '/api/sharing/{id}': nobody,
  // Not for an advisor, and of files; what a steward sees of a person is noted (server/src/features/exchange).
  '/api/deliveries': nobody,
  '/api/deliveries/{id}': nobody,
  '/api/deliveries/{id}/rows': nobody,
  // Not for an advisor: the log names ids, and who looked is told to officials (server/src/features/audit).
  '/api/households/{id}/looks': nobody,
  '/api/audit': nobody,
  '/api/audit.csv': nobody,
  '/api/audit/chain': nobody,
  // Not for an advisor; they hold figures and texts, samples go through POST and are noted (samples.test.ts).
  '/api/lab': nobody,
  '/api/lab/rules/{programme}': nobody,
  '/api/lab/experiments': nobody,
  '/api/drafts': nobody,
  '/api/drafts/{id}': nobody,
  '/api/drafts/{id}/file': nobody,
  '/api/drafts/{id}/difference': nobody,
  '/api/drafts/{id}/rebase': nobody,
  '/api/drafts/{id}/release': nobody,
  '/api/drafts/{id}/names': nobody,
}
const paths = Object.keys(addresses)
const speaking = paths.filter((path) => addresses[path] !== nobody)

type Entry = {
  actor: string
  action: string
  subject: string | null
  householdId: number | null
  fields: string[]
  reason: string
  requestId: string
  address: string
  detail: unknown
}

/** Asks as the advisor, from an address of its own. */
async function get(url: string, headers: Record<string, string> = {}, token = advisor) {
  const answer = await running.http.inject({
    method: 'GET',
    url,
    remoteAddress: '192.0.2.7',
    cookies: { [sessionCookie]: token },
    headers: { 'x-qiao-csrf': csrfToken(token), ...headers },
  })
  return { status: answer.statusCode, text: answer.body }
}

/** What the log has of requests since `id`. */
async function since(id: number): Promise<Entry[]> {
  const { rows } = await running.db.owner.pool.query<Entry>(
    `select actor, action, subject, household_id as "householdId", fields, reason, request_id as "requestId",
       address, detail
     from app.audit where id > $1 and actor like 'staff:%' order by id`,
    [id],
  )
  return rows
}
async function last(): Promise<number> {
  const { rows } = await running.db.owner.pool.query<{ id: number }>(
    'select coalesce(max(id), 0) as id from app.audit',
  )
  return rows[0]?.id ?? 0
}
const tellsOfSomebody = (text: string) =>
  text.includes(name) ||
  text.includes(`QP-${household}`) ||
  new RegExp(`\\b${household}\\b`).test(text)

test('every GET of the OpenAPI document stands here', async () => {
  const { body } = await ask(running.http, 'GET /api/openapi.json')
  const found = Object.entries(body.paths as Record<string, object>)
    .filter(([, item]) => 'get' in item)
    .map(([path]) => path)
  expect(paths.toSorted()).toEqual(found.toSorted())
})

describe('an answer that tells of a person', () => {
  test.each(speaking)('%s is noted: who, which fields, why and from where', async (path) => {
    const [url, action, ...fields] = (addresses[path] as () => Told)()
    const before = await last()
    const { status, text } = await get(url)
    expect(status).toBe(200)
    // These say what is known of whom the address names.
    if (!/history|consents|supporters|places|services/.test(path))
      expect(tellsOfSomebody(text)).toBe(true)
    const entries = await since(before)
    expect(entries.map((entry) => entry.action)).toEqual([action])
    const [entry] = entries
    expect(entry?.actor).toMatch(/^staff:[0-9a-f-]{36}$/)
    expect(entry?.fields).toEqual(expect.arrayContaining(fields))
    expect(entry?.reason).toMatch(/^(duty:advisor-of-area|office:advisor)$/)
    expect(entry?.address).toBe('192.0.2.7')
    expect(entry?.requestId).toMatch(/^[0-9a-f-]{36}$/)
    // Of one household it names that, of a list everybody who was shown.
    if (/\{id\}/.test(path)) {
      expect([entry?.householdId, entry?.reason]).toEqual([household, 'duty:advisor-of-area'])
    } else if (!path.endsWith('/file')) {
      expect(entry?.detail).toMatchObject({ shown: [action === 'lead.list' ? lead : household] })
    }
    expect(JSON.stringify(entry)).not.toContain(name)
  })

  test.each(speaking.filter((path) => path.includes('{id}')))(
    '%s out of sight is not there, and is noted as a refused request, not as a look at that household',
    async (path) => {
      const stranger = await running.db.sessionFor({ role: 'advisor', areaId: '310118002001' })
      const [url] = (addresses[path] as () => Told)()
      const before = await last()
      const { text } = await get(url, {}, stranger.token)
      expect(tellsOfSomebody(text)).toBe(false)
      const entries = await since(before)
      expect(entries).toMatchObject([
        { action: 'request.refused', fields: [], householdId: null, detail: { status: 404 } },
      ])
      expect(JSON.stringify(entries)).not.toContain(name)
    },
  )
})

test.each(paths.filter((path) => addresses[path] === nobody))(
  '%s tells of nobody',
  async (path) => {
    const official = await running.db.sessionFor({ role: 'district', areaId: '310118' })
    const url = path
      .replace('{programme}', 'dibao')
      .replace(/\{\w+\}/, path.includes('policies') ? 'dibao' : '1')
    for (const token of [advisor, official.token])
      expect(tellsOfSomebody((await get(url, {}, token)).text)).toBe(false)
  },
)

describe('the reason', () => {
  const reasonOf = async (token: string, headers: Record<string, string> = {}) => {
    const before = await last()
    expect((await get(of(''), headers, token)).status).toBe(200)
    return (await since(before))[0]?.reason
  }

  test('is a duty where somebody has one, else a lead in their hands, else their office', async () => {
    const { db } = running
    const other = await db.sessionFor({ role: 'advisor', areaId: xiayang })
    const township = await db.sessionFor({ role: 'township', areaId: xiayang.slice(0, 9) })
    expect(await reasonOf(advisor)).toBe('duty:advisor-of-area')
    expect(await reasonOf(township.token)).toBe('office:township')
    expect(await reasonOf(other.token)).toBe('office:advisor')
    await db.owner.pool.query(`update app.lead set assignee = $1 where id = $2`, [
      other.staffId,
      lead,
    ])
    expect(await reasonOf(other.token)).toBe(`lead:${lead}`)
    await db.owner.pool.query(`update app.lead set clinical = true where id = $1`, [lead])
    expect(await reasonOf(other.token)).toBe('office:advisor')
    await db.owner.pool.query(`update app.lead set clinical = false, assignee = null`)
  })

  test('that somebody states is noted as stated, and can pass for no duty', async () => {
    const stated = (text: string) => ({ 'x-qiao-reason': encodeURIComponent(text) })
    expect(await reasonOf(advisor, stated('信访转办'))).toBe('stated:信访转办')
    expect(await reasonOf(advisor, stated('duty:advisor-of-area'))).toBe(
      'stated:duty:advisor-of-area',
    )
    for (const unreadable of ['%E4', 'x'.repeat(2000), '%20'])
      expect(await reasonOf(advisor, { 'x-qiao-reason': unreadable })).toBe('duty:advisor-of-area')
  })
})
