import { makers } from './exchange-probes.ts'
import { allowed, notGranted, type Probe, refused, seen } from './probing.ts'

const shown = { district: 1, approver: 0, program: 1 }
const request = `insert into app.sharing_request (source) values ('yibao')`
const step = `insert into app.sharing_step (request_id, number, kind, on_day) values (1, 2, 'accepted', '2025-01-10')`
const use = `insert into app.sharing_use (request_id, on_day, scene, process) values (1, '2025-03-02', '复核', '比对')`
const correction = `insert into app.sharing_correction (request_id, on_day, text) values (1, '2025-03-02', '月份有误')`
const kept = (table: string, change: string): Probe[] => [
  notGranted(`changes a row of ${table}`, `update app.${table} set ${change}`),
  notGranted(`removes a row of ${table}`, `delete from app.${table}`),
]

/** Probes of the ledger of what other bodies share: a data steward adds to it, and nobody takes anything away. */
export const sharingProbes: Readonly<Record<string, readonly Probe[]>> = {
  sharing_request: [
    ...seen('sharing_request', shown),
    allowed('district', 'drafts a request', request),
    ...refused(makers, 'drafts a request', request),
    ...kept('sharing_request', `source = 'yibao'`),
  ],
  sharing_content: [
    ...seen('sharing_content', shown),
    notGranted(
      'states a request past the function',
      `insert into app.sharing_content (request_id, data, sharing, legal_basis, scenario, scope, method, use_from, use_to, flows_back)
       values (1, '养老金', 'conditional', '办法', '复核', '在册家庭', 'table', '2025-01-01', '2025-12-31', false)`,
    ),
    ...kept('sharing_content', `scope = '所有人'`),
  ],
  sharing_step: [
    ...seen('sharing_step', shown),
    allowed('district', 'takes a step', step),
    ...refused(makers, 'takes a step', step),
    ...kept('sharing_step', `on_day = '2025-01-03'`),
  ],
  sharing_use: [
    ...seen('sharing_use', shown),
    allowed('district', 'notes a use', use),
    ...refused(makers, 'notes a use', use),
    ...kept('sharing_use', `scene = '他用'`),
  ],
  sharing_correction: [
    ...seen('sharing_correction', shown),
    allowed('district', 'asks for a correction', correction),
    ...refused(makers, 'asks for a correction', correction),
    ...kept('sharing_correction', `text = '无误'`),
  ],
}
