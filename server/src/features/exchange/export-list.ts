import { type Static, Type } from 'typebox'
import { exportList } from '../exports/export-list.ts'
import { type DeliveredRow, listRows, readDelivery } from './deliveries.ts'
import { type Delivery, maySettle, rowOutcomes, rowReasons } from './delivery.ts'
import { DeliveredRowView } from './delivery-views.ts'

export function rowView(row: DeliveredRow, delivery: Delivery): Static<typeof DeliveredRowView> {
  return {
    ...row,
    mayBeTaken: maySettle(row, 'apply', delivery),
    mayBeLeft: maySettle(row, 'leave', delivery),
  }
}

/** A reason in words: one of ours by its code, or what is wrong with a cell as it was said. */
const reasonText = (reason: string | null) =>
  reason === null ? '' : ((rowReasons as Readonly<Record<string, string>>)[reason] ?? reason)

/** Rows held and refused and those a roll lacks, with row, column and reason, as a file for the source. */
export const deliveredRowsExport = exportList({
  id: 'delivery',
  name: '报送核对结果',
  en: 'Rows of a delivery to look at',
  right: 'deliveries.export',
  filters: Type.Object({ delivery: Type.Integer({ minimum: 1 }) }, { additionalProperties: false }),
  row: DeliveredRowView,
  columns: [
    { name: '行号', cell: ({ reason, row }) => (reason === 'absent-from-roll' ? '' : String(row)) },
    { name: '结果', cell: ({ outcome }) => rowOutcomes[outcome] },
    { name: '原因', cell: ({ reason }) => reasonText(reason) },
    { name: '列', cell: ({ column }) => column ?? '' },
    { name: '单元格内容', cell: ({ said }) => said ?? '', of: 'said' },
    { name: '报送姓名', cell: ({ nameSaid }) => nameSaid ?? '', of: 'nameSaid' },
    { name: '登记姓名', cell: ({ name }) => name ?? '', of: 'name' },
  ],
  action: 'delivery.rows-exported',
  fields: ['members'],
  say: async (tx, { delivery }) => {
    const { fileName, source, onDay } = await readDelivery(tx, delivery)
    return [`报送：第 ${delivery} 号`, `来源：${source}`, `文件：${fileName}（${onDay}）`]
  },
  read: async (tx, { delivery }, most) => {
    const found = await readDelivery(tx, delivery)
    return (await listRows(tx, { delivery, after: 0, most })).map((row) => rowView(row, found))
  },
})
