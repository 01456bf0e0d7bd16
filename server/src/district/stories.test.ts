import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, runQiao, type RunningQiao, today } from '../../test/running-qiao.ts'
import { demoAccounts } from '../features/staff/demo-accounts.ts'
import { loadDistrict } from './load.ts'

/** The demonstration as `npm start` makes it, after its first matching run. */
let running: RunningQiao
beforeAll(async () => {
  running = await runQiao('demo')
  const seal = (field: string, text: string) => {
    const bytes = Buffer.from(`${field} ${text}`)
    return { sealed: bytes, index: bytes }
  }
  await loadDistrict({ owner: running.db.owner, seal }, { residents: 20_000, seed: 1, today })
  await running.qiao.matching.run('test')
}, 180_000)
afterAll(() => running.close())

/** The lines of a query about the household whose story has this person. */
async function tell(person: string, query: string): Promise<string[]> {
  const { rows } = await running.db.owner.pool.query<{ line: string }>(
    `with story as (
       select household.id from app.household join app.person on person.household_id = household.id
       where person.name = $1 and story like '演示故事（人物、地址均为虚构）：%'
     ) ${query} order by 1`,
    [person],
  )
  return rows.map(({ line }) => line)
}

/** What stands on the lead: verdict, programme, for whom, yuan or who sets the amount. */
const leadOf = (person: string) =>
  tell(
    person,
    `select concat_ws(' ', verdict, programme, name, coalesce((amount_min / 100)::text, amount_kind)) as line
     from app.lead_line left join app.person on person.id = person_id
     where lead_line.household_id in (select id from story)`,
  )

const sureOf = async (person: string) =>
  (await leadOf(person)).filter((line) => line.startsWith('eligible'))

/** Entitled as far as the facts go, with no complete roll to say whether it is drawn: 领取待核. */
const receiptUnknown = (person: string) =>
  tell(
    person,
    `select distinct programme as line from app.answer
     where household_id in (select id from story) and superseded_at is null
       and verdict = 'eligible' and cardinality(via) = 0
       and programme not in (select programme from app.award where household_id = answer.household_id)
       and not exists (select from app.roll where roll.programme = answer.programme and complete
         and starts_with(answer.area_id, roll.area_id))`,
  )

/** What would follow once something else is confirmed: 确认后随之可得. */
const follows = (person: string) =>
  tell(
    person,
    `select distinct programme || ' after ' || array_to_string(via, ', ') as line from app.answer
     where household_id in (select id from story) and superseded_at is null and cardinality(via) > 0`,
  )

describe('what the advisor finds in each story', () => {
  test('the young woman who is left alone: dibao, and what opens with it', async () => {
    expect(await leadOf('顾晓雯')).toEqual([
      'eligible dibao 1595',
      'eligible zhichu-shenghuo official',
    ])
    expect(await follows('顾晓雯')).toEqual([
      'liangyou after dibao',
      'qwrbwj after dibao, zhichu-shenghuo',
      'yiliao-menzhen after dibao',
      'zizhu-canbao after dibao',
    ])
  })

  test('the paralysed man of 49 with old parents: living aid, nursing allowance, the edge', async () => {
    expect(await leadOf('陆建明')).toEqual([
      'eligible canji-huli 陆建明 300',
      'eligible edge-household none',
      'eligible zhichu-shenghuo official',
      'eligible zhongcan-wuye 陆建明 2075',
    ])
    expect(await follows('陆建明')).toContain('canji-shenghuo after zhongcan-wuye, edge-household')
  })

  test('the man of 76 who cannot pay for a home: the edge, which opens the care allowance', async () => {
    expect(await leadOf('周祥生')).toEqual(['eligible edge-household none'])
    expect(await follows('周祥生')).toEqual(['yanglao-butie after edge-household'])
    expect(await receiptUnknown('周祥生')).toContain('changhu')
  })

  test('the boy of 12 in a dibao family: nothing is missing but grain and oil', async () => {
    expect(await sureOf('钱子轩')).toEqual([
      'eligible liangyou 沈美华 72',
      'eligible liangyou 钱子轩 72',
    ])
  })

  test('the boy of 7 with two severely disabled parents: the allowance nobody claimed', async () => {
    expect(await sureOf('朱浩宇')).toEqual([
      'eligible kunjing-ertong 朱浩宇 3200',
      'eligible zhichu-shenghuo official',
    ])
    // Both parents draw regular aid; how the others then count is for the township.
    expect(await leadOf('朱浩宇')).toContain('unknown dibao 5265')
    expect(await tell('朱浩宇', hukouOfStory)).toEqual(['"2"', '"2"', '"2"'])
  })

  test('the graduate of a dibao family who looks for work: the subsidy of 1,000 yuan', async () => {
    expect(await leadOf('杨梦婷')).toEqual(['eligible qiuzhi-butie 杨梦婷 1000'])
  })

  test('the girl with leukaemia: aid for spending, and four more with receipt to be asked', async () => {
    expect(await leadOf('俞梓涵')).toEqual(['eligible zhichu-shenghuo official'])
    expect(await receiptUnknown('俞梓涵')).toEqual([
      'dabing',
      'gangxing',
      'shaoer-zhuyuan',
      'yiliao-zhuyuan',
    ])
  })
})

const hukouOfStory = `select value::text as line from app.fact
  where household_id in (select id from story) and fact = 'hukou'`

type Found = Readonly<{
  head: string
  householdId: number
  area: Readonly<{ id: string }>
  lines: readonly Readonly<{ programme: string; verdict: string }>[]
}>

/** The open leads that somebody with this demonstration account sees. */
async function worklist(username: string): Promise<readonly Found[]> {
  const account = demoAccounts.find((one) => one.username === username)
  if (!account) throw new Error(`no demonstration account ${username}`)
  const { token } = await running.db.sessionFor(account)
  const { body } = await ask(running.http, 'GET /api/leads?size=100', { token })
  return body.items
}

/** The household of a story: the township and the district see its head's family name only. */
const householdOf = async (person: string): Promise<number> =>
  Number((await tell(person, 'select id::text as line from story'))[0])

const sure = ({ lines }: Found) => lines.some(({ verdict }) => verdict === 'eligible')
const programmes = (leads: readonly Found[]) =>
  new Set(leads.flatMap(({ lines }) => lines.map(({ programme }) => programme)))

describe('what a newcomer sees', () => {
  test('the first advisor has a dozen leads and more, of many programmes, five of them stories', async () => {
    const leads = await worklist('guwen')
    expect(leads.length).toBeGreaterThanOrEqual(15)
    expect(leads.length).toBeLessThanOrEqual(40)
    expect(leads.filter(sure).length).toBeGreaterThanOrEqual(9)
    expect(programmes(leads).size).toBeGreaterThanOrEqual(10)
    const told = ['顾晓雯', '陆根福', '周祥生', '朱永华', '诸惠芳']
    expect(leads.map(({ head }) => head)).toEqual(expect.arrayContaining(told))
  })

  test('the township sees the first advisor’s leads and those of the committees beside', async () => {
    const [own, whole] = [await worklist('guwen'), await worklist('jiezhen')]
    expect(whole.length).toBeGreaterThan(own.length + 5)
    const seen = whole.map(({ householdId }) => householdId)
    expect(seen).toContain(await householdOf('沈美华'))
    expect(seen).not.toContain(await householdOf('俞志强'))
    expect(whole.map(({ head }) => head)).toContain('沈○○')
  })

  test('the district sees leads in every township', async () => {
    const leads = await worklist('qu')
    expect(new Set(leads.map(({ area }) => area.id.slice(0, 9))).size).toBe(11)
    expect(leads.map(({ householdId }) => householdId)).toContain(await householdOf('俞志强'))
  })
})
