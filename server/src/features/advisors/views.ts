import { Type } from 'typebox'
import { AreaId } from './station-views.ts'
import { AttemptView } from './training-views.ts'

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])
const strict = { additionalProperties: false } as const
const Day = Type.String({ format: 'date' })
const At = Type.String({ format: 'date-time' })
const Because = Type.String({ minLength: 2, maxLength: 300, pattern: '\\S' })

export const params = Type.Object({ staffId: Type.String({ format: 'uuid' }) })

export const Kind = Type.Union([
  Type.Literal('district-staff'),
  Type.Literal('township-staff'),
  Type.Literal('community-cadre'),
  Type.Literal('social-worker'),
  Type.Literal('volunteer'),
  Type.Literal('expert'),
])
const Level = Type.Union([
  Type.Literal('district'),
  Type.Literal('township'),
  Type.Literal('committee'),
  Type.Literal('support'),
])
export const StandingView = Type.Union([
  Type.Literal('valid'),
  Type.Literal('not-needed'),
  Type.Literal('none'),
  Type.Literal('not-yet'),
  Type.Literal('expired'),
  Type.Literal('ended'),
])

const content = {
  kind: Kind,
  level: Level,
  areas: Type.Array(AreaId, { minItems: 1, maxItems: 50, uniqueItems: true }),
  station: orNull(Type.Integer({ minimum: 1 })),
  organisation: orNull(Type.String({ minLength: 2, maxLength: 100, pattern: '\\S' })),
  grades: Type.Array(Type.Union([Type.Literal('all-posts'), Type.Literal('policy')]), {
    maxItems: 2,
    uniqueItems: true,
  }),
  from: Day,
  to: orNull(Day),
}

export const AdvisorForm = Type.Object(
  {
    ...content,
    seen: orNull(
      Type.Integer({ minimum: 1, description: '`version` as last read; null for none' }),
    ),
  },
  { title: 'AdvisorForm', ...strict },
)

const RecordView = Type.Object(
  {
    version: Type.Integer({ description: 'Of what stands; sent back as `seen`' }),
    ...content,
    stationName: orNull(Type.String()),
    recordedAt: At,
    supersededAt: orNull(At),
  },
  { title: 'AdvisorRecord' },
)

const certificate = {
  number: Type.String({ minLength: 2, maxLength: 40, pattern: '\\S' }),
  from: Day,
  to: Day,
  because: Type.String({ minLength: 2, maxLength: 300, pattern: '\\S', description: 'On what' }),
}
export const CertificateForm = Type.Object(certificate, { title: 'CertificateForm', ...strict })
export const EndingForm = Type.Object(
  { because: Because },
  { title: 'CertificateEndingForm', ...strict },
)

const CertificateView = Type.Object(
  {
    id: Type.Integer(),
    ...certificate,
    demonstration: Type.Boolean({ description: 'Made by the set-up of a demonstration' }),
    endedOn: orNull(Day),
    endedBecause: orNull(Type.String()),
  },
  { title: 'Certificate' },
)

const person = {
  staffId: Type.String(),
  name: Type.String(),
  roleName: Type.String(),
  areaId: Type.String(),
  areaName: Type.String(),
  standing: StandingView,
}

const AdvisorRowView = Type.Object(
  { ...person, record: orNull(RecordView), validTo: orNull(Day) },
  { title: 'AdvisorRow' },
)

export const AdvisorsView = Type.Object({
  items: Type.Array(AdvisorRowView),
  total: Type.Integer(),
  may: Type.Object({ write: Type.Boolean() }),
})

export const DutyForm = Type.Object(
  {
    area: Type.String({ pattern: '^[0-9]{12}$', description: 'A committee' }),
    from: Day,
    to: orNull(Day),
  },
  { title: 'DutyForm', ...strict },
)
export const DutyEndingForm = Type.Object({ lastDay: Day }, { title: 'DutyEndingForm', ...strict })

export const AdvisorView = Type.Object(
  {
    ...person,
    records: Type.Array(RecordView, { description: 'What stands first, then what stood' }),
    certificates: Type.Array(CertificateView, { description: 'The latest first' }),
    duties: Type.Array(
      Type.Object(
        {
          id: Type.Integer(),
          areaId: Type.String(),
          areaName: Type.String(),
          from: Day,
          to: orNull(Day),
        },
        { title: 'CommitteeDuty' },
      ),
      { description: 'Committees they answer for, those that stand first' },
    ),
    attempts: Type.Array(AttemptView, { description: 'At the examination, the latest first' }),
    trained: Type.Array(Type.Object({ year: Type.Integer(), minutes: Type.Integer() }), {
      description: 'Minutes of training attended by year, as far as the reader may see',
    }),
    may: Type.Object({
      write: Type.Boolean({ description: 'An official of the area, and not oneself' }),
      print: Type.Boolean({ description: 'There is a badge to print' }),
    }),
  },
  { title: 'Advisor' },
)

export const BadgeView = Type.Object(
  {
    name: Type.String(),
    station: orNull(Type.String()),
    level: Level,
    valid: Type.Boolean(),
  },
  { title: 'Badge', ...strict },
)

export const StationSignView = Type.Object(
  {
    name: Type.String(),
    address: Type.String(),
    hours: Type.String(),
    phone: orNull(Type.String()),
    open: Type.Boolean(),
  },
  { title: 'StationSign', ...strict },
)
