import { others } from './exchange-probes.ts'
import {
  allowed,
  byCaseWork,
  inCommittees,
  notGranted,
  type Probe,
  refusedByFunction,
  seen,
} from './probing.ts'

const settle = (take: boolean) =>
  `select app.settle_word(1, (select id from app.other_word where household_id = 1 and fact = 'labour_income'), ${take},
    '看过存折', '2025-06-01')`
const order = `select app.state_trust('labour_income', '{owner,visit,department,resident,load}', '会议纪要', 1)`
const record = (settles: string) =>
  `select app.record_fact(1, 1, 'labour_income', '3', '2025-06-01', '入户', null, '2025-06-01', null, null, 'visit', '2025-06-01', ${settles})`

/** Probes of what other sources say, and of whose word goes first. */
export const wordProbes: Readonly<Record<string, readonly Probe[]>> = {
  // As of facts: two words of each household are of facts that not everybody may read.
  other_word: [
    ...seen('other_word', {
      advisor: 2,
      advisorWithoutDuty: 1,
      advisorNextDoor: 2,
      advisorElsewhere: 2,
      committeeClerk: 2,
      township: 6,
      otherTownship: 2,
      district: 9,
      seconded: 6,
      program: 12,
    }),
    notGranted('puts a word beside', `insert into app.other_word (household_id) values (1)`),
    notGranted('changes what somebody said', `update app.other_word set value = '3'`),
    notGranted('forgets what somebody said', 'delete from app.other_word'),
    allowed('township', 'takes another word', settle(true)),
    allowed('committeeClerk', 'keeps what is in force', settle(false)),
    ...refusedByFunction(
      [...inCommittees.filter((one) => one.startsWith('advisor')), 'program'],
      'decides between words',
      settle(true),
    ),
    allowed('advisor', 'records a word beside', record('null')),
    ...refusedByFunction(['advisor'], 'records a word as settled', record(`'看过存折'`)),
  ],
  fact_trust: [
    ...seen('fact_trust', byCaseWork),
    notGranted(
      'sets an order past the function',
      `insert into app.fact_trust (fact, kinds, because) values ('assets', '{}', '电话')`,
    ),
    notGranted('ends an order', 'update app.fact_trust set superseded_at = now()'),
    notGranted('forgets an order', 'delete from app.fact_trust'),
    allowed('district', 'sets whose word goes first', order),
    ...refusedByFunction(others, 'sets whose word goes first', order),
  ],
}
