import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { numberOf } from '../../../test/journeys/delivering.ts'
import { type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import { asActor } from '../../platform/db/actor.ts'
import { sessionCookie } from '../../platform/http/caller.ts'
import {
  after,
  type CorrectionEvent,
  correctionEvents,
  raised,
  type Standing,
} from './correction.ts'
import { asSource, type Key, makeBench } from './test-corrections.ts'

const paths = correctionEvents.flatMap((one) =>
  correctionEvents.map((other) => [one, other] as const),
)
let running: RunningQiao
let bench: Awaited<ReturnType<typeof makeBench>>
const {
  call,
  record,
  deliver,
  of,
  rows,
}: Pick<typeof bench, 'call' | 'record' | 'deliver' | 'of' | 'rows'> = {
  call: (...asked) => bench.call(...asked),
  record: (...told) => bench.record(...told),
  deliver: (...told) => bench.deliver(...told),
  of: (id) => bench.of(id),
  rows: (text) => bench.rows(text),
}
beforeAll(async () => {
  running = await runQiao()
  bench = await makeBench(running, 15 + paths.length)
  const all = Array.from({ length: 15 + paths.length }, (_, at) => at + 1)
  const pensions = all.map((id) => `${numberOf(id)},户主${id},3000`)
  await deliver('renshe', '养老金', pensions, '2025-05-20')
  const illnesses = [11, 12].map((id) => `${numberOf(id)},户主${id},否,50`)
  await deliver('yibao', '重病,近三月医疗支出', illnesses, '2025-05-20')
}, 120_000)
afterAll(() => running.close())

const list = async (query = '', reason = '') =>
  (await call('steward', `GET /api/corrections${query}`, undefined, reason)).body
const make = (source = 'renshe') => call('steward', 'POST /api/corrections/files', { source })
const sheet = async (id: number, reason = '与来源部门核对') =>
  running.http.inject({
    url: `/api/corrections/files/${id}/rows.csv`,
    cookies: { [sessionCookie]: bench.who.steward.token },
    headers: reason ? { 'x-qiao-reason': encodeURIComponent(reason) } : {},
  })
const idOf = async (household: number) =>
  Number(
    (await rows(`select max(id) as id from app.correction where household_id = ${household}`))[0]
      ?.id,
  )

describe('what we find otherwise than a department delivered', () => {
  test('an official who decides for another value asks its source to correct it, with both values and days', async () => {
    expect((await record('township', 1, 'pension', 320000)).status).toBe(200)
    expect(await of(1)).toEqual([
      {
        source: 'renshe',
        state: 'waiting',
        theirs: 300000,
        theirDay: '2025-05-20',
        ours: 320000,
        ourDay: '2025-05-28',
        because: null,
        person: 1,
      },
    ])
  })

  test('a change request that is agreed to does the same; one that is refused asks nobody', async () => {
    const ask = async (id: number, after: number) => {
      const [found] = await rows(`select version from app.household where id = ${id}`)
      const { body } = await call('advisor', `POST /api/households/${id}/change-requests`, {
        reason: '存折与登记不一致',
        evidenceKind: 'visit',
        evidence: '存折复印件',
        items: [{ personId: id, field: 'fact:pension', after }],
        version: Number(found?.version),
      })
      return body.id as number
    }
    const [agreed, refused] = [await ask(2, 310000), await ask(3, 310000)]
    const why = '审核更正申请'
    expect(
      (await call('township', `POST /api/change-requests/${agreed}/approval`, { version: 1 }, why))
        .status,
    ).toBe(200)
    const no = { version: 1, decision: 'refused', because: '存折不清' }
    await call('township', `POST /api/change-requests/${refused}/decision`, no, why)
    expect(await of(2)).toMatchObject([{ source: 'renshe', theirs: 300000, ours: 310000 }])
    expect(await of(3)).toEqual([])
    const { items } = await list('', why)
    expect(
      items.find((one: { household: { id: number } }) => one.household.id === 2),
    ).toMatchObject({
      evidence: expect.stringContaining(`更正申请第 ${agreed} 号`),
      foundBy: 'township',
      theirs: '3,000 元/月',
      ours: '3,100 元/月',
    })
  })

  test('the same value, a word of our own, and a word past its shelf life ask nobody', async () => {
    await record('township', 3, 'pension', 300000)
    await record('township', 4, 'labour_income', 100)
    await record('township', 4, 'labour_income', 200)
    const old = [5, 6].map((id) => `${numberOf(id)},户主${id},100`)
    await deliver('renshe', '劳动收入', old, '2023-01-01')
    await record('advisor', 5, 'labour_income', 200)
    await record('township', 6, 'labour_income', 200)
    for (const id of [3, 4, 5, 6]) expect(await of(id), `household ${id}`).toEqual([])
  })

  test('our word taken back withdraws it; another word of ours takes its place', async () => {
    await record('township', 7, 'pension', 1)
    await record('colleague', 7, 'pension', 300000)
    expect(await of(7)).toMatchObject([{ state: 'withdrawn' }])
    await record('township', 8, 'pension', 1)
    await record('colleague', 8, 'pension', 1)
    expect(await of(8)).toMatchObject([{ state: 'waiting', ours: 1 }])
    await record('colleague', 8, 'pension', 2)
    expect(await of(8)).toMatchObject([
      { state: 'withdrawn', ours: 1 },
      { state: 'waiting', ours: 2, theirs: 300000, theirDay: '2025-05-20' },
    ])
  })

  test('of a household it is asked as well', async () => {
    expect((await record('township', 11, 'medical_3m', 9000, { household: true })).status).toBe(200)
    expect(await of(11)).toMatchObject([
      { source: 'yibao', person: null, theirs: 5000, ours: 9000 },
    ])
  })
})

describe('a file for a source', () => {
  let file: number

  test('holds what was not sent yet, of that source alone, and is numbered', async () => {
    await record('township', 9, 'pension', 5)
    const made = await make()
    expect(made.body).toMatchObject({ source: 'renshe', number: 1, rows: 4, open: 4 })
    file = made.body.id
    const { body } = await sheet(file)
    const lines = body.trim().split('\r\n')
    expect(lines[0]).toMatch(/^更正编号,证件号码,姓名,事项,/)
    expect(lines).toHaveLength(5)
    expect(body).toContain(
      `,${numberOf(9)},户主9,养老金,"3,000 元/月",2025-05-20,0.05 元/月,2025-05-28,入户走访；存折原件,township,`,
    )
    expect(body).not.toContain(numberOf(11))
    expect(await of(9)).toMatchObject([{ state: 'sent' }])
  })

  test('is the same when it is fetched again, and there is no other while nothing waits', async () => {
    expect((await sheet(file)).body).toBe((await sheet(file)).body)
    expect((await make()).body).toMatchObject({ code: 'no-corrections-to-send' })
    await record('township', 10, 'pension', 5)
    expect((await make()).body).toMatchObject({ number: 2, rows: 1 })
    expect((await make('yibao')).body).toMatchObject({ number: 1, rows: 1 })
    expect(
      (await call('steward', 'GET /api/corrections/files?source=renshe')).body.items,
    ).toMatchObject([{ number: 2 }, { number: 1 }])
  })

  test('names by number whom the row of the delivery named, also of a household', async () => {
    const [{ id }] = (await rows(`select id from app.correction_file where source = 'yibao'`)) as [
      { id: number },
    ]
    expect((await sheet(id)).body).toContain(`,${numberOf(11)},户主11,近三月医疗支出,50 元,`)
  })

  test('is handed out for a stated reason only, which is noted', async () => {
    const { statusCode, body } = await sheet(file, '')
    expect([statusCode, JSON.parse(body).code]).toEqual([403, 'reason-missing'])
    const [noted] = await rows(
      `select reason, fields from app.audit where action = 'correction.exported' order by id desc limit 1`,
    )
    expect(noted).toMatchObject({
      reason: expect.stringContaining('与来源部门核对'),
      fields: expect.arrayContaining(['id-number', 'fact:medical_3m']),
    })
  })
})

describe('its answer', () => {
  test('is recorded by the steward: adopted, or refused with why', async () => {
    const answer = async (id: number, body: object) =>
      (await call('steward', `POST /api/corrections/${await idOf(id)}/answer`, body)).body
    expect(await answer(1, { answer: 'refused' })).toMatchObject({
      code: 'correction-refusal-needs-reason',
    })
    await answer(1, { answer: 'refused', because: '以发放系统为准' })
    await answer(2, { answer: 'adopted' })
    expect(await of(1)).toMatchObject([{ state: 'refused', because: '以发放系统为准' }])
    expect(await of(2)).toMatchObject([{ state: 'adopted' }])
    expect(await answer(2, { answer: 'adopted' })).toEqual({ id: await idOf(2) })
    expect(await answer(2, { answer: 'refused', because: '再想想' })).toMatchObject({
      code: 'correction-settled',
    })
    await record('township', 13, 'pension', 5)
    expect(await answer(13, { answer: 'adopted' })).toMatchObject({ code: 'correction-not-sent' })
  })

  test('is given by a later delivery that brings our value, and taken back with that delivery', async () => {
    const later = await deliver(
      'renshe',
      '养老金',
      [`${numberOf(9)},户主9,0.05`, `${numberOf(10)},户主10,3000`],
      '2025-05-30',
    )
    expect(await of(9)).toMatchObject([{ state: 'adopted' }])
    expect(await of(10)).toMatchObject([{ state: 'sent' }])
    await bench.steward.step(later.id, { step: 'undo' })
    expect(await of(9)).toMatchObject([{ state: 'sent' }])
  })
})

describe('a delivery of no later day than ours', () => {
  const said = (onDay: string) => deliver('renshe', '养老金', [`${numberOf(8)},户主8,0.02`], onDay)

  test('has adopted nothing where it is older than what was asked about', async () => {
    expect(await said('2025-05-10')).toMatchObject({ applied: 0, unchanged: 1 })
    expect((await of(8)).at(-1)).toMatchObject({ state: 'sent' })
  })

  test('closes it where it says our value since', async () => {
    const later = await said('2025-05-22')
    expect(later).toMatchObject({ applied: 1, unchanged: 0 })
    expect((await of(8)).at(-1)).toMatchObject({ state: 'adopted', ours: 2 })
    await bench.steward.step(later.id, { step: 'undo' })
    expect((await of(8)).at(-1)).toMatchObject({ state: 'sent' })
  })
})

describe('a department’s system', () => {
  let key: Key
  const fetchOpen = (query = '', by = key, source = 'renshe') =>
    asSource(running, by, { url: `/api/sources/${source}/corrections${query}` })
  const answer = async (id: number, body: object, signed?: string) =>
    asSource(running, key, {
      url: `/api/sources/renshe/corrections/${await idOf(id)}/answer`,
      body,
      ...(signed === undefined ? {} : { signed }),
    })
  beforeAll(async () => {
    const made = await call('steward', 'POST /api/sources/renshe/push-keys', {
      name: '人社前置机',
      validTo: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
    })
    key = made.body
    await record('township', 14, 'pension', 5)
    await record('township', 15, 'pension', 5)
  })

  test('fetches what its source has not answered, page by page, and nothing of another', async () => {
    const { status, body } = await fetchOpen()
    expect(status).toBe(200)
    expect(body.items.map((one: { citizenNo: string }) => one.citizenNo)).toEqual(
      expect.arrayContaining([numberOf(14), numberOf(15), numberOf(8)]),
    )
    expect(body.items.every((one: { fact: string }) => one.fact === 'pension')).toBe(true)
    expect(await of(14)).toMatchObject([{ state: 'sent' }])
    const first = body.items[0].id
    expect((await fetchOpen(`?after=${first}&size=1`)).body.items).toEqual([body.items[1]])
    expect((await fetchOpen('', key, 'yibao')).body).toMatchObject({ code: 'push-key-of-another' })
  })

  test('is shown no household that only some may see', async () => {
    const seen = async () =>
      (await fetchOpen()).body.items.some(
        (one: { citizenNo: string }) => one.citizenNo === numberOf(15),
      )
    expect(await seen()).toBe(true)
    await rows(`insert into app.restriction (household_id, area_id, kind, because, valid_from, responsible, recorded_by)
      select id, area_id, 'violence', '住址须保密', '2025-01-01', '${bench.who.township.staffId}', '${bench.who.township.staffId}'
      from app.household where id = 15`)
    expect(await seen()).toBe(false)
    expect(
      (await list()).items.some((one: { household: { id: number } }) => one.household.id === 15),
    ).toBe(false)
  })

  test('answers each once, and the same again changes nothing', async () => {
    const no = { answer: 'refused', because: '以发放系统为准' }
    expect((await answer(14, no)).body).toMatchObject({ again: false })
    expect((await answer(14, no)).body).toMatchObject({ again: true })
    expect((await answer(14, { answer: 'adopted' })).body).toMatchObject({
      code: 'correction-settled',
    })
    expect(await of(14)).toMatchObject([{ state: 'refused', because: '以发放系统为准' }])
    expect((await answer(7, { answer: 'adopted' })).body).toMatchObject({
      code: 'correction-withdrawn',
    })
    expect((await answer(11, { answer: 'adopted' })).body).toMatchObject({
      code: 'no-such-correction',
    })
  })

  test('is refused where what it signed is not what it sent', async () => {
    const changed = await answer(10, { answer: 'adopted' }, '{"answer":"refused","because":"不对"}')
    expect(changed.body).toMatchObject({ code: 'push-content-differs' })
    expect(
      (await fetchOpen('', { ...key, id: '00000000-0000-4000-8000-000000000009' })).body,
    ).toMatchObject({
      code: 'push-signature-wrong',
    })
    expect(await of(10)).toMatchObject([{ state: 'sent' }])
  })
})

describe('who sees what', () => {
  test('the steward reads values of need and evidence for a stated reason, and filters by source and state', async () => {
    const masked = (await list('?source=yibao')).items[0]
    expect([masked.theirs, masked.evidence]).not.toContain('50 元')
    const clear = (await list('?source=yibao', '核对')).items[0]
    expect([clear.theirs, clear.ours, clear.state]).toEqual(['50 元', '90 元', 'sent'])
    const states = async (state: string) =>
      (await list(`?state=${state}`)).items.map((one: { state: string }) => one.state)
    expect(new Set(await states('withdrawn'))).toEqual(new Set(['withdrawn']))
    await record('township', 4, 'pension', 5)
    expect((await list('?state=waiting')).waiting).toMatchObject([
      { source: 'renshe', sourceName: '人社' },
    ])
  })

  test('nobody but a data steward opens the list, makes a file or answers', async () => {
    for (const by of ['advisor', 'township', 'district'] as const) {
      expect((await call(by, 'GET /api/corrections')).status).toBe(403)
      expect((await call(by, 'POST /api/corrections/files', { source: 'renshe' })).status).toBe(403)
      expect(
        (await call(by, `POST /api/corrections/${await idOf(10)}/answer`, { answer: 'adopted' }))
          .status,
      ).toBe(403)
    }
  })

  test('whoever sees the household sees that its source was asked, and by whom the fact may not be seen it is not', async () => {
    const asked = async (by: 'advisor' | 'township' | 'otherTownship', id: number) =>
      (await call(by, `GET /api/households/${id}/corrections`)).body
    expect(await asked('advisor', 10)).toEqual({
      householdId: 10,
      items: [{ fact: 'pension', personId: 10, source: '人社' }],
    })
    expect((await asked('advisor', 7)).items).toEqual([])
    expect(await asked('otherTownship', 10)).toMatchObject({ code: 'not-found' })
    expect((await asked('township', 11)).items).toHaveLength(1)
    await rows(`update app.correction set sensitivity = 'clinical' where household_id = 11`)
    expect((await asked('township', 11)).items).toEqual([])
    expect((await list('?source=yibao')).items).toHaveLength(1)
  })
})

describe('the database and the rule', () => {
  /** Each event as it really happens. */
  const happen: Readonly<Record<CorrectionEvent, (id: number) => Promise<unknown>>> = {
    sent: async () =>
      asActor(running.db.app, bench.who.steward.token, (tx) =>
        sql`select app.make_correction_file('renshe')`.execute(tx),
      ),
    adopted: async (id) => answering(id, 'adopted', null),
    refused: async (id) => answering(id, 'refused', '不对'),
    withdrawn: async (id) => record('township', id, 'pension', 300000),
    brought: async (id) => settling(id, 'applying', 'applied'),
    unbrought: async (id) => settling(id, 'undoing', 'undone'),
  }
  const answering = async (id: number, said: string, why: string | null) => {
    const correction = await idOf(id)
    return asActor(running.db.app, bench.who.steward.token, (tx) =>
      sql`select app.answer_correction(${correction}, 'renshe', ${said}, ${why})`.execute(tx),
    )
  }
  /** A delivery that says what we say, put on record and taken back past its steps. */
  const settling = async (id: number, from: string, to: string) => {
    const name = `规则${id}.csv`
    if (to === 'applied')
      await rows(`insert into app.delivery (source, file_name, bytes, on_day, state, received_by)
        select 'renshe', '${name}', 1, '2025-05-31', 'applying', '${bench.who.steward.staffId}'
        where not exists (select from app.delivery where file_name = '${name}')`)
    const [found] = await rows(`select id from app.delivery where file_name = '${name}'`)
    if (!found) return
    await rows(`with gone as (
        update app.fact set superseded_at = clock_timestamp()
        where household_id = ${id} and fact = 'pension' and superseded_at is null returning *)
      insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, recorded_by, source, basis, verified_on,
        sensitivity, delivery_id)
      select household_id, area_id, person_id, fact, value, valid_from, 'job:exchange', source, basis, verified_on, sensitivity,
        ${to === 'applied' ? found.id : 'null'} from gone`)
    await rows(`update app.delivery set state = '${from}' where id = ${found.id}`)
    await rows(`update app.delivery set state = '${to}' where id = ${found.id}`)
  }

  test.each(paths)('agree on what comes of %s and then %s', async (...events) => {
    const id = 16 + paths.findIndex(([one, other]) => one === events[0] && other === events[1])
    await record('township', id, 'pension', 1)
    let standing: Standing = raised
    for (const event of events) {
      await happen[event](id)
      standing = after(standing, event)
    }
    const [row] =
      await rows(`select state, sent_at is not null as sent, brought_by is not null as brought
      from app.correction where household_id = ${id} order by id limit 1`)
    expect(row).toEqual(standing)
  })
})
