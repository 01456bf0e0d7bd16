import {
  administrators,
  allowed,
  caseWorkers,
  inCommittees,
  notGranted,
  type Probe,
  refused,
  refusedByFunction,
  seen,
} from './probing.ts'
import { areas, outsiders as outside, staffIdOf } from './two-townships.ts'

const asked = `insert into app.export (list, filters, scope, purpose, columns, counted, limit_rows, hours)
  values ('borderline', '{}', '{}', 'visit', '[]', 5, 10, 72)`
const inNameOf = `insert into app.export (list, filters, scope, purpose, columns, counted, limit_rows, hours, asked_by)
  values ('borderline', '{}', '{}', 'visit', '[]', 5, 10, 72, '${staffIdOf('advisor')}')`
const inArea = `insert into app.export (list, filters, scope, purpose, columns, counted, limit_rows, hours, area_id)
  values ('borderline', '{}', '{}', 'visit', '[]', 5, 10, 72, '${areas.elsewhere}')`
const approve = (id: number) => `select app.decide_export(${id}, true, null)`
const fetched = `select app.note_export_file(1, 5, '[]', sha256(''))`
const officials = ['township', 'district', 'approver', 'seconded'] as const
const notOfThem = [
  ...caseWorkers.filter((actor) => !officials.some((one) => one === actor)),
  ...administrators,
  'program',
  'pushKey',
  ...outside,
] as const

/** Probes of what is taken along as files. */
export const exportProbes: Readonly<Record<string, readonly Probe[]>> = {
  export: [
    // Of the committee two, of the township one.
    ...seen('export', {
      advisor: 2,
      committeeClerk: 2,
      township: 3,
      seconded: 3,
      district: 3,
      auditAdmin: 3,
    }),
    ...[...inCommittees, ...officials].map((actor) =>
      allowed(actor, 'asks to take a list along', asked),
    ),
    ...refused([...administrators, 'program', 'pushKey', ...outside], 'takes a list along', asked),
    notGranted('asks in the name of another', inNameOf),
    notGranted('asks in another area', inArea),
    allowed('township', 'allows what an advisor asks for', approve(2)),
    allowed('district', 'allows what a township asks for', approve(3)),
    ...refusedByFunction(
      notOfThem.filter((actor) => actor !== 'committeeClerk'),
      'allows what an advisor asks for',
      approve(2),
    ),
    {
      says: 'whoever asked for an export does not allow it',
      actor: 'township',
      statement: approve(3),
      expected: 'by two',
    },
    ...refusedByFunction(['committeeClerk'], 'allows what its township asks for', approve(3)),
    notGranted('allows an export past the function', 'update app.export set approved = true'),
    notGranted('forgets an export', 'delete from app.export'),
  ],
  export_file: [
    ...seen('export_file', {
      advisor: 1,
      committeeClerk: 1,
      township: 1,
      seconded: 1,
      district: 1,
      auditAdmin: 1,
    }),
    allowed('advisor', 'fetches what they asked for', fetched),
    ...refusedByFunction(
      [
        ...caseWorkers.filter((actor) => actor !== 'advisor'),
        ...administrators,
        'program',
        'pushKey',
        ...outside,
      ],
      'fetches what another asked for',
      fetched,
    ),
    notGranted(
      'notes a file past the function',
      `insert into app.export_file (export_id, rows, columns, content_hash) values (1, 5, '[]', sha256(''))`,
    ),
    notGranted('changes what was noted', 'update app.export_file set rows = 0'),
    notGranted('forgets a file', 'delete from app.export_file'),
  ],
}
