import {
  administrators,
  all,
  allowed,
  caseWorkers,
  notGranted,
  type Probe,
  refusedByFunction,
  seen,
} from './probing.ts'
import { outsiders as outside } from './two-townships.ts'

const keepers = ['district', 'approver'] as const
const others = [
  ...caseWorkers.filter((actor) => !keepers.some((keeper) => keeper === actor)),
  ...administrators,
  'program',
  'pushKey',
  ...outside,
] as const
const write = `select app.write_notice('means-check', (select content from app.notice where purpose = 'referral'), 1)`
const publish = `select app.publish_notice('means-check', 99, '2025-06-01')`

/** Probes of what data is used for and what people are told: all case workers read what is published, the district writes. */
export const noticeProbes: Readonly<Record<string, readonly Probe[]>> = {
  purpose: [
    ...seen('purpose', all(8, [...caseWorkers, 'program'])),
    notGranted('asks nobody any more', `update app.purpose set rests_on = 'duty'`),
    notGranted('removes a purpose', 'delete from app.purpose'),
  ],
  notice: [
    ...seen('notice', { ...all(1, [...caseWorkers, 'program']), district: 8, approver: 8 }),
    allowed('district', 'writes in a draft', write),
    ...refusedByFunction(others, 'writes in a draft', write),
    ...refusedByFunction(others, 'publishes a notice', publish),
    notGranted('writes past the function', `update app.notice set from_day = '2025-01-01'`),
    notGranted(
      'begins a version past the function',
      `insert into app.notice (purpose, version, content) values ('aid', 9, '{}')`,
    ),
    notGranted('removes a notice', 'delete from app.notice'),
  ],
}
