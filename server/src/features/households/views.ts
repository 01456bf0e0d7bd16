import { Type } from 'typebox'
import { classed } from '../../platform/http/masking.ts'

/** What leaves by HTTP, declared once: validation, types and the API's document come from here. */

const Day = Type.String({ format: 'date' })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])

const FactValueView = Type.Union([Type.Number(), Type.String(), Type.Boolean(), Type.Null()], {
  description:
    'Money in fen, a day as YYYY-MM-DD, a code as in the catalogue, null: known to have none',
})

/** A fact is of the class that it says itself. */
const bySensitivity = { of: 'sensitivity' }

const Sensitivity = Type.Union([
  Type.Literal('plain'),
  Type.Literal('need-signal'),
  Type.Literal('clinical'),
])

const AreaNameView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  level: Type.String(),
  township: Type.Optional(Type.String()),
})

const HouseholdRowView = Type.Object(
  {
    id: Type.Integer(),
    registerNo: Type.String(),
    head: classed(Type.String(), 'listed-name'),
    size: Type.Integer(),
    area: AreaNameView,
    address: classed(Type.String(), 'address'),
    leadId: orNull(Type.Integer()),
  },
  { title: 'HouseholdRow' },
)

export const HouseholdListView = Type.Object(
  {
    items: Type.Array(HouseholdRowView),
    total: Type.Integer(),
    page: Type.Integer(),
    size: Type.Integer(),
    elsewhere: orNull(
      Type.Object(
        {
          township: Type.String(),
          restricted: Type.Boolean({ description: 'In the own area: the glass can be broken' }),
        },
        { description: 'Whoever bears the ID number is on record, out of sight' },
      ),
    ),
  },
  { title: 'HouseholdList' },
)

const RegistrationView = Type.Object(
  {
    standing: Type.Union([
      Type.Literal('same'),
      Type.Literal('other-township'),
      Type.Literal('other-district'),
      Type.Literal('other-province'),
      Type.Literal('unknown'),
    ]),
    place: classed(orNull(Type.String({ description: 'Null: none is recorded' })), 'plain'),
    accepts: classed(
      orNull(Type.String({ description: 'The township that takes applications; null: 待核' })),
      'plain',
    ),
    assists: classed(orNull(Type.String({ description: 'The township that visits' })), 'plain'),
    differs: classed(
      orNull(Type.String({ description: 'What the fact `hukou` says, where it says otherwise' })),
      'plain',
    ),
  },
  { description: 'Where they are registered, and whether they live there' },
)

export const MemberView = Type.Object(
  {
    personId: Type.Integer(),
    name: classed(Type.String(), 'name'),
    relation: classed(Type.String({ description: 'To the head, in words (GB/T 4761)' }), 'plain'),
    sex: classed(Type.String(), 'plain'),
    birthDate: classed(orNull(Day), 'plain'),
    age: classed(orNull(Type.Integer()), 'plain'),
    idNumber: classed(orNull(Type.String()), 'id-number'),
    phone: classed(orNull(Type.String()), 'phone'),
    chips: classed(
      Type.Array(Type.String({ description: 'Made of the lines of the page, never of more' })),
      'plain',
    ),
    registration: RegistrationView,
  },
  { title: 'Member' },
)

const Kind = Type.Union([
  Type.Literal('owner'),
  Type.Literal('department'),
  Type.Literal('visit'),
  Type.Literal('resident'),
  Type.Literal('load'),
])

const OtherWordView = Type.Object(
  {
    id: Type.Integer(),
    sensitivity: Sensitivity,
    kind: Kind,
    valueText: classed(Type.String(), bySensitivity),
    source: Type.String(),
    verifiedOn: Day,
    evidence: Type.Optional(classed(Type.String(), 'free-text')),
    basisName: Type.String(),
    saidBy: orNull(Type.String({ description: 'Null: it came as data' })),
    agrees: Type.Boolean({ description: 'Says the same as what is in force' }),
    because: Type.Union(
      [
        Type.Literal('settled'),
        Type.Literal('order'),
        Type.Literal('later'),
        Type.Literal('first'),
      ],
      {
        description:
          'Why the other is in force: a person decided, the order of sources, verified later, or said first',
      },
    ),
    settled: orNull(
      Type.Object({
        because: classed(Type.String(), 'free-text'),
        by: orNull(Type.String()),
      }),
    ),
  },
  { title: 'OtherWord' },
)

export const HouseholdFactView = Type.Object(
  {
    fact: Type.String(),
    name: Type.String(),
    personId: orNull(Type.Integer()),
    value: Type.Optional(classed(FactValueView, bySensitivity)),
    valueText: classed(
      Type.String({ description: 'In words; of an unknown fact, what it last was' }),
      bySensitivity,
    ),
    state: Type.Union([Type.Literal('known'), Type.Literal('known-none'), Type.Literal('unknown')]),
    unit: Type.Optional(Type.String()),
    source: Type.Optional(Type.String()),
    verifiedOn: Type.Optional(Day),
    shelfUntil: Type.Optional(Day),
    sensitivity: Sensitivity,
    evidence: Type.Optional(classed(Type.String(), 'free-text')),
    basis: Type.Optional(Type.String({ description: 'What lets it be known, by its id' })),
    basisName: Type.Optional(Type.String()),
    covers: Type.Optional(
      Type.Boolean({ description: 'Whether its basis covers proactive discovery' }),
    ),
    legalBasis: Type.Optional(Type.String({ description: 'The basis in words, where given' })),
    type: Type.Union([
      Type.Literal('date'),
      Type.Literal('money'),
      Type.Literal('integer'),
      Type.Literal('number'),
      Type.Literal('boolean'),
      Type.Literal('code'),
    ]),
    codes: Type.Optional(Type.Array(Type.Object({ code: Type.String(), name: Type.String() }))),
    ask: Type.Optional(
      Type.String({ description: 'The question to put, where it may be recorded' }),
    ),
    nullable: Type.Optional(Type.Boolean()),
    kind: Type.Optional(Kind),
    saidBy: Type.Optional(Type.String({ description: 'Who recorded it; absent: it came as data' })),
    others: Type.Array(OtherWordView, { description: 'What other sources say of it, kept beside' }),
  },
  { title: 'HouseholdFact' },
)

const AwardState = Type.Union([
  Type.Literal('receiving'),
  Type.Literal('ended'),
  Type.Literal('refused'),
])

const AwardView = Type.Object(
  {
    personId: orNull(Type.Integer()),
    programme: Type.String(),
    programmeName: Type.String(),
    state: AwardState,
    from: Day,
    to: orNull(Day),
    source: Type.String(),
  },
  { title: 'Award' },
)

export const HouseholdView = Type.Object(
  {
    id: Type.Integer(),
    registerNo: Type.String(),
    address: classed(Type.String(), 'address'),
    area: AreaNameView,
    kind: Type.Union([Type.Literal('family'), Type.Literal('collective')]),
    version: Type.Integer({ description: 'To be sent with every change' }),
    members: Type.Array(MemberView),
    facts: Type.Array(HouseholdFactView),
    awards: Type.Array(AwardView),
    story: classed(orNull(Type.String()), 'free-text'),
    leadId: orNull(Type.Integer()),
    may: Type.Array(Type.String()),
    reasonShows: Type.Array(Type.String(), {
      description: 'Classes of fields that a stated reason (x-qiao-reason) would show',
    }),
  },
  { title: 'Household' },
)

export const FactsThenView = Type.Object(
  {
    area: Type.Object({ id: Type.String() }),
    on: Day,
    members: Type.Array(
      Type.Object({ personId: Type.Integer(), name: classed(Type.String(), 'name') }),
    ),
    facts: Type.Array(HouseholdFactView),
    awards: Type.Array(AwardView),
  },
  { title: 'FactsThen' },
)

export const FactHistoryView = Type.Object(
  {
    area: Type.Object({ id: Type.String() }),
    items: Type.Array(
      Type.Object({
        sensitivity: Sensitivity,
        value: classed(FactValueView, bySensitivity),
        valueText: classed(Type.String(), bySensitivity),
        verifiedOn: Day,
        recordedAt: Type.String({ format: 'date-time' }),
        supersededAt: orNull(Type.String({ format: 'date-time' })),
        source: Type.String(),
        evidence: classed(orNull(Type.String()), 'free-text'),
        legalBasis: orNull(Type.String()),
        basisName: Type.String(),
        validFrom: Day,
        validTo: orNull(Day),
      }),
    ),
  },
  { title: 'FactHistory' },
)

export const FactForm = Type.Object(
  {
    fact: Type.String({ minLength: 1, maxLength: 100 }),
    personId: Type.Optional(orNull(Type.Integer({ minimum: 1 }))),
    value: FactValueView,
    verifiedOn: Type.String({ maxLength: 10 }),
    source: Type.String({ minLength: 1, maxLength: 100 }),
    evidence: Type.Optional(Type.String({ maxLength: 200 })),
    basis: Type.Optional(Type.String({ pattern: '^[a-z-]{1,40}$' })),
    legalBasis: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    version: Type.Integer({ minimum: 1 }),
  },
  { title: 'FactForm', additionalProperties: false },
)

export const SettlementForm = Type.Object(
  {
    take: Type.Boolean({ description: 'The other word comes into force; else it is left beside' }),
    because: Type.String({ minLength: 2, maxLength: 300, pattern: '\\S' }),
    version: Type.Integer({ minimum: 1 }),
  },
  { title: 'SettlementForm', additionalProperties: false },
)

export const AwardForm = Type.Object(
  {
    programme: Type.String({ minLength: 1, maxLength: 40 }),
    personId: Type.Optional(orNull(Type.Integer({ minimum: 1 }))),
    state: AwardState,
    from: Type.String({ maxLength: 10, description: 'First day, YYYY-MM-DD' }),
    to: Type.Optional(orNull(Type.String({ maxLength: 10, description: 'Last day' }))),
    source: Type.String({ minLength: 1, maxLength: 100 }),
    version: Type.Integer({ minimum: 1 }),
  },
  { title: 'AwardForm', additionalProperties: false },
)

export const RecordedView = Type.Object(
  {
    version: Type.Integer({ description: 'Of the household, after the change' }),
    inForce: Type.Boolean({
      description: 'False: another source goes before it, and it lies beside',
    }),
  },
  { title: 'Recorded' },
)

export const NewVersionView = Type.Object(
  { version: Type.Integer({ description: 'Of the household, after the change' }) },
  { title: 'NewVersion' },
)

const text = (most: number) => Type.String({ minLength: 1, maxLength: most })
const Typed = {
  name: text(50),
  idNumber: Type.Optional(text(24)),
  birthDate: Type.Optional(Day),
  phone: Type.Optional(text(24)),
}

export const PersonSearchForm = Type.Object(
  { ...Typed, address: Type.Optional(text(200)) },
  { title: 'PersonSearchForm', additionalProperties: false },
)

export const PersonSearchView = Type.Object(
  {
    id: Type.String({ format: 'uuid', description: 'To be named when the person is entered' }),
    minutes: Type.Integer({ description: 'How long it counts' }),
    hits: Type.Array(
      Type.Object(
        {
          householdId: Type.Integer(),
          personId: Type.Integer(),
          registerNo: Type.String(),
          name: classed(Type.String(), 'listed-name'),
          birthDate: classed(orNull(Day), 'plain'),
          address: classed(Type.String(), 'address'),
          area: AreaNameView,
          score: Type.Integer({ description: 'How like, up to 100' }),
          reasons: Type.Array(Type.String()),
        },
        { title: 'PersonHit' },
      ),
    ),
    elsewhere: Type.Array(
      Type.String({ description: 'Townships outside the area that hold a record of this person' }),
    ),
  },
  { title: 'PersonSearch' },
)

/** Why somebody has no ID number. */
const NoNumber = Type.Union([
  Type.Literal('not-registered'),
  Type.Literal('lost'),
  Type.Literal('unknown-identity'),
  Type.Literal('foreign'),
])

export const PersonForm = Type.Object(
  {
    ...Typed,
    sex: Type.Optional(Type.Union([Type.Literal('1'), Type.Literal('2')])),
    noNumberBecause: Type.Optional(NoNumber),
    searchId: Type.String({ format: 'uuid' }),
  },
  { title: 'PersonForm', additionalProperties: false },
)

export const HouseholdForm = Type.Object(
  {
    area: Type.String({ pattern: '^[0-9]{12}$', description: 'The committee' }),
    address: text(200),
    head: PersonForm,
  },
  { title: 'HouseholdForm', additionalProperties: false },
)

export const MemberForm = Type.Object(
  {
    person: PersonForm,
    relation: Type.String({ pattern: '^[1-9][0-9]$', description: 'To the head, GB/T 4761' }),
    from: Day,
    version: Type.Integer({ minimum: 1 }),
  },
  { title: 'MemberForm', additionalProperties: false },
)

export const IdentityForm = Type.Object(
  {
    name: text(50),
    idNumber: text(24),
    searchId: Type.String({ format: 'uuid' }),
    version: Type.Integer({ minimum: 1 }),
  },
  { title: 'IdentityForm', additionalProperties: false },
)

export const NewHouseholdView = Type.Object(
  { id: Type.Integer(), version: Type.Integer() },
  { title: 'NewHousehold' },
)
