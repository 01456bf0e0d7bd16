import { addMonths, dayFromText, textFromDay } from '@qiao/rules'
import type pg from 'pg'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import { noWords, type ServiceContent } from './service.ts'

type Tier = 'high' | 'middle' | 'low'
type Past = Readonly<
  Partial<ServiceContent> & {
    ago: number
    next?: number
    said?: string
    seen?: string
    nextStep?: string
  }
>

/** What was done for one household after another; then it begins anew. Days are counted back from the day of the demonstration. */
const stories: readonly Readonly<{ tier: Tier | null; past: readonly Past[] }>[] = [
  {
    tier: 'high',
    past: [
      {
        ago: 43,
        said: '腿脚不便，买菜要人带。',
        seen: '卫生间没有扶手，地面湿滑。',
        flags: ['fall-risk'],
      },
      { ago: 11, method: 'phone', said: '说近来睡不好。' },
    ],
  },
  {
    tier: 'middle',
    past: [{ ago: 98, said: '想了解护理补贴怎么办。', services: ['policy-guidance'] }],
  },
  {
    tier: 'high',
    past: [
      { ago: 26, said: '儿子每月来一次。', seen: '室内整洁，煤气阀门老化。', flags: ['fire-risk'] },
      { ago: 2, outcome: 'nobody-home' },
    ],
  },
  { tier: 'low', past: [{ ago: 60, said: '身体还好。' }] },
  {
    tier: null,
    past: [
      {
        ago: 6,
        next: 0,
        said: '户口簿在女儿那里。',
        nextStep: '看户口簿，带临时救助申请表。',
        services: ['policy-guidance'],
      },
    ],
  },
  {
    tier: 'high',
    past: [
      {
        ago: 29,
        said: '不大愿意说话。',
        seen: '窗帘整日拉着。',
        flags: ['low-mood'],
        services: ['social-inclusion'],
      },
    ],
  },
  {
    tier: 'middle',
    past: [
      { ago: 88, said: '想把低保证换到现在的居委。' },
      { ago: 20, method: 'phone', said: '在等居委的答复。' },
    ],
  },
  {
    tier: null,
    past: [{ ago: 9, next: 2, outcome: 'put-off', nextStep: '约好上午再去。' }],
  },
]

/**
 * Puts tiers and records of some households of each advisor of a demonstration, who are invented as they are; only for a
 * database of mode demo, at each start, once its district is there. Where anything is on record it changes nothing.
 */
export async function makeDemoVisits(
  owner: Pick<pg.ClientBase, 'query'>,
  { seal, today }: Readonly<{ seal: FieldCipher['seal']; today: string }>,
): Promise<void> {
  const { rows } = await owner.query<{ household: number; staffId: string; head: number | null }>(
    `select household.id as household, staff.id as "staffId", (
       select person_id from app.member where household_id = household.id and superseded_at is null and valid_to is null
       order by relation <> '02', person_id limit 1) as head
     from (select max(name) as name, area_id from app.staff where role = 'advisor' and active group by area_id) first
     join app.staff on staff.name = first.name and staff.area_id = first.area_id
     cross join lateral (select id from app.household where area_id = staff.area_id order by id limit 16) household
     where not exists (select from app.service_record) order by household.id`,
  )
  const now = dayFromText(today) ?? 0
  for (const [place, one] of rows.entries()) {
    const story = stories[place % stories.length]
    if (!story) continue
    if (story.tier)
      await owner.query(
        `insert into app.visit_tier (household_id, tier, because, from_day, recorded_at, recorded_by) values ($1, $2, $3, $4::date, $4::date, null)`,
        [one.household, story.tier, '演示用：街镇会商确定。', textFromDay(addMonths(now, -6))],
      )
    // Not all of a kind on one day.
    const later = place < stories.length ? 0 : 3
    for (const past of story.past) await putRecord(owner, { ...one, past, now: now - later, seal })
  }
}

type Put = Readonly<{
  household: number
  staffId: string
  head: number | null
  past: Past
  now: number
  seal: FieldCipher['seal']
}>

async function putRecord(
  owner: Pick<pg.ClientBase, 'query'>,
  { household, staffId, head, past, now, seal }: Put,
): Promise<void> {
  const { ago, next, said = '', seen = '', nextStep = '' } = past
  const outcome = past.outcome ?? 'met'
  const { sealed } = seal('service', JSON.stringify({ ...noWords, said, seen, next: nextStep }))
  const day = textFromDay(now - ago)
  await owner.query(
    `insert into app.service_record (id, number, version, household_id, person_ids, on_day, method, outcome, services, programmes,
       materials, flags, next_day, words_enc, made_by, made_at)
     overriding system value
     select id, id, 1, $1, $2, $3, $4, $5, $6, '{}', '[]', $7, $8, $9, $10, $11
     from nextval(pg_get_serial_sequence('app.service_record', 'id')) id`,
    [
      household,
      outcome === 'met' && head !== null ? [head] : [],
      day,
      past.method ?? 'visit',
      outcome,
      past.services ?? [],
      past.flags ?? [],
      next === undefined ? null : textFromDay(now + next),
      sealed,
      staffId,
      `${day}T10:20:00+08:00`,
    ],
  )
}
