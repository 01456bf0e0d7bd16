import { Type } from 'typebox'

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])
const strict = { additionalProperties: false } as const
const Day = Type.String({ format: 'date' })
export const AreaId = Type.String({ pattern: '^[0-9]{6}([0-9]{3}([0-9]{3})?)?$' })
const text = (minLength: number, maxLength: number) =>
  Type.String({ minLength, maxLength, pattern: '\\S' })

const content = {
  areaId: AreaId,
  name: text(2, 60),
  address: text(2, 200),
  hours: Type.String({ minLength: 2, maxLength: 200, pattern: '\\S', description: 'As posted' }),
  phone: orNull(text(3, 40)),
  from: Day,
  to: orNull(Day),
  closedBecause: orNull(text(2, 300)),
}

export const StationForm = Type.Object(
  {
    ...content,
    seen: orNull(
      Type.Integer({ minimum: 1, description: '`version` as last read; null for a new station' }),
    ),
  },
  { title: 'StationForm', ...strict },
)

export const StationView = Type.Object(
  {
    id: Type.Integer(),
    version: Type.Integer({ description: 'Of what stands; sent back as `seen`' }),
    ...content,
    level: Type.Union([
      Type.Literal('district'),
      Type.Literal('township'),
      Type.Literal('committee'),
    ]),
    areaName: Type.String(),
    state: Type.Union([Type.Literal('coming'), Type.Literal('open'), Type.Literal('closed')]),
    advisors: Type.Integer({ description: 'On record there today, as far as the reader may see' }),
    may: Type.Object({ write: Type.Boolean() }),
  },
  { title: 'Station' },
)

export const StationsView = Type.Object({
  items: Type.Array(StationView),
  may: Type.Object({ write: Type.Boolean() }),
})
