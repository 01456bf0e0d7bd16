import {
  administrators,
  allowed,
  caseWorkers,
  notGranted,
  type Probe,
  refused,
  seen,
} from './probing.ts'

/** Appointed as data steward: the one called district, and one who is lent to a township, where it does not hold. */
const others = [...caseWorkers.filter((actor) => actor !== 'district'), ...administrators]

const delivery = `insert into app.delivery (source, file_name, bytes, on_day) values ('renshe', '三.csv', 1, '2025-06-01')`
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
    ...seen('delivery', { district: 2, approver: 0, program: 2 }),
    allowed('district', 'announces a delivery', delivery),
    ...refused(others, 'announces a delivery', delivery),
    notGranted('sets the state of a delivery', `update app.delivery set state = 'applying'`),
    notGranted('removes a delivery', 'delete from app.delivery'),
  ],
  delivery_piece: [
    ...seen('delivery_piece', { district: 1, approver: 0, program: 1 }),
    allowed('district', 'sends a piece', piece(2)),
    ...refused(others, 'sends a piece', piece(2)),
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
}
