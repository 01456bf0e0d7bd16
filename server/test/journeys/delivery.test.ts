import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { resumeDeliveries } from '../../src/features/exchange/jobs.ts'
import { putHousehold, putRoll, xiayang } from '../../src/features/leads/test-households.ts'
import { writeAllCurrent } from '../../src/features/households/wide.ts'
import { asActor, asOwner } from '../../src/platform/db/actor.ts'
import { openJobList } from '../../src/platform/jobs.ts'
import { ask, type RunningQiao, runQiao, today } from '../running-qiao.ts'
import { takeSheet } from '../take-sheet.ts'
import { late, makeSteward, numberOf, type Steward } from './delivering.ts'
import { ofHouseholds } from './of-households.ts'
import { rolls } from './rolls.ts'

/** What a department delivers, from its file to what people are entitled to, and back. */

let running: RunningQiao
let steward: Steward
let token: string
const { call, send, rows, piece, settled, handIn, checked, applied, rowsOf } = late(() => steward)

/** Elders of 75, each alone; nobody knows what pension they draw. */
beforeAll(async () => {
  running = await runQiao()
  const { owner } = running.db
  for (let id = 1; id <= 12; id++) await putHousehold(owner, id, xiayang, `户主${id}`)
  for (let id = 1; id <= 12; id++) {
    const { sealed, index } = running.cipher.seal('id-number', numberOf(id))
    await owner.pool.query(
      'update app.person set id_number_enc = $2, id_number_index = $3 where household_id = $1',
      [id, sealed, index],
    )
  }
  await putRoll(owner, 'laonian-jintie', '310118001')
  await asOwner(owner, (tx) => writeAllCurrent(tx, today))
  const session = await running.db.sessionFor({
    role: 'district',
    areaId: '310118',
    name: '数据专管',
  })
  token = session.token
  steward = makeSteward(running, token)
  await owner.pool.query(
    `insert into app.appointment (staff_id, capability, valid_from) values ($1, 'data-steward', '2020-01-01')`,
    [session.staffId],
  )
  await running.qiao.matching.run('by hand')
}, 120_000)
afterAll(() => running.close())

const csv = (...lines: string[]) => `证件号码,姓名,养老金\n${lines.join('\n')}\n`
const pension = async (household: number) =>
  (
    await rows(
      `select value, source, verified_on::text as day, delivery_id as delivery, delivery_row as row
       from app.fact where household_id = ${household} and fact = 'pension' and superseded_at is null`,
    )
  )[0]

/** What other sources say of a pension, beside. */
const beside = (household: number) =>
  rows(`select value, source, kind from app.other_word
    where household_id = ${household} and fact = 'pension' and superseded_at is null order by kind`)

describe('a file of a department', () => {
  test('shows its columns with what stands in them, and writes nothing before it is confirmed', async () => {
    const id = await handIn(csv(`${numberOf(1)},户主1,3000`, `${numberOf(2)},户主2,"2,800.50"`))
    const { state, reading, rows: count } = await send(`GET /api/deliveries/${id}`)
    expect([state, count]).toEqual(['received', 0])
    expect(reading.headings).toEqual(['证件号码', '姓名', '养老金'])
    expect(reading.samples[2]).toEqual(['3000', '2,800.50'])
    expect(reading.proposed).toEqual({ 'id-number': '证件号码', name: '姓名', pension: '养老金' })
    const { applied: would, state: now } = await checked(id)
    expect([now, would]).toEqual(['checked', 2])
    expect(await pension(1)).toBeUndefined()
    await send(`POST /api/deliveries/${id}/steps`, { step: 'discard' })
    expect(await rows(`select from app.delivery_piece where delivery_id = ${id}`)).toEqual([])
  })

  test('is written with its source, day and row, on what is agreed with it, and matching follows', async () => {
    const catalogue = { sharing: null, method: null, grade: null }
    const terms = { owner: null, cadence: null, contact: null, seen: null, ...catalogue }
    await call('PUT /api/sources/renshe', {
      ...terms,
      legalBasis: '共享协议第三条',
      because: '来函',
    })
    const { id, state } = await applied(
      await handIn(csv(`${numberOf(1)},户主1,3000`, `${numberOf(2)},户主2,"2,800.50"`)),
    )
    expect(state).toBe('applied')
    expect(await pension(2)).toEqual({
      value: 280050,
      source: '人社',
      day: '2025-05-20',
      delivery: id,
      row: 3,
    })
    expect(
      await rows(`select legal_basis from app.fact where delivery_id = ${id} limit 1`),
    ).toEqual([{ legal_basis: '共享协议第三条' }])
    expect(
      await rows('select f_pension::int as p from app.person_current where household_id = 1'),
    ).toEqual([{ p: 300000 }])
    await expect
      .poll(async () => (await send(`GET /api/deliveries/${id}`)).found, { timeout: 20_000 })
      .toBeTypeOf('number')
    expect(await rows('select from app.change_marker')).toEqual([])
  })

  test('the same once more changes nothing, and says that it came before', async () => {
    const before = await rows('select id, superseded_at from app.fact order by id')
    const again = await applied(
      await handIn(csv(`${numberOf(1)},户主1,3000`, `${numberOf(2)},户主2,"2,800.50"`)),
    )
    expect(again).toMatchObject({ applied: 0, unchanged: 2, sameAs: again.id - 1 })
    expect(await rows('select id, superseded_at from app.fact order by id')).toEqual(before)
  })

  test('of an earlier day overwrites nothing that is known of a later', async () => {
    const old = await applied(
      await handIn(csv(`${numberOf(1)},户主1,1000`), { onDay: '2025-04-01' }),
    )
    expect(old).toMatchObject({ applied: 0, unchanged: 1 })
    expect(await rowsOf(old.id, 'unchanged')).toMatchObject([{ row: 2, reason: 'known-later' }])
    expect((await pension(1)).value).toBe(300000)
  })

  test('is read the same in GB18030, whatever it is called', async () => {
    // 证件号码,姓名,养老金 and 户主3, as Excel in Chinese writes them.
    const headings = Buffer.from('d6a4bcfebac5c2eb2cd0d5c3fb2cd1f8c0cfbdf00d0a', 'hex')
    const name = Buffer.from('bba7d6f7', 'hex')
    const file = Buffer.concat([
      headings,
      Buffer.from(`${numberOf(3)},`),
      name,
      Buffer.from('3,1234.5\r\n'),
    ])
    const { encoding, applied: n } = await applied(await handIn(file))
    expect([encoding, n]).toEqual(['gb18030', 1])
    expect((await pension(3)).value).toBe(123450)
  })
})

describe('a row ends in one of four ways', () => {
  let id: number
  beforeAll(async () => {
    id = await handIn(
      csv(
        `${numberOf(4)},户主4,2000`,
        `${numberOf(5)},别人,2000`,
        `${numberOf(6)},户主6,很多`,
        `${numberOf(7).slice(0, 17)}${numberOf(7)[17] === '1' ? '2' : '1'},户主7,2000`,
        `${numberOf(99)},陌生人,2000`,
        `${numberOf(8)},户主8,2000`,
        `${numberOf(8)},户主8,2100`,
        `${numberOf(9)},户主9,`,
        `${numberOf(1)},户主1,3000`,
        `　${numberOf(10)} ,户主10 ,２，０００`,
      ),
    )
    await checked(id)
  })

  test('those with a mistake are refused whole, with row, column and what to do', async () => {
    expect(await rowsOf(id, 'refused')).toMatchObject([
      { row: 4, column: '养老金', said: '很多' },
      { row: 5, column: '证件号码', reason: '校验位不对', said: null },
    ])
  })

  test('those that a person has to look at wait, each with its reason', async () => {
    expect(await rowsOf(id)).toMatchObject([
      { row: 3, reason: 'name-differs', nameSaid: '别人', name: '户主5', mayBeTaken: true },
      { row: 6, reason: 'not-on-record', mayBeTaken: false },
      { row: 7, reason: 'twice-differing', mayBeTaken: true },
      { row: 8, reason: 'twice-differing' },
    ])
  })

  test('every row is counted once', async () => {
    const delivery = await send(`GET /api/deliveries/${id}`)
    expect(delivery).toMatchObject({ rows: 10, applied: 2, unchanged: 2, held: 4, refused: 2 })
    expect(await rowsOf(id, 'applied')).toMatchObject([{ row: 2 }, { row: 11 }])
  })

  test('the list for the department holds rows, columns and reasons, and no ID number', async () => {
    const { body } = await takeSheet(running.http, token, {
      list: 'delivery',
      filters: `delivery=${id}`,
    })
    expect(body).toContain('4,不予接收,金额以元为单位，最多两位小数,养老金,很多')
    expect(body).toContain('姓名与登记的不一致')
    for (let of = 1; of < 12; of++) expect(body).not.toContain(numberOf(of))
  })

  test('a steward takes the word of one and leaves another; only then is it written', async () => {
    await send(`POST /api/deliveries/${id}/rows/3/decision`, { decision: 'apply' })
    await send(`POST /api/deliveries/${id}/rows/7/decision`, { decision: 'leave' })
    expect(
      (await call(`POST /api/deliveries/${id}/rows/6/decision`, { decision: 'apply' })).body,
    ).toMatchObject({
      code: 'row-not-waiting',
    })
    await send(`POST /api/deliveries/${id}/steps`, { step: 'apply' })
    expect(await settled(id)).toMatchObject({ applied: 3, unchanged: 3, held: 2, refused: 2 })
    expect((await pension(5)).value).toBe(200000)
    expect((await pension(10)).value).toBe(200000)
    expect(await pension(8)).toBeUndefined()
    expect(await pension(6)).toBeUndefined()
  })

  test('a row settled after the rest was written is written then', async () => {
    expect((await send(`GET /api/deliveries/${id}`)).steps).toEqual(['undo'])
    await send(`POST /api/deliveries/${id}/rows/8/decision`, { decision: 'apply' })
    expect((await send(`GET /api/deliveries/${id}`)).steps).toEqual(['apply', 'undo'])
    await send(`POST /api/deliveries/${id}/steps`, { step: 'apply' })
    await settled(id)
    expect((await pension(8)).value).toBe(210000)
  })

  test('what was recorded since the check by somebody else lies beside', async () => {
    const late = await handIn(csv(`${numberOf(11)},户主11,2000`), { onDay: '2025-05-21' })
    await checked(late)
    const token = await running.db.jobToken()
    const [person] = await rows('select id from app.person where household_id = 11')
    await asActor(running.db.app, token, (tx) =>
      sql`select app.record_fact(11, ${person?.id}, 'pension', '5', '2025-05-30', '入户核实', null,
        '2025-05-30', null)`.execute(tx),
    )
    await send(`POST /api/deliveries/${late}/steps`, { step: 'apply' })
    expect(await settled(late)).toMatchObject({ applied: 1, unchanged: 0 })
    expect((await pension(11)).value).toBe(200000)
    expect(await beside(11)).toEqual([{ value: 5, source: '入户核实', kind: 'visit' }])
  })

  test('of one day, the same department’s word by another name waits for a person', async () => {
    await rows(`insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, source, basis, verified_on,
        sensitivity, recorded_by)
      select 10, area_id, person_id, 'labour_income', '5', '2025-05-30', '人社就业登记', 'sharing', '2025-05-30', 'plain', 'job:load'
      from app.member where household_id = 10`)
    const other = await handIn(`证件号码,姓名,劳动收入\n${numberOf(10)},户主10,2000\n`, {
      onDay: '2025-05-30',
    })
    await checked(other)
    expect(await rowsOf(other)).toMatchObject([{ row: 2, reason: 'said-otherwise' }])
    await send(`POST /api/deliveries/${other}/steps`, { step: 'discard' })
  })
})

describe('a delivery that was wrong', () => {
  test('is taken back: what stood before stands again, and can be delivered anew', async () => {
    const before = await pension(1)
    const wrong = await applied(
      await handIn(csv(`${numberOf(1)},户主1,9`, `${numberOf(12)},户主12,9`), {
        onDay: '2025-05-25',
      }),
    )
    expect((await pension(1)).value).toBe(900)
    await send(`POST /api/deliveries/${wrong.id}/steps`, { step: 'undo' })
    expect((await settled(wrong.id)).state).toBe('undone')
    expect(await pension(1)).toEqual(before)
    expect(await pension(12)).toBeUndefined()
    expect(
      await rows(
        'select f_pension::int as p from app.person_current where household_id in (1, 12) order by household_id',
      ),
    ).toEqual([{ p: 300000 }, { p: null }])
    const again = await applied(
      await handIn(csv(`${numberOf(1)},户主1,9`, `${numberOf(12)},户主12,9`), {
        onDay: '2025-05-25',
      }),
    )
    expect(again.applied).toBe(2)
    expect((await pension(12)).value).toBe(900)
  })

  test('leaves beside what somebody recorded since', async () => {
    const wrong = await applied(
      await handIn(csv(`${numberOf(2)},户主2,7`, `${numberOf(3)},户主3,7`), {
        onDay: '2025-05-26',
      }),
    )
    const [person] = await rows('select id from app.person where household_id = 2')
    await asActor(running.db.app, await running.db.jobToken(), (tx) =>
      sql`select app.record_fact(2, ${person?.id}, 'pension', '1', '2025-05-31', '入户核实', null,
        '2025-05-31', null, null, null, ${today}::date)`.execute(tx),
    )
    expect(await beside(2)).toEqual([{ value: 1, source: '入户核实', kind: 'visit' }])
    await send(`POST /api/deliveries/${wrong.id}/steps`, { step: 'undo' })
    await settled(wrong.id)
    // The department's own earlier word again, and beside it what was said meanwhile.
    expect((await pension(2)).value).toBe(280050)
    expect(await beside(2)).toEqual([{ value: 1, source: '入户核实', kind: 'visit' }])
    expect((await pension(3)).value).toBe(123450)
    expect(await rowsOf(wrong.id, 'undone')).toMatchObject([{ row: 2 }, { row: 3 }])
  })

  test('over what a visit found is taken back to it, with the word said since', async () => {
    const [person] = await rows('select id from app.person where household_id = 9')
    const visit = async (value: number, day: string) =>
      asActor(running.db.app, await running.db.jobToken(), (tx) =>
        sql`select app.record_fact(9, ${person?.id}, 'pension', ${String(value)}::jsonb, ${day}::date, '入户核实', null,
          ${day}::date, null, null, 'visit', ${today}::date)`.execute(tx),
      )
    await visit(11, '2025-05-01')
    const wrong = await applied(await handIn(csv(`${numberOf(9)},户主9,9`)))
    expect([(await pension(9)).value, (await beside(9)).length]).toEqual([900, 1])
    await visit(12, '2025-05-31')
    await send(`POST /api/deliveries/${wrong.id}/steps`, { step: 'undo' })
    await settled(wrong.id)
    expect([(await pension(9)).value, await beside(9)]).toEqual([12, []])
  })

  test('that was cut off in the middle goes on where it was at the next start', async () => {
    const id = await handIn(
      csv(`${numberOf(4)},户主4,4`, `${numberOf(6)},户主6,6`, `${numberOf(7)},户主7,7`),
      { onDay: '2025-05-28' },
    )
    await checked(id)
    // As a process leaves it that was killed after its first household.
    const { app, owner } = running.db
    await asActor(app, steward.token, (tx) =>
      sql`select app.step_delivery(${id}, 'checked', 'applying')`.execute(tx),
    )
    const token = await running.db.jobToken()
    await asActor(app, token, (tx) =>
      sql`select app.apply_delivered(${id}, 0, 1, 0, 1, ${today}, 35)`.execute(tx),
    )
    expect([(await pension(4)).value, await pension(6)]).toEqual([400, undefined])
    const [first] = await rows(`select id from app.fact where delivery_id = ${id}`)
    const jobs = await openJobList(owner)
    await resumeDeliveries({ db: app, programToken: async () => token }, jobs)
    await jobs.close()
    expect(await settled(id)).toMatchObject({ state: 'applied', applied: 3 })
    expect([(await pension(6)).value, (await pension(7)).value]).toEqual([600, 700])
    expect(
      await rows(`select id from app.fact where delivery_id = ${id} and household_id = 4`),
    ).toEqual([first])
  })

  test('what cannot be read says why, and nothing of it is kept but that', async () => {
    const pdf = await handIn('%PDF-1.7\n...')
    expect(await send(`GET /api/deliveries/${pdf}`)).toMatchObject({
      state: 'failed',
      problem: expect.stringContaining('另存为'),
    })
  })

  test('a column that is not there, or two fields in one column, are refused before the check', async () => {
    const id = await handIn(csv(`${numberOf(1)},户主1,1`))
    const { status, body } = await call(`POST /api/deliveries/${id}/check`, {
      mapping: { 'id-number': '证件号码', pension: '没有的列', labour_income: '证件号码' },
    })
    expect([status, body.code]).toEqual([400, 'mapping-invalid'])
    expect(body.errors.map(({ path }: { path: string }) => path)).toContain('/body/mapping/pension')
  })

  test('a piece of the wrong length, and an end before the last piece, are refused', async () => {
    const { id } = await send('POST /api/deliveries', {
      source: 'renshe',
      fileName: '一.csv',
      bytes: 10,
      onDay: today,
    })
    expect((await piece(id, 0, Buffer.from('123'))).body).toMatchObject({ code: 'piece-invalid' })
    expect((await call(`POST /api/deliveries/${id}/received`, {})).body).toMatchObject({
      code: 'delivery-incomplete',
    })
  })
})

/** The wide rows without the instant at which they were made. */
const wide = () =>
  rows(`select household.household_id, to_jsonb(household) - 'known_at' - 'next_expiry' as household, next_expiry::text,
      array(select to_jsonb(person) from app.person_current person
        where person.household_id = household.household_id order by person_id) as persons
    from app.household_current household order by 1`)

test('what matching reads after a delivery is what it reads when all of it is made anew', async () => {
  const { app, owner } = running.db
  await owner.pool.query(`insert into app.objection (household_id, area_id, person_id, kind, told_on, recorded_by)
    values (7, '${xiayang}', 7, 'matching', '2025-05-01', 'owner')`)
  const again = async () =>
    asActor(app, await running.db.jobToken(), (tx) =>
      sql`select app.refresh_current(array(select id from app.household), ${today}::date, 35)`.execute(
        tx,
      ),
    )
  await again()
  // One of them says nothing that still counts: it was verified too long ago.
  const file = (sum: number) =>
    `证件号码,劳动收入\n${[4, 6, 7, 9].map((of) => `${numberOf(of)},${sum}\n`).join('')}`
  for (const [sum, onDay] of [
    [40, '2023-01-01'],
    [41, '2025-05-01'],
  ] as const) {
    expect((await applied(await handIn(file(sum), { onDay }))).applied).toBe(4)
    const after = await wide()
    await again()
    const anew = await wide()
    expect(after.map(({ next_expiry: _, ...row }) => row)).toEqual(
      anew.map(({ next_expiry: _, ...row }) => row),
    )
    for (const [at, { next_expiry }] of anew.entries())
      expect((after[at]?.next_expiry ?? '9999') <= (next_expiry ?? '9999')).toBe(true)
  }
  const [{ seen, hidden }] = (await rows(
    'select count(*) filter (where f_labour_income = 4100)::int as seen, count(*) filter (where opted_out and f_labour_income is null)::int as hidden from app.person_current',
  )) as [{ seen: number; hidden: number }]
  expect([seen, hidden]).toEqual([3, 1])
})

test('no ID number of a delivered file lies in the database in clear', async () => {
  const [{ text }] = (await rows(
    `select string_agg(t::text, ' ') as text from (
      select delivery_row::text as t from app.delivery_row union all select delivery::text from app.delivery
      union all select encode(piece_enc, 'escape') from app.delivery_piece
      union all select delivered::text from staging.delivered) all_of_it`,
  )) as [{ text: string }]
  expect(text.length).toBeGreaterThan(1000)
  for (let id = 1; id <= 12; id++) expect(text).not.toContain(numberOf(id))
})

test('who is no data steward finds no delivery', async () => {
  const { token } = await running.db.sessionFor({ role: 'district', areaId: '310118' })
  expect((await ask(running.http, 'GET /api/deliveries', { token })).status).toBe(403)
})

rolls(() => steward)
ofHouseholds(() => steward)
