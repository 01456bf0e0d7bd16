import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { readKept } from '../../src/features/eligibility/kept.ts'
import { makeReplayer } from '../../src/features/eligibility/replay.ts'
import { putAward, putFacts, putHousehold } from '../../src/features/leads/test-households.ts'
import { publishedPack } from '../../src/features/policies/load.ts'
import { asActor } from '../../src/platform/db/actor.ts'
import { late, numberOf, type Steward } from './delivering.ts'

/** A township of its own, of which nobody has said who receives what. */
const township = '310118003'
const committee = '310118003001'
const allowance = 'laonian-jintie'
const whole = (programme = allowance) => ({ programme, areaId: township, complete: true })
const named = (...ids: number[]) => ids.map((id) => `${numberOf(id)},户主${id}`)
const csv = (...lines: string[]) => `身份证号,姓名\n${lines.join('\n')}\n`

export function rolls(steward: () => Steward): void {
  const { handIn, checked, applied, step, rowsOf, send, rows } = late(steward)

  /** Elders of 75 of the city, all entitled to the old-age allowance; of 201 and 202 it is on record. */
  beforeAll(async () => {
    const { running } = steward()
    const { owner } = running.db
    for (let id = 201; id <= 208; id++) {
      await putHousehold(owner, id, committee)
      const { sealed, index } = running.cipher.seal('id-number', numberOf(id))
      await owner.pool.query(
        'update app.person set id_number_enc = $2, id_number_index = $3 where id = $1',
        [id, sealed, index],
      )
      const facts = { birth_date: '1950-01-01', hukou: '1' }
      await putFacts(owner, id, [{ personId: id, facts }])
    }
    await putAward(owner, 201, allowance, { personId: 201 })
    await putAward(owner, 202, allowance, { personId: 202 })
    await running.qiao.matching.run('by hand')
  })

  const awardsOf = (id: number, programme = allowance) =>
    rows(`select state, valid_from::text as from, valid_to::text as to, source from app.award
      where household_id = ${id} and programme = '${programme}' and superseded_at is null order by valid_from`)
  const linesOf = async () =>
    (
      await rows(`select household_id::int as id from app.lead_line
        where programme = '${allowance}' and area_id = '${committee}' and state = 'open' order by 1`)
    ).map(({ id }) => id)
  const speaks = async (programme = allowance, onDay = '2025-05-31') =>
    (
      await rows(
        `select complete from app.roll where programme = '${programme}' and area_id = '${township}' and on_day = '${onDay}'`,
      )
    )[0]?.complete

  describe('a roll of who receives a programme', () => {
    let id: number

    test('that is not of a programme in force, of no area, or of tomorrow is refused before a file is sent', async () => {
      const announce = (roll: object, onDay = '2025-05-31') =>
        steward().call('POST /api/deliveries', {
          source: 'minzheng',
          fileName: '名册.csv',
          bytes: 9,
          onDay,
          roll,
        })
      const messages = [
        (await announce({ ...whole(), programme: 'mei-you' })).body.errors[0].message,
        (await announce({ ...whole(), areaId: '310118999' })).body.errors[0].message,
        (await announce(whole(), '2025-06-02')).body.errors[0].message,
      ]
      expect(messages).toEqual([
        '没有这项政策：mei-you',
        '没有这个区划代码：310118999',
        '日期不能晚于今天',
      ])
    })

    test('shows what it would change, and whose award would end, before anything is written', async () => {
      id = await handIn(
        csv(
          ...named(201, 203, 203),
          `${numberOf(204)},另一人`,
          `${numberOf(205).slice(0, 17)}?,户主205`,
        ),
        { source: 'minzheng', onDay: '2025-05-31', roll: whole() },
      )
      const { ending, unsettled, roll, fields } = await checked(id)
      expect({ ending, unsettled }).toEqual({ ending: 1, unsettled: 2 })
      expect(roll).toMatchObject({ programmeName: '老年综合津贴', complete: true })
      expect(fields.map(({ name }: { name: string }) => name)).toEqual([
        '证件号码',
        '姓名',
        '享受起始日期',
        '享受终止日期',
      ])
      expect(await rowsOf(id, 'unchanged')).toMatchObject([
        { row: 2, reason: 'known' },
        { row: 4, reason: 'in-another-row' },
      ])
      expect(await rowsOf(id, 'absent')).toMatchObject([
        { outcome: 'applied', name: '户主202', mayBeLeft: true },
      ])
      expect(await awardsOf(203)).toEqual([])
    })

    test('ends awards only when the steward has seen how many', async () => {
      const { body } = await steward().call(`POST /api/deliveries/${id}/steps`, { step: 'apply' })
      expect(body).toMatchObject({
        code: 'roll-ends-awards',
        detail: expect.stringContaining('1 人'),
      })
    })

    test('gives awards, ends those it lacks, and speaks of nobody while a row is open', async () => {
      expect((await step(id, { step: 'apply', ending: 1 })).state).toBe('applied')
      expect(await awardsOf(203)).toEqual([
        { state: 'receiving', from: '2025-05-31', to: null, source: '民政' },
      ])
      expect(await awardsOf(202)).toEqual([
        { state: 'receiving', from: '2024-01-01', to: '2025-05-30', source: '民政' },
        { state: 'ended', from: '2025-05-31', to: null, source: '民政' },
      ])
      expect(await speaks()).toBe(false)
      expect(await linesOf()).toEqual([])
    })

    test('speaks once every row is settled: whoever is entitled and not on it becomes a lead', async () => {
      const [misnamed] = await rowsOf(id)
      await send(`POST /api/deliveries/${id}/rows/${misnamed.row}/decision`, { decision: 'apply' })
      const [unread] = await rowsOf(id, 'refused')
      expect(unread).toMatchObject({ mayBeTaken: false, mayBeLeft: true })
      await send(`POST /api/deliveries/${id}/rows/${unread.row}/decision`, { decision: 'leave' })
      expect(await send(`GET /api/deliveries/${id}`)).toMatchObject({
        unsettled: 0,
        steps: ['apply', 'undo'],
      })
      await step(id, { step: 'apply' })
      expect(await speaks()).toBe(true)
      expect(await awardsOf(204)).toMatchObject([{ state: 'receiving' }])
      await expect.poll(linesOf, { timeout: 20_000 }).toEqual([202, 205, 206, 207, 208])
      await expect
        .poll(async () => (await send(`GET /api/deliveries/${id}`)).found, { timeout: 20_000 })
        .toBe(5)
    })

    test('the same once more changes nothing', async () => {
      const before = await rows('select id, superseded_at from app.award order by id')
      const again = await applied(
        await handIn(csv(...named(201, 203, 204)), {
          source: 'minzheng',
          onDay: '2025-05-31',
          roll: whole(),
        }),
      )
      expect(again).toMatchObject({ applied: 0, unchanged: 3, ending: 0 })
      expect(await rows('select id, superseded_at from app.award order by id')).toEqual(before)
    })

    test('of an earlier day overrules nothing that a later one says, and ends nothing', async () => {
      const old = await handIn(csv(...named(205)), {
        source: 'minzheng',
        onDay: '2025-04-30',
        roll: whole(),
      })
      expect(await checked(old)).toMatchObject({ applied: 0, unchanged: 1, ending: 0 })
      expect(await rowsOf(old, 'unchanged')).toMatchObject([{ reason: 'known-later' }])
      await step(old, { step: 'discard' })
    })

    test('that is partial gives awards with the days it names, and ends none', async () => {
      const file = `证件号码,起始日期,到期日期\n${numberOf(206)},2025-02-01,2025-12-31\n${numberOf(207)},2025-06-09,\n`
      const partial = await applied(
        await handIn(file, {
          source: 'minzheng',
          onDay: '2025-06-01',
          roll: { ...whole(), complete: false },
        }),
      )
      expect(partial).toMatchObject({ applied: 1, refused: 1, ending: 0 })
      expect(await awardsOf(206)).toEqual([
        { state: 'receiving', from: '2025-02-01', to: '2025-12-31', source: '民政' },
      ])
      expect(await rowsOf(partial.id, 'refused')).toMatchObject([
        { column: '起始日期', reason: '晚于名册日期，当天尚未享受', mayBeLeft: true },
      ])
      await expect.poll(linesOf, { timeout: 20_000 }).toEqual([202, 205, 207, 208])
    })

    test('is taken back: it falls silent, and what stood before stands again', async () => {
      expect((await step(id, { step: 'undo' })).state).toBe('undone')
      expect(await speaks()).toBe(false)
      expect(await awardsOf(202)).toEqual([
        { state: 'receiving', from: '2024-01-01', to: null, source: '民政' },
      ])
      expect(await awardsOf(203)).toEqual([])
      await expect.poll(linesOf, { timeout: 20_000 }).toEqual([])
    })
  })

  test('a roll of a status that policies ask of the household is the household’s, and others are known not to have it', async () => {
    await applied(
      await handIn(csv(...named(208)), {
        source: 'minzheng',
        onDay: '2025-05-31',
        roll: whole('dibao'),
      }),
    )
    const [award] = await rows(
      `select person_id from app.award where household_id = 208 and programme = 'dibao'`,
    )
    expect(award.person_id).toBeNull()
    expect(
      await rows(
        'select f_status_dibao as dibao from app.household_current where household_id in (207, 208) order by household_id',
      ),
    ).toEqual([{ dibao: false }, { dibao: true }])
  })

  test('an award that somebody records after the check is left, and one that a roll lacks may be left standing', async () => {
    const id = await handIn(csv(...named(205)), {
      source: 'minzheng',
      onDay: '2025-05-31',
      roll: whole('tekun'),
    })
    const { running } = steward()
    await putAward(running.db.owner, 203, 'tekun', { personId: 203 })
    expect((await checked(id)).ending).toBe(1)
    const [standing] = await rowsOf(id, 'absent')
    await send(`POST /api/deliveries/${id}/rows/${standing.row}/decision`, { decision: 'leave' })
    await asActor(running.db.app, await running.db.jobToken(), (tx) =>
      sql`select app.record_award(205, 205, 'tekun', 'ended', '2025-06-01', null, '街镇')`.execute(
        tx,
      ),
    )
    expect(await step(id, { step: 'apply', ending: 0 })).toMatchObject({ applied: 0 })
    expect(await awardsOf(203, 'tekun')).toMatchObject([{ state: 'receiving' }])
    expect(await awardsOf(205, 'tekun')).toMatchObject([{ state: 'ended', source: '街镇' }])
    expect(await rowsOf(id, 'unchanged')).toMatchObject([{ row: 2, reason: 'changed-meanwhile' }])
  })

  test('every answer given while rolls came, spoke and fell silent is found again, to the byte', async () => {
    const { running } = steward()
    const different = await running.qiao.matching.asProgram(async (tx) => {
      const replayer = makeReplayer({ publishedPack })
      const found: unknown[] = []
      for (let household = 201; household <= 208; household++)
        for (const kind of ['answer', 'undecided'] as const)
          for (const kept of await readKept(tx, kind, { householdId: household }))
            found.push((await replayer.replay(tx, kept)).equal || { household, kept })
      expect(found.length).toBeGreaterThan(20)
      return found.filter((one) => one !== true)
    })
    expect(different).toEqual([])
  })

  test.each([
    'match_delivery(1)',
    'match_roll(1)',
    'note_delivery(1, 1, 1)',
    'put_roll(1)',
    'silence_roll(1)',
    ...['apply_delivered', 'apply_roll', 'undo_delivered', 'undo_roll', 'refresh_roll_area'].map(
      (name) => `${name}(1, 0, 1, 0, 1, '2025-06-01', 35)`,
    ),
  ])('a steward cannot do what is the program’s: app.%s', async (call) => {
    const { running, token } = steward()
    await expect(
      asActor(running.db.app, token, (tx) => sql`select ${sql.raw(`app.${call}`)}`.execute(tx)),
    ).rejects.toThrow('only the program takes in deliveries')
  })
}
