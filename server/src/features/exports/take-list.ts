import type { FastifyRequest } from 'fastify'
import type { Tx } from '../../platform/db/database.ts'
import { checkingRequest } from '../../platform/http/checking-request.ts'
import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { access } from '../staff/access.ts'
import { columnsFor, type ExportList, mostRead } from './export-list.ts'
import { exportProblems } from './problems.ts'

type Asking = Pick<FastifyRequest, 'caller' | 'reason'>
type Filters = Readonly<Record<string, unknown>>

/**
 * The list of that name, where whoever asks may take it along.
 *
 * @throws Problem `not-found`, `forbidden`
 */
export function listFor(lists: readonly ExportList[], id: string, { caller }: Asking): ExportList {
  const list = lists.find((one) => one.id === id)
  if (!list) throw problem(platformProblems, 'not-found')
  if (!caller.may.includes(list.right)) throw problem(platformProblems, 'forbidden')
  return list
}

/**
 * The filters that an address states, as the list itself would take them.
 *
 * @throws Problem `export-refused`
 */
export function filtersOf({ filters }: Pick<ExportList, 'filters'>, address: string): Filters {
  const words = Object.fromEntries(new URLSearchParams(address))
  const checked = checkingRequest({ schema: filters, httpPart: 'querystring' })(words)
  if ('error' in checked)
    throw problem(exportProblems, 'export-refused', '筛选条件不对，请回到名单重新选择。', [
      { path: '/body/filters', message: '名单没有这样的筛选条件' },
    ])
  return checked.value as Filters
}

/** The columns that whoever asks is shown. */
export function columnsOf(list: ExportList, { caller, reason }: Asking) {
  const hasReason = reason !== undefined
  return columnsFor(list, (fieldClass, hasDuty) =>
    access.isClear(fieldClass, { role: caller.role, hasDuty, hasReason }),
  )
}

/** @throws Problem `export-too-long` */
export async function readAll(
  tx: Tx,
  list: ExportList,
  filters: Filters,
): Promise<readonly unknown[]> {
  const rows = await list.read(tx, filters, mostRead + 1)
  if (rows.length > mostRead) throw problem(exportProblems, 'export-too-long')
  return rows
}
