import type { Shape } from './shape.ts'
import { list, record, text } from './shape.ts'

// The shapes of pack.yaml, facts.yaml and programmes/*.yaml. What stands here is the format.

const id: Shape = { is: 'id' }
const day: Shape = { is: 'day' }
const flag: Shape = { is: 'boolean' }
const texts = list(text)
const expression: Shape = { is: 'expression' }
const confidence: Shape = { is: 'one-of', of: ['high', 'med', 'low', 'recalled'] }
const entity: Shape = { is: 'one-of', of: ['person', 'household'] }
const clause = record({ document: text }, { article: text })

/** pack.yaml */
export const packShape = record(
  { id, version: text },
  {
    name: text,
    jurisdiction: text,
    notes: text,
    categories: list(record({ id, name: text }, { en: text })),
    sources: { is: 'map', of: text },
    income: record({ earned: id, benefits: id }, {}),
  },
)

const factShape = record(
  {
    id,
    name: text,
    entity,
    type: { is: 'one-of', of: ['date', 'money', 'integer', 'number', 'boolean', 'code'] },
  },
  {
    en: text,
    unit: text,
    owner: text,
    ask: text,
    notes: text,
    range: list({ is: 'any' }),
    decimals: { is: 'integer', min: 0, max: 4 },
    codes: list(record({ code: text, name: text }, { en: text }), 1),
    nullable: flag,
    kind: { is: 'one-of', of: ['status'] },
    programme: id,
    derive: record({ ageOf: text }),
    who: { is: 'one-of', of: ['person', 'department', 'visit'] },
    sensitivity: { is: 'one-of', of: ['plain', 'need-signal', 'clinical'] },
    needSignal: flag,
    shelfMonths: { is: 'integer', min: 1, max: 600 },
    consent: id,
  },
)

const minutes: Shape = { is: 'integer', min: 0, max: 10_000 }

/** facts.yaml */
export const factsShape = record(
  { facts: list(factShape, 1) },
  {
    asking: record(
      {
        person: minutes,
        visit: minutes,
        department: minutes,
        consent: minutes,
        programme: minutes,
        hundredYuan: minutes,
      },
      {},
    ),
  },
)

const parameterShape = record(
  {
    id,
    name: text,
    type: { is: 'one-of', of: ['money', 'integer', 'number'] },
    rows: list(
      record(
        { from: day, value: { is: 'decimal', places: 4 } },
        { to: day, document: text, source: texts, confidence, note: text },
      ),
    ),
  },
  {
    range: list({ is: 'decimal', places: 4, open: true }),
    unit: text,
    notes: text,
    adjusts: { is: 'month-day' },
    confirmed: day,
    source: texts,
    pending: list(record({ from: day }, { note: text })),
    shownOnly: text,
    closed: text,
  },
)

const termShape = record(
  { id, name: text, entity, expr: expression },
  { unit: text, text, source: texts, confidence, notes: text },
)

/** A clause that was not found is written 条款待核, never left out. */
const conditionShape = record(
  { id, text, expr: expression, clause },
  {
    source: texts,
    confidence,
    notes: text,
    whenNull: { is: 'one-of', of: ['met', 'unmet', 'unknown'] },
  },
)

const amountShape = record(
  { kind: { is: 'one-of', of: ['computed', 'official', 'none'] } },
  {
    expr: expression,
    text,
    notes: text,
    per: { is: 'one-of', of: ['month', 'year', 'once', 'event'] },
    round: { is: 'one-of', of: ['fen', 'yuan-up', 'yuan-half-up'] },
  },
)

const tierShape = record(
  { id, target: entity, conditions: list(conditionShape), amount: amountShape },
  { name: text, text, notes: text, source: texts, confidence },
)

/** programmes/*.yaml */
export const programmeShape = record(
  {
    id,
    name: text,
    category: id,
    computes: { is: 'one-of', of: ['full', 'eligibility', 'guidance'] },
  },
  {
    en: text,
    aliases: list(record({ name: text }, { from: day, to: day })),
    level: text,
    departments: texts,
    computesNote: text,
    purpose: text,
    forWhom: text,
    plain: text,
    easyRead: text,
    confidence,
    parameters: list(parameterShape),
    terms: list(termShape),
    conditions: list(conditionShape),
    tiers: list(tierShape),
    excludes: list(
      record({ programme: id }, { entity, source: texts, confidence, text, clause, notes: text }),
    ),
    passports: list(record({ programme: id }, { text, source: texts, confidence, notes: text })),
    income: record({ counted: flag }, { into: id, source: texts, confidence, text }),
    materials: texts,
    channel: text,
    timeLimit: text,
    review: text,
    basis: list(clause),
    sources: texts,
    notes: text,
  },
)
