import { Type } from 'typebox'

const strict = { additionalProperties: false } as const
const text = Type.String()
const Day = Type.String({ format: 'date' })
const OrNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])
const ExceptionView = Type.Union([Type.Literal('holiday'), Type.Literal('make-up')])
const Because = Type.String({ minLength: 2, maxLength: 300, pattern: '\\S' })
const Seen = Type.Integer({ minimum: 0, description: 'The version the writer has seen' })

/** As the database bounds them. */
const [first, last] = [2000, 2100]
export const YearNumber = Type.Integer({ minimum: first, maximum: last })
export const isYear = (year: number): boolean => year >= first && year <= last

export const WorkdayYearView = Type.Object(
  {
    year: Type.Integer(),
    known: Type.Boolean({ description: 'False: only weekends are known, and counts are 待核' }),
    version: Type.Integer(),
    days: Type.Array(Type.Object({ day: text, kind: ExceptionView, name: OrNull(text) })),
    changes: Type.Array(
      Type.Object({
        day: OrNull(text),
        kind: Type.Union([
          ExceptionView,
          Type.Literal('by-weekday'),
          Type.Literal('known'),
          Type.Literal('unknown'),
        ]),
        name: OrNull(text),
        because: text,
        recordedAt: text,
        recordedBy: text,
      }),
    ),
  },
  { title: 'WorkdayYear' },
)

export const DaysForm = Type.Object(
  {
    from: Day,
    to: Day,
    kind: Type.Union([ExceptionView, Type.Literal('by-weekday')]),
    name: OrNull(Type.String({ minLength: 1, maxLength: 30, pattern: '\\S' })),
    because: Because,
    seen: Seen,
  },
  strict,
)

export const YearForm = Type.Object({ known: Type.Boolean(), because: Because, seen: Seen }, strict)
