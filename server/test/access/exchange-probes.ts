import {
  administrators,
  allowed,
  caseWorkers,
  notGranted,
  type Probe,
  refused,
  seen,
} from './probing.ts'
import { dropPointId } from './two-townships.ts'

/** Appointed as data steward: the one called district, and one who is lent to a township, where it does not hold. */
export const others = [...caseWorkers.filter((actor) => actor !== 'district'), ...administrators]
/** And the program and a key of its own source, who make no keys. */
export const makers = [...others, 'program', 'pushKey'] as const

const delivery = `insert into app.delivery (source, file_name, bytes, on_day) values ('renshe', '三.csv', 1, '2025-06-01')`
/** As the key calls it; the key of renshe is the session's, whatever is said. */
const pushed = (source: string) =>
  `insert into app.delivery (source, file_name, bytes, on_day, push_id, push_hash) values ('${source}', '四.csv', 1, '2025-06-01', 'new', sha256(''))`
const key = `insert into app.push_key (source, name, public_key, valid_to) values ('renshe', '前置机', sha256(''), '2999-01-01')`
const fetched = `insert into app.delivery (source, file_name, bytes, on_day, drop_point_id)
  values ('renshe', '五.csv', 1, '2025-06-01', '${dropPointId}')`
const point = `insert into app.drop_point (source, kind, host, port, path, every)
  values ('renshe', 'https', 'files.example', 443, '/b.csv', 'daily')`
const seenFile = `insert into app.drop_point_file (drop_point_id, name, bytes, modified_at, delivery_id)
  values ('${dropPointId}', '五.csv', 1, '2025-06-01', 4)`
const piece = (of: number) =>
  `insert into app.delivery_piece (delivery_id, number, bytes, piece_enc) values (${of}, 1, 1, '')`

/** Probes of what departments deliver. */
export const exchangeProbes: Readonly<Record<string, readonly Probe[]>> = {
  source_terms: [
    ...seen('source_terms', { district: 1, approver: 0, program: 1 }),
    notGranted(
      'states terms past the function',
      `insert into app.source_terms (source, because) values ('yibao', '电话')`,
    ),
    notGranted('ends what was agreed', 'update app.source_terms set superseded_at = now()'),
    notGranted('forgets what was agreed', 'delete from app.source_terms'),
    allowed(
      'district',
      'states terms',
      `select app.state_source('yibao', '{"because": "电话"}', null)`,
    ),
  ],
  delivery: [
    ...seen('delivery', { district: 4, approver: 0, program: 4, pushKey: 1 }),
    allowed('district', 'announces a delivery', delivery),
    ...refused(others, 'announces a delivery', delivery),
    allowed('pushKey', 'pushes a delivery of its source', pushed('renshe')),
    ...refused(['pushKey'], 'pushes a delivery of another source', pushed('minzheng')),
    allowed('program', 'begins a delivery that it fetches', fetched),
    ...refused(others, 'begins a delivery as fetched', fetched),
    ...refused(['program'], 'begins a delivery that is not fetched', delivery),
    notGranted('sets the state of a delivery', `update app.delivery set state = 'applying'`),
    notGranted('removes a delivery', 'delete from app.delivery'),
  ],
  delivery_piece: [
    ...seen('delivery_piece', { district: 2, approver: 0, program: 2, pushKey: 1 }),
    allowed('district', 'sends a piece', piece(2)),
    ...refused(others, 'sends a piece', piece(2)),
    allowed('pushKey', 'sends a piece of what it pushes', piece(3)),
    ...refused(['pushKey'], 'sends a piece of what somebody else delivers', piece(2)),
    allowed('program', 'keeps a piece of what it fetches', piece(4)),
    ...refused(['program'], 'keeps a piece of what somebody else delivers', piece(2)),
    notGranted('changes a piece', `update app.delivery_piece set piece_enc = ''`),
    notGranted('removes a piece', 'delete from app.delivery_piece'),
  ],
  // The row of the household that is restricted is nobody's but the program's.
  delivery_row: [
    ...seen('delivery_row', { district: 2, approver: 0, program: 3 }),
    notGranted('settles a row', `update app.delivery_row set decision = 'apply'`),
    notGranted(
      'writes what became of a row',
      `insert into app.delivery_row (delivery_id, row, outcome) values (1, 9, 'applied')`,
    ),
    notGranted('removes a row', 'delete from app.delivery_row'),
  ],
  drop_point: [
    ...seen('drop_point', { district: 1, approver: 0, program: 1 }),
    allowed('district', 'makes a drop point', point),
    ...refused(makers, 'makes a drop point', point),
    notGranted('reads what signs in there', 'select secret_enc from app.drop_point'),
    notGranted('sends it elsewhere', `update app.drop_point set host = 'elsewhere.example'`),
    notGranted('removes a drop point', 'delete from app.drop_point'),
  ],
  drop_point_file: [
    ...seen('drop_point_file', { district: 1, approver: 0, program: 1 }),
    allowed('program', 'notes a file', seenFile),
    ...refused([...others, 'district', 'pushKey'], 'notes a file', seenFile),
    notGranted('forgets a file', 'delete from app.drop_point_file'),
  ],
  push_key: [
    ...seen('push_key', { district: 1, approver: 0, program: 1 }),
    allowed('district', 'makes a key', key),
    ...refused(makers, 'makes a key', key),
    notGranted('lengthens a key', `update app.push_key set valid_to = '2999-12-31'`),
    notGranted('removes a key', 'delete from app.push_key'),
  ],
}
