import {
  administrators,
  allowed,
  caseWorkers,
  notGranted,
  type Probe,
  refusedByFunction,
  seen,
} from './probing.ts'
import { outsiders as outside, staffIdOf } from './two-townships.ts'

/** Staff of the whole district look after what is kept; nobody else does, not even of the district, lent to a township. */
const keepers = ['district', 'approver'] as const
const others = [
  ...caseWorkers.filter((actor) => !keepers.some((keeper) => keeper === actor)),
  ...administrators,
  'pushKey',
  ...outside,
] as const
const forKeepers = { district: 1, program: 1 }

const state = `select app.state_retention('answers', '{"years": 1, "months": 0, "days": 0, "basis": "办法", "because": "来函"}', null)`
const hold = `select app.hold_household(3, 'dispute', '正在行政复议')`
const lift = `select app.lift_hold(1, '复议已经结束')`
const dryRun = `select app.try_retention('2025-06-01')`
const ask = `select app.ask_erasure(null, '2025-06-01', '到期清理')`
const confirm = 'select app.decide_erasure(1, true)'
const carryOn = 'select app.erase_next(1, 1)'

/** Probes of how long is kept what, and of what is erased. */
export const retentionProbes: Readonly<Record<string, readonly Probe[]>> = {
  retention_terms: [
    ...seen('retention_terms', forKeepers),
    allowed('district', 'confirms how long a class is kept', state),
    ...refusedByFunction([...others, 'program'], 'confirms how long a class is kept', state),
    notGranted(
      'confirms terms past the function',
      `insert into app.retention_terms (class, years, basis, because) values ('facts', 1, '办法', '来函')`,
    ),
    notGranted('ends what was confirmed', 'update app.retention_terms set superseded_at = now()'),
    notGranted('forgets what was confirmed', 'delete from app.retention_terms'),
  ],
  // The second is of the household that is restricted.
  legal_hold: [
    ...seen('legal_hold', { district: 1, program: 2 }),
    allowed('district', 'keeps everything of a household', hold),
    ...refusedByFunction([...others, 'program'], 'keeps everything of a household', hold),
    allowed('district', 'lifts a hold', lift),
    ...refusedByFunction([...others, 'program'], 'lifts a hold', lift),
    notGranted('lifts a hold itself', 'update app.legal_hold set lifted_at = now()'),
    notGranted('forgets a hold', 'delete from app.legal_hold'),
  ],
  erasure: [
    ...seen('erasure', forKeepers),
    ...refusedByFunction([...others, 'program'], 'sees what would go', dryRun),
    ...refusedByFunction([...others, 'program'], 'asks for an erasure', ask),
    allowed('approver', 'confirms what another asked for', confirm),
    ...refusedByFunction([...others, 'program'], 'confirms an erasure', confirm),
    {
      says: 'whoever asked for an erasure does not confirm it',
      actor: 'district',
      statement: confirm,
      expected: 'by two',
    },
    ...refusedByFunction([...others, ...keepers], 'carries an erasure out', carryOn),
    notGranted(
      'asks for an erasure past the function',
      `insert into app.erasure (kind, on_day, basis, terms, asked_by) values ('terms', '2025-06-01', '清理', '{}', '${staffIdOf('district')}')`,
    ),
    notGranted('has an erasure run', `update app.erasure set state = 'running'`),
    notGranted('forgets an erasure', 'delete from app.erasure'),
  ],
  erasure_stub: [
    ...seen('erasure_stub', forKeepers),
    notGranted(
      'leaves a stub itself',
      `insert into app.erasure_stub (erasure_id, household_id, class, table_name, records, erased_on, basis)
        values (1, 1, 'facts', 'app.fact', 1, '2025-06-01', '清理')`,
    ),
    notGranted('changes a stub', `update app.erasure_stub set basis = ''`),
    notGranted('removes a stub', 'delete from app.erasure_stub'),
  ],
}
