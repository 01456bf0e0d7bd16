import type { Pack } from '@qiao/rules'
import { Type } from 'typebox'
import type { Tx } from '../../platform/db/database.ts'
import { exportList } from '../exports/export-list.ts'
import { sayProgramme } from '../exports/say.ts'
import { listFeedback } from './queries.ts'

export type FeedbackParts = Readonly<{ packInForce: (tx: Tx) => Promise<Pack> }>

const text = Type.String()
const NullableText = Type.Union([text, Type.Null()])

export const FeedbackView = Type.Object(
  {
    id: Type.Integer(),
    programme: text,
    programmeName: text,
    works: Type.Boolean(),
    because: text,
    areaName: NullableText,
    by: NullableText,
    at: text,
    households: Type.Array(Type.Object({ id: Type.Integer(), registerNo: text })),
    answer: NullableText,
    answeredBy: NullableText,
    answeredAt: NullableText,
  },
  { title: 'PolicyFeedback' },
)

export const feedbackFilters = {
  programme: Type.Optional(Type.String({ maxLength: 100 })),
  open: Type.Optional(Type.Boolean({ description: 'Only what is not answered, or only what is' })),
}

/** The list by programme as a file; households are counted, not named. */
export function feedbackExport({ packInForce }: FeedbackParts) {
  const namesIn = async (tx: Tx) =>
    new Map((await packInForce(tx)).programmes.map(({ id, name }) => [id, name]))
  return exportList({
    id: 'feedback',
    name: '政策反馈',
    en: 'Feedback on policies',
    right: 'feedback.export',
    filters: Type.Object(feedbackFilters, { additionalProperties: false }),
    row: FeedbackView,
    columns: [
      { name: '政策', cell: ({ programmeName }) => programmeName },
      { name: '好用或不好用', cell: ({ works }) => (works ? '好用' : '不好用') },
      { name: '理由', cell: ({ because }) => because },
      { name: '区划', cell: ({ areaName }) => areaName ?? '' },
      { name: '反馈人', cell: ({ by }) => by ?? '' },
      { name: '时间', cell: ({ at }) => at },
      { name: '所附户数', cell: ({ households }) => String(households.length) },
      { name: '答复', cell: ({ answer }) => answer ?? '' },
      { name: '答复人', cell: ({ answeredBy }) => answeredBy ?? '' },
      { name: '答复时间', cell: ({ answeredAt }) => answeredAt ?? '' },
    ],
    action: 'feedback.exported',
    fields: ['feedback'],
    say: async (tx, { programme, open }) => [
      ...sayProgramme(await namesIn(tx), programme),
      ...(open === undefined ? [] : [open ? '只看未答复' : '只看已答复']),
    ],
    read: async (tx, filters, most) => {
      const names = await namesIn(tx)
      const rows = await listFeedback(tx, filters, most)
      return rows
        .map((row) => ({ ...row, programmeName: names.get(row.programme) ?? row.programme }))
        .toSorted((a, b) =>
          a.programme < b.programme ? -1 : a.programme > b.programme ? 1 : b.id - a.id,
        )
    },
  })
}
