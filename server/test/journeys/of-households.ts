import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { resumeDeliveries } from '../../src/features/exchange/jobs.ts'
import { putHousehold } from '../../src/features/leads/test-households.ts'
import { asActor, asOwner } from '../../src/platform/db/actor.ts'
import { openJobList } from '../../src/platform/jobs.ts'
import { today } from '../running-qiao.ts'
import { late, numberOf, type Steward } from './delivering.ts'

const committee = '310118004001'
const headings = '证件号码,姓名,有效居住证,生活用机动车,城镇户口连续年数'

/** Facts of households, in the files that tell facts of persons as well. */
export function ofHouseholds(steward: () => Steward): void {
  const { handIn, checked, applied, step, rowsOf, send, rows, settled } = late(steward)

  /** Households 301 to 306 of two: the head bears the household's number, the spouse that plus 100. */
  beforeAll(async () => {
    const { running } = steward()
    const { owner } = running.db
    await asOwner(owner, async (tx) => {
      await sql`insert into app.area (id, parent_id, level, name) values
        ('310118004', '310118', 'township', '试街道'), (${committee}, '310118004', 'committee', '试居委')
        on conflict do nothing`.execute(tx)
    })
    for (let id = 301; id <= 306; id++) {
      await putHousehold(owner, id, committee)
      await owner.pool.query(
        `insert into app.person (id, household_id, area_id, name) values ($1, $2, $3, $4)`,
        [id + 100, id, committee, `配偶${id}`],
      )
      await owner.pool.query(
        `insert into app.member (household_id, area_id, person_id, relation, valid_from)
         values ($1, $2, $3, '10', '2020-01-01')`,
        [id, committee, id + 100],
      )
      for (const person of [id, id + 100]) {
        const { sealed, index } = running.cipher.seal('id-number', numberOf(person))
        await owner.pool.query(
          'update app.person set id_number_enc = $2, id_number_index = $3 where id = $1',
          [person, sealed, index],
        )
      }
    }
    await asActor(running.db.app, await running.db.jobToken(), (tx) =>
      sql`select app.refresh_current(array[301, 302, 303, 304, 305, 306], ${today}::date, 35)`.execute(
        tx,
      ),
    )
  })

  const csv = (...lines: string[]) => `${headings}\n${lines.join('\n')}\n`
  const head = (id: number, ...cells: string[]) => `${numberOf(id)},户主${id},${cells.join(',')}`
  const spouse = (id: number, ...cells: string[]) =>
    `${numberOf(id + 100)},配偶${id},${cells.join(',')}`
  const of = (about: { onDay?: string; source?: string } = {}) => ({ source: 'gongan', ...about })
  const known = (id: number, fact = 'has_vehicle') =>
    rows(`select value, source, verified_on::text as day, delivery_row as row, person_id::int as person from app.fact
      where household_id = ${id} and fact = '${fact}' and superseded_at is null`)
  const wide = async (id: number) =>
    (
      await rows(`select f_has_vehicle as car, f_urban_hukou_years::int as years from app.household_current
      where household_id = ${id}`)
    )[0]

  describe('a file with facts of households', () => {
    let id: number

    test('says in its template whose they are: those of persons first, then those of households', async () => {
      const { items } = await send('GET /api/sources')
      const { fields, template } = items.find((one: { id: string }) => one.id === 'gongan')
      expect(fields.map((one: { id: string }) => one.id)).toEqual(
        expect.arrayContaining(['residence_permit', 'has_vehicle', 'urban_hukou_years']),
      )
      expect(fields.some((one: { id: string }) => one.id.startsWith('status_'))).toBe(false)
      expect(template).toContain('城镇户口连续年数(年)')
      expect(template.indexOf('生活用机动车')).toBeGreaterThan(template.indexOf('有效居住证'))
    })

    test('is checked: two members who say the same are one fact, two who differ wait, each with the reason', async () => {
      id = await handIn(
        csv(
          head(301, '是', '否', '20'),
          spouse(301, '是', '否', ''),
          head(302, '是', '是', '10'),
          spouse(302, '是', '否', '10'),
          head(303, '是', '', '5'),
          `${numberOf(999)},陌生人,是,否,`,
        ),
        of(),
      )
      expect(await checked(id)).toMatchObject({ applied: 3, unchanged: 0, held: 3, refused: 0 })
      expect(await rowsOf(id)).toMatchObject([
        { row: 4, reason: 'members-differing', mayBeTaken: true },
        { row: 5, reason: 'members-differing', mayBeTaken: true },
        { row: 7, reason: 'not-on-record', mayBeTaken: false },
      ])
      expect(await known(301)).toEqual([])
      const same = await handIn(csv(head(304, '', '否', ''), spouse(304, '', '否', '')), of())
      await checked(same)
      expect(await rowsOf(same, 'applied')).toMatchObject([{ row: 2 }])
      expect(await rowsOf(same, 'unchanged')).toMatchObject([{ row: 3, reason: 'in-another-row' }])
      await step(same, { step: 'discard' })
    })

    test('is written: of the household what is the household’s, of the person what is theirs, and matching reads it', async () => {
      await step(id, { step: 'apply' })
      expect(await known(301)).toEqual([
        { value: false, source: '公安', day: '2025-05-20', row: 2, person: null },
      ])
      expect((await known(301, 'residence_permit')).map(({ person }) => person)).toEqual([301, 401])
      expect(await wide(301)).toEqual({ car: false, years: 20 })
      expect(await wide(303)).toEqual({ car: null, years: 5 })
      expect(await known(302)).toEqual([])
    })

    test('gives what waits with a contradiction no lesser word: what is taken is written whole', async () => {
      await send(`POST /api/deliveries/${id}/rows/4/decision`, { decision: 'leave' })
      await send(`POST /api/deliveries/${id}/rows/5/decision`, { decision: 'apply' })
      await step(id, { step: 'apply' })
      expect(await known(302)).toMatchObject([{ value: false, row: 5 }])
      expect(await known(302, 'urban_hukou_years')).toMatchObject([{ value: 10, row: 5 }])
      expect(await wide(302)).toEqual({ car: false, years: 10 })
    })

    test('the same once more changes nothing, by whichever member', async () => {
      const before = await rows('select id, superseded_at from app.fact order by id')
      const again = await applied(
        await handIn(csv(head(301, '是', '否', '20'), spouse(302, '是', '否', '10')), of()),
      )
      expect(again).toMatchObject({ applied: 0, unchanged: 2 })
      expect(await rows('select id, superseded_at from app.fact order by id')).toEqual(before)
    })

    test('of an earlier day overwrites nothing; of a later day, by the other member, it does', async () => {
      const old = await applied(
        await handIn(csv(spouse(301, '', '是', '')), of({ onDay: '2025-04-01' })),
      )
      expect(await rowsOf(old.id, 'unchanged')).toMatchObject([{ reason: 'known-later' }])
      expect(await wide(301)).toMatchObject({ car: false })
      const later = await applied(
        await handIn(csv(spouse(301, '', '是', '')), of({ onDay: '2025-05-25' })),
      )
      expect(later.applied).toBe(1)
      expect(await wide(301)).toEqual({ car: true, years: 20 })
      await step(later.id, { step: 'undo' })
      expect(await known(301)).toMatchObject([{ value: false, day: '2025-05-20', person: null }])
      expect(await wide(301)).toEqual({ car: false, years: 20 })
      expect(await rowsOf(later.id, 'undone')).toMatchObject([{ row: 2 }])
    })

    test('goes before what staff found, which lies beside', async () => {
      await asActor(steward().running.db.app, await steward().running.db.jobToken(), (tx) =>
        sql`select app.record_fact(303, null, 'has_vehicle', 'true', '2025-05-20', '入户核实', null,
          '2025-05-20', null)`.execute(tx),
      )
      await applied(await handIn(csv(head(303, '', '否', '')), of()))
      expect(await known(303)).toMatchObject([{ value: false, person: null }])
      expect(
        await rows(
          `select value, kind from app.other_word where household_id = 303 and superseded_at is null`,
        ),
      ).toEqual([{ value: true, kind: 'visit' }])
    })

    test('goes nowhere where whoever it named has left the household since the check', async () => {
      const late = await handIn(csv(head(304, '', '是', ''), spouse(305, '', '是', '')), of())
      await checked(late)
      await steward().running.db.owner.pool.query(
        `update app.member set superseded_at = now() where person_id = 405`,
      )
      await step(late, { step: 'apply' })
      expect(await known(304)).toMatchObject([{ value: true }])
      expect(await known(305)).toEqual([])
      expect(await rowsOf(late, 'unchanged')).toMatchObject([
        { row: 3, reason: 'changed-meanwhile' },
      ])
    })

    test('that was cut off in the middle goes on where it was', async () => {
      const cut = await handIn(
        csv(head(305, '', '否', ''), spouse(306, '', '否', '7')),
        of({ onDay: '2025-05-28' }),
      )
      await checked(cut)
      const { db } = steward().running
      await asActor(db.app, steward().token, (tx) =>
        sql`select app.step_delivery(${cut}, 'checked', 'applying')`.execute(tx),
      )
      const token = await db.jobToken()
      await asActor(db.app, token, (tx) =>
        sql`select app.apply_delivered(${cut}, 0, 1, 0, 1, ${today}, 35)`.execute(tx),
      )
      expect([(await known(305)).length, (await known(306)).length]).toEqual([1, 0])
      const jobs = await openJobList(db.owner)
      await resumeDeliveries({ db: db.app, programToken: async () => token }, jobs)
      await jobs.close()
      expect(await settled(cut)).toMatchObject({ state: 'applied', applied: 2 })
      expect(await wide(306)).toEqual({ car: false, years: 7 })
    })

    test('leaves in the wide rows what a whole making anew leaves', async () => {
      const all = () =>
        rows(`select to_jsonb(household) - 'known_at' - 'next_expiry' as row from app.household_current household
          where household_id in (301, 302, 304, 306) order by household_id`)
      const after = await all()
      await asActor(steward().running.db.app, await steward().running.db.jobToken(), (tx) =>
        sql`select app.refresh_current(array[301, 302, 303, 304, 305, 306], ${today}::date, 35)`.execute(
          tx,
        ),
      )
      expect(after).toEqual(await all())
    })
  })
}
