import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { TestSession } from '../../../test/database.ts'
import { ask, type RunningQiao, runQiao } from '../../../test/running-qiao.ts'
import {
  asking,
  evidence,
  freeNumber,
  idOf,
  numberOf,
  putHouseholds,
  rename,
  staffFor,
  type Who,
} from './test-requests.ts'

let running: RunningQiao
let by: ReturnType<typeof asking>
let who: Record<Who, TestSession>
beforeAll(async () => {
  running = await runQiao()
  who = await staffFor(running)
  by = asking(running, who)
})
afterAll(() => running.close())
beforeEach(() => putHouseholds(running))

const rows = async (text: string) => (await running.db.owner.pool.query(text)).rows
const codeOf = async (answer: Promise<{ status: number; body: { code?: string } }>) => {
  const { status, body } = await answer
  return body.code ?? status
}

// First of all: nothing else has been asked yet.
test('requests are found by state, by whose they are, by area and by household, those that wait first', async () => {
  const mine = await by.asked('advisor', [rename])
  const colleagues = await by.asked(
    'colleague',
    [{ personId: 2, field: 'phone', after: '13911112222' }],
    2,
  )
  const own = await by.asked('township', [{ personId: 1, field: 'phone', after: '13911112222' }])
  const done = await by.asked('advisor', [{ personId: 2, field: 'name', after: '钱二二' }], 2)
  await by.step('township', done, 'approval')
  const list = async (name: Who, query: string) =>
    (await by.read(name, `/change-requests${query}`)).body
  const idsOf = async (name: Who, query = '') =>
    (await list(name, query)).items.map(({ id }: { id: number }) => id)
  expect(await idsOf('advisor')).toEqual([own, colleagues, mine, done])
  expect(await idsOf('advisor', '?whose=mine')).toEqual([mine, done])
  expect(await idsOf('township', '?whose=to-check')).toEqual([colleagues, mine])
  expect(await idsOf('advisor', '?whose=to-check')).toEqual([])
  expect(await idsOf('district', '?state=approved&area=310118001')).toEqual([done])
  expect(await idsOf('district', `?household=${idOf(2)}`)).toEqual([colleagues, done])
  expect(await idsOf('otherTownship')).toEqual([])
  expect(await list('township', '')).toMatchObject({ total: 4, toCheck: 2, returned: 0 })
  expect((await list('township', `?household=${idOf(2)}`)).items[0]).toMatchObject({
    names: ['钱○○'],
    fieldNames: ['电话'],
    conflicting: false,
  })
})

describe('a name, a phone and an address', () => {
  const items = [
    rename,
    { personId: 1, field: 'phone', after: '13911112222' },
    { personId: null, field: 'address', after: '青湖路 8 号' },
  ]

  test('that an advisor asks to put right stand on record once an official agrees', async () => {
    const id = await by.asked('advisor', items)
    expect(await codeOf(by.step('advisor', id, 'approval'))).toBe('forbidden')
    expect((await by.read('advisor', `/households/${idOf(1)}`)).body).toMatchObject({
      address: '1号',
    })
    const { body } = await by.read('township', `/change-requests/${id}`, '审核更正申请')
    expect(body).toMatchObject({
      state: 'open',
      reason: evidence.reason,
      madeBy: 'advisor',
      mine: false,
      steps: ['approve', 'return', 'refuse', 'rebase'],
      items: [
        { field: 'address', before: '1号', now: '1号', after: '青湖路 8 号', outOfDate: false },
        { field: 'name', person: '钱一', before: '钱一', now: '钱一', after: '钱大' },
        { field: 'phone', before: '13900000001', after: '13911112222' },
      ],
      events: [{ kind: 'asked', by: 'advisor' }],
    })
    expect(await codeOf(by.step('township', id, 'approval', {}, ''))).toBe('request-unseen')
    expect(await codeOf(by.step('township', id, 'approval'))).toBe(200)
    expect((await by.read('advisor', `/households/${idOf(1)}`)).body).toMatchObject({
      address: '青湖路 8 号',
      version: 2,
      members: [{ name: '钱大', phone: '13911112222' }],
    })
    expect(await rows(`select data from jobs.job where name = 'household.changed'`)).toContainEqual(
      {
        data: { householdId: idOf(1) },
      },
    )
  })

  test('are kept as they were before, with who decided', async () => {
    const id = await by.asked('advisor', items)
    await by.step('township', id, 'approval')
    const { body } = await by.read('township', `/change-requests/${id}`, '复查')
    expect(body).toMatchObject({
      state: 'approved',
      steps: [],
      items: [
        { before: '1号', now: '青湖路 8 号' },
        { before: '钱一', now: '钱大' },
        { before: '13900000001', now: '13911112222' },
      ],
      events: [{ kind: 'asked' }, { kind: 'approved', by: 'township' }],
    })
    expect(await codeOf(by.step('otherOfficial', id, 'approval'))).toBe('request-changed')
  })

  test('are asked as of what the writer has seen, and ask for something', async () => {
    const form = { ...evidence, items: by.real(items), version: 9 }
    expect(await codeOf(by.send('advisor', `/households/${idOf(1)}/change-requests`, form))).toBe(
      'household-changed',
    )
    expect(await codeOf(by.request('advisor', [{ ...rename, after: '钱一' }]))).toBe(
      'request-invalid',
    )
    expect(await codeOf(by.request('advisor', [{ ...rename, personId: 2 }]))).toBe(
      'request-invalid',
    )
    expect(
      await codeOf(by.request('advisor', [{ personId: 1, field: 'fact:hukou', after: '1' }])),
    ).toBe('request-invalid')
  })
})

describe('an ID number', () => {
  let right: string
  let renumber: { personId: number; field: string; after: string }
  beforeEach(() => {
    right = freeNumber('01')
    renumber = { personId: 1, field: 'id-number', after: right }
  })

  test('brings the day of birth and the sex that it says, as facts with their evidence', async () => {
    const id = await by.asked('advisor', [renumber])
    expect(await codeOf(by.step('township', id, 'approval'))).toBe(200)
    const [person] = await rows(
      `select id_number_enc as sealed from app.person where id = ${idOf(1)}`,
    )
    expect(running.cipher.open('id-number', person.sealed)).toBe(right)
    const { body } = await by.read(
      'township',
      `/households/${idOf(1)}/facts/history?fact=birth_date&personId=${idOf(1)}`,
    )
    expect(body.items).toMatchObject([
      {
        value: '1949-05-01',
        source: '证件材料：户口簿',
        basisName: '本人申报',
        evidence: `${evidence.evidence}（更正申请第 ${id} 号）`,
        verifiedOn: '2025-06-01',
        supersededAt: null,
      },
      { value: '1949-05-10', source: '入户走访', supersededAt: expect.any(String) as string },
    ])
  })

  test('lies sealed in the request, and is masked for whoever may not read it', async () => {
    const id = await by.asked('advisor', [renumber])
    const seenBy = async (name: Who, reason?: string) =>
      JSON.stringify((await by.read(name, `/change-requests/${id}`, reason)).body)
    for (const told of [await seenBy('advisor'), await seenBy('township')]) {
      expect(told).toContain('3101**********')
      expect(told).not.toContain(right)
      expect(told).not.toContain(numberOf(1))
    }
    expect(await seenBy('township', '审核更正申请')).toContain(right)
    const kept = JSON.stringify([
      await rows('select * from app.change_item'),
      await rows('select * from app.audit'),
      await rows('select * from app.idempotency'),
    ])
    expect(kept).not.toContain(right)
  })

  test.each([
    ['in sight', 2, '夏阳街道'],
    ['in another township', 3, '盈浦街道'],
  ])(
    'that somebody %s bears is refused, saying where they are on record',
    async (_, id, township) => {
      const answer = await by.request('advisor', [{ ...renumber, after: numberOf(id) }])
      expect(answer).toMatchObject({ status: 409, body: { code: 'number-borne' } })
      expect(answer.body.detail).toContain(township)
    },
  )

  test('that somebody was entered with meanwhile is refused when it is decided', async () => {
    const id = await by.asked('advisor', [renumber])
    const { sealed, index } = running.cipher.seal('id-number', right)
    await running.db.owner.pool.query(
      'update app.person set id_number_enc = $1, id_number_index = $2 where id = $3',
      [sealed, index, idOf(3)],
    )
    expect(await codeOf(by.step('township', id, 'approval'))).toBe('number-borne')
  })
})

describe('a fact', () => {
  const richer = { personId: null, field: 'fact:assets', after: 300_000 }
  const put = (name: Who, said: object) =>
    ask(running.http, `PUT /api/households/${idOf(1)}/facts`, {
      token: who[name].token,
      body: { verifiedOn: '2025-06-01', source: '入户', ...said },
    })
  const record = (name: Who, value: number, version: number) =>
    put(name, { fact: 'assets', value, version })

  test('that changed meanwhile is shown as it was, is and would be; rebased it is looked at again', async () => {
    const id = await by.asked('advisor', [richer])
    expect((await record('colleague', 200_000, 1)).status).toBe(200)
    expect(await codeOf(by.step('township', id, 'approval'))).toBe('request-out-of-date')
    const item = async () => (await by.read('township', `/change-requests/${id}`)).body.items[0]
    expect(await item()).toMatchObject({
      before: '1,000 元',
      now: '2,000 元',
      after: '3,000 元',
      outOfDate: true,
    })
    expect(await codeOf(by.step('colleague', id, 'rebase'))).toBe('forbidden')
    const { version } = (await by.read('township', `/change-requests/${id}`)).body
    expect(await codeOf(by.step('advisor', id, 'rebase'))).toBe(200)
    expect(await codeOf(by.step('township', id, 'approval', { version }))).toBe('request-changed')
    expect(await item()).toMatchObject({ before: '2,000 元', now: '2,000 元', outOfDate: false })
    expect(await codeOf(by.step('township', id, 'approval'))).toBe(200)
    expect(
      await rows(
        `select count(*)::int as n from app.fact where fact = 'assets' and household_id = ${idOf(1)}`,
      ),
    ).toEqual([{ n: 3 }])
  })

  test('that has come to be on record already is asked for no longer', async () => {
    const id = await by.asked('advisor', [richer, rename])
    await record('colleague', 300_000, 1)
    const { body } = await by.read('township', `/change-requests/${id}`)
    expect(body.items[0]).toMatchObject({ outOfDate: true, done: true })
    expect(await codeOf(by.step('township', id, 'rebase'))).toBe(200)
    expect((await by.read('township', `/change-requests/${id}`)).body.items).toHaveLength(1)
    const alone = await by.asked('advisor', [{ ...richer, after: 400_000 }])
    await record('colleague', 400_000, 2)
    expect(await codeOf(by.step('township', alone, 'rebase'))).toBe('request-asks-nothing')
  })

  test('that a department delivered an advisor does not overwrite alone: they ask', async () => {
    await rows(`with sent as (insert into app.delivery (source, file_name, bytes, on_day, state, received_by)
        values ('renshe', '一.csv', 3, '2025-06-01', 'applied', '${who.district.staffId}') returning id)
      insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, source, verified_on, sensitivity, recorded_by, delivery_id, delivery_row)
      select ${idOf(1)}, '310118001001', ${idOf(1)}, 'pension', '100000', '2025-01-01', '人社', '2025-01-01', 'plain', 'owner', id, 2 from sent`)
    const pension = { fact: 'pension', personId: idOf(1), value: 1, version: 1 }
    expect((await put('advisor', pension)).body).toEqual({ version: 2, inForce: false })
    const id = await by.asked('advisor', [{ personId: 1, field: 'fact:pension', after: 90_000 }])
    expect(await codeOf(by.step('township', id, 'approval'))).toBe(200)
    // Decided: it is in force, and what the department said lies beside with the reason.
    const { body } = await by.read('advisor', `/households/${idOf(1)}`)
    expect(body.facts.find((one: { fact: string }) => one.fact === 'pension')).toMatchObject({
      value: 90_000,
      kind: 'resident',
      others: [
        {
          kind: 'owner',
          because: 'settled',
          settled: { because: `同意更正申请第 ${id} 号` },
        },
        { kind: 'visit', because: 'settled' },
      ],
    })
  })
})

describe('two requests for the same field', () => {
  const two = async () =>
    [
      await by.asked('advisor', [rename]),
      await by.asked('colleague', [
        { ...rename, after: '钱太' },
        { personId: 1, field: 'phone', after: '13911112222' },
      ]),
    ] as const
  const others = (id: number, becomes: string) => ({ others: [{ id, version: 1, becomes }] })

  test('are shown on both, and one is not agreed to before it is said what becomes of the other', async () => {
    const [first, second] = await two()
    for (const [id, other] of [
      [first, second],
      [second, first],
    ] as const)
      expect((await by.read('township', `/change-requests/${id}`)).body.conflicts).toMatchObject([
        { id: other, fieldNames: ['姓名'], mine: false },
      ])
    expect(await codeOf(by.step('township', first, 'approval'))).toBe('request-conflicts')
    expect(await codeOf(by.step('township', first, 'approval', others(999, 'refused')))).toBe(
      'request-conflicts',
    )
  })

  test('the other is refused with it', async () => {
    const [first, second] = await two()
    expect(await codeOf(by.step('township', first, 'approval', others(second, 'refused')))).toBe(
      200,
    )
    expect((await by.read('colleague', `/change-requests/${second}`)).body).toMatchObject({
      state: 'refused',
      events: [
        { kind: 'asked' },
        { kind: 'refused', because: expect.stringContaining(`第 ${first} 号`) as string },
      ],
    })
  })

  test('or rebased, and looked at again', async () => {
    const [first, second] = await two()
    expect(await codeOf(by.step('township', first, 'approval', others(second, 'rebased')))).toBe(
      200,
    )
    const { body } = await by.read('township', `/change-requests/${second}`)
    expect(body).toMatchObject({ state: 'open', conflicts: [] })
    expect(body.items[0]).toMatchObject({ before: '钱大', now: '钱大', after: '钱太' })
    expect(await codeOf(by.step('township', second, 'approval'))).toBe(200)
  })

  test('are none where they touch different fields, or different people', async () => {
    const first = await by.asked('advisor', [rename])
    await by.asked('advisor', [{ personId: 2, field: 'name', after: '钱大' }], 2)
    await by.asked('advisor', [{ personId: 1, field: 'phone', after: '13911112222' }])
    expect((await by.read('township', `/change-requests/${first}`)).body.conflicts).toEqual([])
  })
})

describe('a request', () => {
  test('comes back with why, and is handed in again; what is not written anew stays', async () => {
    const number = { personId: 1, field: 'id-number', after: freeNumber('10') }
    const id = await by.asked('advisor', [rename, number])
    const back = { decision: 'returned', because: '复印件看不清' }
    expect(await codeOf(by.step('advisor', id, 'decision', back))).toBe('forbidden')
    expect(await codeOf(by.step('township', id, 'decision', back))).toBe(200)
    expect(await codeOf(by.step('township', id, 'approval'))).toBe('request-changed')
    // The sex that the number says came with it, though none was on record.
    const form = {
      ...evidence,
      items: by.real([
        { ...rename, after: '钱太' },
        { personId: 1, field: 'id-number' },
        { personId: 1, field: 'fact:sex' },
      ]),
    }
    expect(await codeOf(by.step('colleague', id, 'amendment', form))).toBe('forbidden')
    expect(await codeOf(by.step('advisor', id, 'amendment', form))).toBe(200)
    const { body } = await by.read('township', `/change-requests/${id}`, '审核更正申请')
    expect(body.events.map(({ kind }: { kind: string }) => kind)).toEqual([
      'asked',
      'returned',
      'amended',
    ])
    expect(body.items).toMatchObject([
      { field: 'name', after: '钱太' },
      { field: 'id-number', after: number.after },
      { field: 'fact:sex', before: null },
    ])
  })

  test('is refused with why, or withdrawn by whoever asked and nobody else', async () => {
    const [first, second] = [
      await by.asked('advisor', [rename]),
      await by.asked('advisor', [rename]),
    ]
    const no = { decision: 'refused', because: '户口簿上没有改' }
    expect(await codeOf(by.step('township', first, 'decision', no))).toBe(200)
    expect(await codeOf(by.step('township', second, 'withdrawal'))).toBe('forbidden')
    expect(await codeOf(by.step('advisor', second, 'withdrawal'))).toBe(200)
    expect(
      await rows(
        `select state from app.change_request where household_id = ${idOf(1)} order by id`,
      ),
    ).toEqual([{ state: 'refused' }, { state: 'withdrawn' }])
  })

  test('of an official is decided by another official', async () => {
    const id = await by.asked('township', [rename])
    expect(await codeOf(by.step('township', id, 'approval'))).toBe('request-own')
    expect(await codeOf(by.step('otherOfficial', id, 'approval'))).toBe(200)
  })

  test('of somebody who has left the household is not agreed to', async () => {
    const id = await by.asked('advisor', [rename])
    await rows(`update app.member set superseded_at = now() where person_id = ${idOf(1)}`)
    expect(await codeOf(by.step('township', id, 'approval'))).toBe('request-person-left')
  })
})
