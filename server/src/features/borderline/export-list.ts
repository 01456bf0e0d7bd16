import { Type } from 'typebox'
import type { Tx } from '../../platform/db/database.ts'
import { exportList } from '../exports/export-list.ts'
import { sayArea, sayProgramme } from '../exports/say.ts'
import { readRows, sorts } from './queries.ts'
import { NearLineView } from './views.ts'

export type BorderlineParts = Readonly<{
  /** The policies in force, for what programmes are called. */
  packInForce: (
    tx: Tx,
  ) => Promise<Readonly<{ programmes: readonly Readonly<{ id: string; name: string }>[] }>>
}>

export const borderlineFilters = {
  area: Type.Optional(Type.String({ pattern: '^[0-9]{6}([0-9]{3}([0-9]{3})?)?$' })),
  programme: Type.Optional(Type.String({ pattern: '^[a-z0-9-]{1,40}$' })),
  sort: Type.Optional(
    Type.Union(
      sorts.map((sort) => Type.Literal(sort)),
      { default: 'gap' },
    ),
  ),
}

/** What a row says of somebody. */
export const borderlineFields = ['head', 'address', 'verdicts', 'amounts'] as const

/** The list as a file. */
export function borderlineExport({ packInForce }: BorderlineParts) {
  const namesIn = async (tx: Tx) =>
    new Map((await packInForce(tx)).programmes.map(({ id, name }) => [id, name]))
  return exportList({
    id: 'borderline',
    name: '边缘名单',
    en: 'Borderline list',
    right: 'borderline.export',
    filters: Type.Object(borderlineFilters, { additionalProperties: false }),
    row: NearLineView,
    columns: [
      { name: '户号', cell: ({ registerNo }) => registerNo },
      { name: '户主', cell: ({ head }) => head, of: 'head' },
      { name: '成员', cell: ({ member }) => member ?? '', of: 'member' },
      { name: '街镇', cell: ({ area }) => area.township ?? '' },
      { name: '居村', cell: ({ area }) => area.name },
      { name: '政策', cell: ({ programmeName }) => programmeName },
      { name: '项目', cell: ({ label }) => label },
      { name: '本户(元)', cell: ({ value }) => yuan(value) },
      { name: '标准(元)', cell: ({ line }) => yuan(line) },
      { name: '高出(元)', cell: ({ gap }) => yuan(gap) },
      { name: '高出(%)', cell: ({ permille }) => (permille / 10).toFixed(1) },
      { name: '单位', cell: ({ unit }) => unit },
      { name: '差额是否确切', cell: ({ exact }) => (exact ? '确切' : '至少') },
      { name: '起始日期', cell: ({ since }) => since },
    ],
    action: 'borderline.exported',
    fields: borderlineFields,
    note: '仅供参考，以街镇审核确认为准',
    say: async (tx, { area, programme }) => [
      ...(await sayArea(tx, area)),
      ...sayProgramme(await namesIn(tx), programme),
    ],
    read: async (tx, filters, most) =>
      readRows(
        tx,
        { sort: 'gap', ...filters, page: 1, size: most },
        { programmeNames: await namesIn(tx) },
      ),
  })
}

function yuan(fen: number): string {
  return (fen / 100).toFixed(2)
}
