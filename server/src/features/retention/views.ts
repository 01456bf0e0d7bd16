import { Type } from 'typebox'
import { retentionClasses } from '../households/retention.ts'
import { holdKinds, outcomes } from './erasure.ts'

const strict = { additionalProperties: false } as const
const text = Type.String()
const Day = Type.String({ format: 'date' })
const Instant = Type.String({ format: 'date-time' })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()])
const keysOf = <K extends string>(of: Readonly<Record<K, unknown>>) =>
  Type.Unsafe<K>(Type.Union(Object.keys(of).map((key) => Type.Literal(key))))
const said = (minLength: number, maxLength: number) =>
  Type.String({ minLength, maxLength, pattern: '\\S' })

const Term = {
  years: Type.Integer({ minimum: 0, maximum: 100 }),
  months: Type.Integer({ minimum: 0, maximum: 1200 }),
  days: Type.Integer({ minimum: 0, maximum: 36_500 }),
}

const TermView = Type.Object({
  ...Term,
  id: Type.Integer(),
  basis: text,
  because: text,
  recordedAt: Instant,
  recordedBy: text,
  supersededAt: orNull(Instant),
})

export const RetentionClassView = Type.Object(
  {
    id: keysOf(retentionClasses),
    name: text,
    en: text,
    starts: text,
    startsEn: text,
    least: orNull(Type.Object({ years: Type.Integer(), clause: text })),
    waits: Type.Boolean({
      description: 'Stays while something is received or a lead is open',
    }),
    ends: keysOf({ deleted: 1, reduced: 1 }),
    term: Type.Union([TermView, Type.Null()], { description: 'Null: nobody confirmed one' }),
  },
  { title: 'RetentionClass' },
)

export const RetentionForm = Type.Object(
  {
    ...Term,
    basis: said(2, 300),
    because: said(2, 300),
    seen: orNull(Type.Integer({ minimum: 1 })),
  },
  { title: 'RetentionForm', ...strict },
)

export const RetentionHistoryView = Type.Object(
  { items: Type.Array(TermView) },
  { title: 'RetentionHistory' },
)

export const WeighedView = Type.Object(
  {
    class: keysOf(retentionClasses),
    outcome: keysOf(outcomes),
    records: Type.Integer(),
    persons: Type.Integer(),
    households: Type.Integer(),
    oldest: orNull(Day),
  },
  { title: 'Weighed' },
)

export const DryRunView = Type.Object(
  { day: Day, items: Type.Array(WeighedView) },
  { title: 'DryRun' },
)

export const HoldView = Type.Object(
  {
    id: Type.Integer(),
    householdId: Type.Integer(),
    registerNo: text,
    kind: keysOf(holdKinds),
    because: text,
    recordedAt: Instant,
    recordedBy: text,
    liftedAt: orNull(Instant),
    liftedBecause: orNull(text),
  },
  { title: 'LegalHold' },
)

export const HoldForm = Type.Object(
  {
    householdId: Type.Integer({ minimum: 1 }),
    kind: keysOf(holdKinds),
    because: said(5, 500),
  },
  { title: 'LegalHoldForm', ...strict },
)

export const LiftHoldForm = Type.Object(
  { because: said(5, 500) },
  { title: 'LiftHoldForm', ...strict },
)

export const ErasureView = Type.Object(
  {
    id: Type.Integer(),
    kind: keysOf({ terms: 1, request: 1 }),
    onDay: Day,
    personId: orNull(Type.Integer()),
    basis: text,
    state: keysOf({ asked: 1, running: 1, done: 1, stopped: 1, withdrawn: 1 }),
    askedAt: Instant,
    askedBy: text,
    byMe: Type.Boolean(),
    decidedAt: orNull(Instant),
    decidedBy: orNull(text),
    finishedAt: orNull(Instant),
    done: Type.Integer({ description: 'Households looked at' }),
    of: Type.Integer(),
    households: Type.Integer({ description: 'Households something went of' }),
    records: Type.Integer(),
    failed: Type.Integer({ description: 'Households something still refers to' }),
    steps: Type.Array(keysOf({ confirm: 1, withdraw: 1 })),
  },
  { title: 'Erasure' },
)

export const ErasureForm = Type.Object(
  {
    personId: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()], {
      description: 'Null: everything that has run out',
    }),
    basis: said(2, 300),
  },
  { title: 'ErasureForm', ...strict },
)

export const DecisionForm = Type.Object(
  { decision: keysOf({ confirm: 1, withdraw: 1 }) },
  { title: 'ErasureDecision', ...strict },
)

const StubView = Type.Object(
  {
    id: Type.Integer(),
    erasureId: Type.Integer(),
    householdId: Type.Integer(),
    personId: orNull(Type.Integer()),
    class: keysOf(retentionClasses),
    records: Type.Integer(),
    firstDay: orNull(Day),
    lastDay: orNull(Day),
    erasedOn: Day,
    basis: text,
    askedBy: text,
    confirmedBy: text,
  },
  { title: 'ErasureStub' },
)

export const StubListView = Type.Object(
  {
    items: Type.Array(StubView),
    total: Type.Integer(),
    page: Type.Integer(),
    size: Type.Integer(),
  },
  { title: 'ErasureStubList' },
)
