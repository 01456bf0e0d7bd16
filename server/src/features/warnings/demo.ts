import { sql } from 'kysely'
import { instantOn, type Clock } from '../../platform/clock.ts'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import { asOwner } from '../../platform/db/actor.ts'
import type { Database, Tx } from '../../platform/db/database.ts'
import { readCatalogue } from './catalogue.ts'

type Parts = Readonly<{ owner: Database; cipher: FieldCipher; clock: Clock }>

/** Where the advisor of the demonstration works. */
const committee = '310118001003'
/** Rules of which some households are found. */
const switchedOn = ['A01', 'A14', 'A17', 'A27'] as const

const said = [
  {
    place: 0,
    signal: 'A25',
    group: 'neighbours',
    channel: 'neighbour',
    severity: 'orange',
    text: '邻里反映（当面）',
    words: '邻居反映：三四天没见他下楼，敲门应声很弱。',
  },
  {
    place: 1,
    signal: 'A24',
    group: 'household',
    channel: 'self-help',
    severity: 'red',
    text: '家庭主动求助（一键求助）',
    words: '本人来电：药费接不上了，想问问有什么办法。',
  },
  {
    place: 2,
    signal: 'A25',
    group: 'community',
    channel: 'event',
    severity: 'yellow',
    text: '社区反映（社区活动上）',
    words: '重阳活动上说起老伴住院，家里没人烧饭。',
  },
] as const

/**
 * Switches some rules on and writes down what people said, for a demonstration with households; what the rules find the
 * program raises itself. Once anything is stated or said it changes nothing.
 */
export async function makeDemoWarnings({ owner, cipher, clock }: Parts): Promise<void> {
  const { signals } = await readCatalogue()
  const today = clock.today()
  await asOwner(owner, async (tx) => {
    const { rows } = await sql`select 1 from app.warning_rule limit 1`.execute(tx)
    if (rows.length > 0) return
    for (const signal of signals.filter(({ id }) => switchedOn.some((one) => one === id)))
      await sql`insert into app.warning_rule (signal, switched_on, rule, sensitivity, severity, red_rule, fresh_days, from_day,
          source, proposed)
        values (${signal.id}, true, ${signal.rule}, ${sensitivityOf(signal.id)}, ${signal.severity}, ${signal.redRule ?? null},
          ${signal.freshDays ?? null}, ${today}::date, '演示用，不是真实的规定', true)`.execute(tx)
    const { rows: homes } = await sql<{ id: number }>`
      select id from app.household where area_id = ${committee} order by id limit 40`.execute(tx)
    for (const { place, words, ...one } of said) {
      const home = homes[place * 7]
      if (home)
        await say(
          tx,
          { ...one, householdId: home.id, at: instantOn(today), today },
          cipher.seal('words', words).sealed,
        )
    }
  })
}

/** What each of these reads; the route of the district works it out. */
function sensitivityOf(signal: string): 'plain' | 'need-signal' {
  return signal === 'A01' ? 'need-signal' : 'plain'
}

type Said = Readonly<{
  householdId: number
  signal: string
  group: string
  channel: string
  severity: string
  text: string
  at: number
  today: string
}>

async function say(tx: Tx, one: Said, sealed: Uint8Array): Promise<void> {
  const at = new Date(one.at).toISOString()
  await sql`with made as (
      insert into app.warning (household_id, area_id, topic, severity, source_group, why, raised_at, raised_on)
      values (${one.householdId}, '', 'word', ${one.severity}, ${one.group}, ${one.text}, ${at}, ${one.today}::date)
      returning id, household_id
    ), rests as (
      insert into app.warning_evidence (warning_id, household_id, signal, severity, content, text, on_day, channel, at)
      select id, household_id, ${one.signal}, ${one.severity}, 'demo', ${one.text}, ${one.today}::date, ${one.channel}, ${at} from made
    )
    insert into app.warning_event (warning_id, household_id, kind, code, words_enc, at, by)
    select id, household_id, kind, code, words, ${at}, 'job:demo' from made
    cross join lateral (values (1, 'raised', null, null), (2, 'evidence', ${one.signal}, ${Buffer.from(sealed)}::bytea))
      step (place, kind, code, words) order by place`.execute(tx)
}
