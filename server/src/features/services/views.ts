import { type Static, Type } from 'typebox'
import { classed } from '../../platform/http/masking.ts'
import { flags, methods, outcomes, serviceTypes } from './service.ts'
import { dueKinds, ruleKeys, seasonKinds, tiers } from './rhythm.ts'

/** Services of one household. Days are YYYY-MM-DD, times HH:MM, money is fen. */

export const strict = { additionalProperties: false } as const
export const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])
export const oneOf = <T extends string>(values: readonly T[]) =>
  Type.Unsafe<T>({ type: 'string', enum: [...values] })
export const Day = Type.String({ format: 'date' })
const Time = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' })
const text = (maxLength: number) => Type.String({ maxLength })
const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })

const Words = Type.Object(
  {
    said: text(2000),
    seen: text(2000),
    needs: text(2000),
    done: text(2000),
    resource: text(500),
    next: text(500),
  },
  strict,
)

const Material = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' }),
    quantity: Type.Integer({ minimum: 1, maximum: 10_000 }),
    fen: Type.Integer({ minimum: 0, maximum: 100_000_000, description: 'Value of all of them' }),
  },
  strict,
)

const content = {
  personIds: Type.Array(Id, { maxItems: 30, uniqueItems: true, description: 'Whom it concerned' }),
  day: Day,
  begins: orNull(Time),
  ends: orNull(Time),
  method: oneOf(methods),
  outcome: oneOf(outcomes),
  services: Type.Array(oneOf(serviceTypes), { maxItems: 5, uniqueItems: true }),
  programmes: Type.Array(Type.String({ pattern: '^[a-z0-9-]{1,40}$' }), {
    maxItems: 40,
    uniqueItems: true,
    description: 'Policies that were told',
  }),
  materials: Type.Array(Material, { maxItems: 30 }),
  flags: Type.Array(oneOf(flags), { maxItems: flags.length, uniqueItems: true }),
  nextDay: orNull(Day),
  words: Words,
}

export const ServiceForm = Type.Object(content, { title: 'ServiceForm', ...strict })

export const ServiceAmendment = Type.Object(
  {
    ...content,
    version: Type.Integer({ minimum: 1, description: 'As last read' }),
    because: orNull(
      Type.String({
        minLength: 2,
        maxLength: 300,
        pattern: '\\S',
        description: 'Must be given a day after the record, and by whoever did not write it',
      }),
    ),
  },
  { title: 'ServiceAmendment', ...strict },
)

const shown = {
  ...content,
  materials: classed(content.materials, 'free-text'),
  flags: classed(content.flags, 'free-text'),
  words: Type.Object({
    said: classed(Type.String(), 'free-text'),
    seen: classed(Type.String(), 'free-text'),
    needs: classed(Type.String(), 'free-text'),
    done: classed(Type.String(), 'free-text'),
    resource: classed(Type.String(), 'free-text'),
    next: classed(Type.String(), 'free-text'),
  }),
  version: Type.Integer(),
  because: classed(orNull(Type.String()), 'free-text'),
  madeAt: Type.String({ format: 'date-time' }),
  madeBy: Type.String({ description: 'The colleague who wrote this version' }),
}

const ServiceVersionView = Type.Object(shown, { title: 'ServiceVersion' })

const persons = Type.Array(
  Type.Object({ personId: Type.Integer(), name: classed(Type.String(), 'name') }),
)
const programmeNames = Type.Array(Type.Object({ id: Type.String(), name: Type.String() }))

const record = {
  id: Type.Integer(),
  ...shown,
  persons,
  programmesTold: programmeNames,
  firstBy: Type.String(),
  firstAt: Type.String({ format: 'date-time' }),
  /** edit: without a reason; amend: with one; counsel: may note counselling. */
  may: Type.Array(oneOf(['edit', 'amend', 'counsel', 'read-counselling'])),
}

const ServiceView = Type.Object(record, { title: 'Service' })
export type Service = Static<typeof ServiceView>

export const ServiceWithVersionsView = Type.Object(
  {
    area: Type.Object({ id: Type.String() }),
    ...record,
    before: Type.Array(ServiceVersionView, { description: 'What stood before, latest first' }),
  },
  { title: 'ServiceWithVersions' },
)

const DueView = Type.Object(
  {
    kind: oneOf(dueKinds),
    due: Type.String(),
    left: Type.Integer({ description: 'Days; below zero: gone by since' }),
    last: orNull(Type.String()),
    sensitivity: Type.Union([Type.Literal('plain'), Type.Literal('need-signal')]),
    reason: classed(oneOf(ruleKeys), { of: 'sensitivity' }),
    season: orNull(oneOf(seasonKinds)),
  },
  { title: 'VisitDue' },
)
export type DueOf = Static<typeof DueView>

const TierView = Type.Object(
  {
    tier: oneOf(tiers),
    because: classed(Type.String(), 'free-text'),
    from: Type.String(),
    version: Type.Integer({ description: 'Sent back as `seen`' }),
    recordedAt: Type.String({ format: 'date-time' }),
    recordedBy: orNull(Type.String()),
  },
  { title: 'VisitTier' },
)
export type TierOf = Static<typeof TierView>

export const ServicesView = Type.Object(
  {
    area: Type.Object({ id: Type.String() }),
    items: Type.Array(ServiceView),
    due: Type.Array(DueView),
    tier: orNull(TierView),
    may: Type.Array(oneOf(['record', 'set-tier'])),
  },
  { title: 'Services' },
)

/** What is known already when somebody begins to write. */
export const ServiceStartView = Type.Object(
  {
    area: Type.Object({ id: Type.String() }),
    today: Type.String(),
    persons,
    /** Of lines that are open: what there is to tell. */
    programmes: programmeNames,
    due: Type.Array(DueView),
    last: orNull(
      Type.Object({
        on: Type.String(),
        by: Type.String(),
        said: classed(Type.String(), 'free-text'),
        seen: classed(Type.String(), 'free-text'),
        next: classed(Type.String(), 'free-text'),
        flags: classed(Type.Array(oneOf(flags)), 'free-text'),
      }),
    ),
    method: oneOf(methods),
    mayCounsel: Type.Boolean(),
  },
  { title: 'ServiceStart' },
)

export const TierForm = Type.Object(
  {
    tier: oneOf(tiers),
    because: Type.String({ minLength: 2, maxLength: 300, pattern: '\\S' }),
    seen: orNull(Type.Integer({ minimum: 1, description: 'null: none was set' })),
  },
  { title: 'VisitTierForm', ...strict },
)

export const CounsellingForm = Type.Object(
  { note: Type.String({ minLength: 2, maxLength: 4000, pattern: '\\S' }) },
  { title: 'CounsellingForm', ...strict },
)

export const CounsellingView = Type.Object(
  {
    area: Type.Object({ id: Type.String() }),
    items: Type.Array(
      Type.Object({
        note: classed(Type.String(), 'clinical'),
        madeAt: Type.String({ format: 'date-time' }),
        madeBy: Type.String(),
      }),
    ),
  },
  { title: 'Counselling' },
)
