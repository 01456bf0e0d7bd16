import type { Pack } from '@qiao/rules'
import { Type } from 'typebox'
import type { Tx } from '../../platform/db/database.ts'
import { exportList } from '../exports/export-list.ts'
import { sayArea, sayProgramme } from '../exports/say.ts'
import { askedByCommittee, type CommitteeRow } from './asked-households.ts'
import { askText, becauseName, wayName } from './question.ts'
import { WayView } from './views.ts'

export const questionFilters = {
  area: Type.Optional(Type.String({ pattern: '^[0-9]{6}([0-9]{3}([0-9]{3})?)?$' })),
  way: Type.Optional(WayView),
  programme: Type.Optional(Type.String({ pattern: '^[a-z0-9-]{1,40}$' })),
  because: Type.Optional(
    Type.Union([Type.Literal('lead'), Type.Literal('sign'), Type.Literal('other')]),
  ),
}

type Asked = CommitteeRow & Readonly<{ factName: string; ask: string }>

const noFigure = '尚无统计'

/** What is worth asking by committee as a file, without the name of anybody. */
export function questionsExport({
  packInForce,
}: Readonly<{ packInForce: (tx: Tx) => Promise<Pack> }>) {
  return exportList({
    id: 'questions',
    name: '值得一问（按居村）',
    en: 'What is worth asking, by committee',
    right: 'questions.export',
    filters: Type.Object(questionFilters, { additionalProperties: false }),
    // Counts by committee name nobody.
    row: Type.Unsafe<Asked>(Type.Object({})),
    columns: [
      { name: '街镇', cell: ({ township }) => township ?? '' },
      { name: '居村', cell: ({ committee }) => committee },
      { name: '事实', cell: ({ factName }) => factName },
      { name: '怎么问', cell: ({ way }) => wayName(way) },
      { name: '向谁问', cell: ({ department }) => department ?? '' },
      { name: '问什么', cell: ({ ask }) => ask },
      { name: '户数', cell: ({ households }) => String(households) },
      { name: '人次', cell: ({ persons }) => String(persons) },
      { name: '平均能定下（项）', cell: ({ decided }) => decided.toFixed(1) },
      { name: '其中符合（项）', cell: ({ found }) => found?.toFixed(1) ?? noFigure },
      {
        name: '每月约（元）',
        cell: ({ certainFen }) =>
          certainFen === null ? noFigure : String(Math.round(certainFen / 100)),
      },
    ],
    action: 'question.exported',
    fields: [],
    say: async (tx, { area, way, programme, because }) => {
      const { programmes } = await packInForce(tx)
      return [
        ...(await sayArea(tx, area)),
        ...(way === undefined ? [] : [`怎么问：${wayName(way)}`]),
        ...sayProgramme(new Map(programmes.map(({ id, name }) => [id, name])), programme),
        ...(because === undefined ? [] : [`缘由：${becauseName(because)}`]),
      ]
    },
    read: async (tx, filters, most): Promise<readonly Asked[]> => {
      const { facts } = await packInForce(tx)
      const rows = await askedByCommittee(tx, filters)
      return rows.slice(0, most).map((row) => {
        const fact = facts.find(({ id }) => id === row.fact) ?? { name: row.fact }
        return { ...row, factName: fact.name, ask: askText(fact, row) }
      })
    },
  })
}
