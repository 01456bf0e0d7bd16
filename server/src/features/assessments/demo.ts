import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import { asOwner } from '../../platform/db/actor.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import { householdFacts } from '../households/facts.ts'
import {
  type Answer,
  type Answered,
  type Dimension,
  indicatorIds,
  type IndicatorId,
  indicators,
  monthsValid,
  shippedWeights,
  weigh,
} from './assessment.ts'
import { prefill } from './prefill.ts'
import { monthsAfter } from './write.ts'
import { sealText, sealWords } from './words.ts'

/** What an invented family wishes for. */
const wishes: Readonly<Record<Dimension, string>> = {
  material: '希望把能享受的待遇都办下来',
  health: '希望有人陪同就医、上门照护',
  education: '希望孩子有人辅导功课',
  employment: '希望找一份离家近的工作',
  social: '希望常有人来走走、说说话',
  children: '希望孩子放学后有人照看',
}

/** One household in so many is assessed, and in the committee of the first advisor one in a few. */
const [sparse, dense] = [29, 6] as const
const committee = '310118001003'

/**
 * Assesses some households of a demonstration, which are invented, as are the answers beyond what their facts say; and puts
 * the first advisor on record as trained for scales, with a credential that says that it is none. Once anything is assessed
 * it changes nothing.
 *
 * @param today 'YYYY-MM-DD'
 * @returns how many were assessed
 */
export async function makeDemoAssessments(
  owner: Database,
  cipher: FieldCipher,
  today: string,
): Promise<number> {
  return asOwner(owner, async (tx) => {
    const { rows } = await sql<{ id: number }>`
      select id from app.household where demo and not exists (select from app.needs_assessment)
        and (id % ${sparse} = 0 or area_id = ${committee} and id % ${dense} = 0)
      order by id`.execute(tx)
    if (rows.length === 0) return 0
    const staff = await staffByName(tx)
    for (const instrument of ['phq-9', 'gad-7', 'gds-15', 'lsns-6', 'barthel'])
      await sql`insert into app.scale_assessor (staff_id, instrument, credential, from_day, to_day)
        values (${staff('顾问甲')}, ${instrument}, '演示用，不是真实的证书', '2024-01-01', '2033-12-31')`.execute(
        tx,
      )
    for (const { id } of rows)
      await assess(tx, { id, today, cipher, by: staff('专干甲'), approver: staff('区级甲') })
    return rows.length
  })
}

async function staffByName(tx: Tx): Promise<(name: string) => string> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from app.staff`.execute(
    tx,
  )
  return (name) => {
    const found = rows.find((one) => one.name === name)
    if (!found) throw new Error(`the demonstration has no account of ${name}`)
    return found.id
  }
}

type Demo = Readonly<{
  id: number
  today: string
  cipher: FieldCipher
  by: string
  approver: string
}>

async function assess(tx: Tx, { id, today, cipher, by, approver }: Demo): Promise<void> {
  const known = new Map(
    prefill(await householdFacts(tx, id, today), today).map(({ indicator, answer }) => [
      indicator,
      answer,
    ]),
  )
  const answers = Object.fromEntries(
    indicatorIds.map((indicator, place) => [
      indicator,
      known.get(indicator) ?? invented(id, place),
    ]),
  ) as Answered
  const { least, most, grade, proposed } = weigh(answers, [], shippedWeights)
  if (proposed === null) return
  const lacking = [
    ...new Set(
      indicatorIds.filter((one) => answers[one] === 'yes').map((one) => indicators[one].dimension),
    ),
  ]
  const needs = lacking.map((dimension, place) => ({
    dimension,
    urgency: place === 0 ? 'soon' : 'later',
  }))
  const words = sealWords(cipher, {
    evidence: {},
    changedBecause: null,
    outcomes: lacking.map((dimension) => wishes[dimension]),
  })
  const { rows } = await sql<{ id: number }>`
    insert into app.needs_assessment (household_id, weights, answers, needs, words_enc, least, most, grade, proposed, on_day,
      state, valid_until, assessor, approved_by, confirmed_at)
    values (${id}, 1, ${JSON.stringify(answers)}::jsonb, ${JSON.stringify(needs)}::jsonb, ${words}::bytea, ${least}, ${most},
      ${grade}, ${proposed}, ${today}::date, 'confirmed', ${monthsAfter(today, monthsValid(grade, []))}::date, ${by},
      ${grade === 'high' ? approver : null}, clock_timestamp())
    returning id`.execute(tx)
  for (const { dimension, urgency } of needs)
    await sql`insert into app.need (assessment_id, household_id, dimension, urgency, outcome_enc)
      values (${rows[0]?.id ?? 0}, ${id}, ${dimension}, ${urgency}, ${sealText(cipher, wishes[dimension])}::bytea)`.execute(
      tx,
    )
}

/** The same for a household at every start; about a quarter of what is asked is a lack. */
function invented(household: number, place: number): Answer {
  const chance = createHash('sha256').update(`${household} ${place}`).digest().readUInt16BE() % 100
  const common: readonly IndicatorId[] = ['education', 'employment', 'participation']
  return chance < (common.includes(indicatorIds[place] ?? 'income') ? 40 : 15) ? 'yes' : 'no'
}
