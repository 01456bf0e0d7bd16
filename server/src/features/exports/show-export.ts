import type { Static } from 'typebox'
import type { Caller } from '../../platform/http/caller.ts'
import type { Purpose } from './export.ts'
import type { ExportList } from './export-list.ts'
import type { ExportRow } from './queries.ts'
import type { ExportView } from './views.ts'

/** A recorded export as a reader is shown it; a list or purpose that is gone keeps its code. */
export function showExport(
  lists: readonly Pick<ExportList, 'id' | 'name' | 'en'>[],
  purposes: readonly Purpose[],
  { may }: Pick<Caller, 'may'>,
): (row: ExportRow) => Static<typeof ExportView> {
  return ({ filters: _, hours: __, areaId: ___, ...row }) => {
    const list = lists.find(({ id }) => id === row.list)
    const purpose = purposes.find(({ id }) => id === row.purpose)
    return {
      ...row,
      listName: list?.name ?? row.list,
      listEn: list?.en ?? row.list,
      purposeName: purpose?.name ?? row.purpose,
      purposeEn: purpose?.en ?? row.purpose,
      mayDecide: row.state === 'waiting' && !row.mine && may.includes('exports.decide'),
    }
  }
}
