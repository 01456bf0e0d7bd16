import { type Static, Type } from 'typebox'
import { ruleKeys, seasonKinds } from './rhythm.ts'
import { Day, oneOf, orNull, strict } from './views.ts'

/** How often households are contacted and visited, and in which seasons more often. */

const EveryView = Type.Object(
  { amount: Type.Integer({ minimum: 1, maximum: 400 }), unit: oneOf(['day', 'month']) },
  strict,
)
const text = Type.String({ minLength: 2, maxLength: 300, pattern: '\\S' })
const stated = {
  contact: orNull(EveryView),
  visit: orNull(EveryView),
  from: Day,
  source: text,
  proposed: Type.Boolean({ description: 'No rule sets it for this district: 待核' }),
}
const Recorded = {
  recordedAt: Type.String({ format: 'date-time' }),
  recordedBy: orNull(Type.String({ description: 'null: shipped with the program' })),
}

export const VisitRuleForm = Type.Object(
  { ...stated, version: Type.Integer({ minimum: 1, description: 'As last read' }) },
  { title: 'VisitRuleForm', ...strict },
)
export type StatedRule = Static<typeof VisitRuleForm>

const VisitRuleView = Type.Object(
  {
    key: oneOf(ruleKeys),
    ...stated,
    ...Recorded,
    version: Type.Integer(),
    others: Type.Array(Type.Object({ ...stated, ...Recorded }), {
      description: 'What is to come and what stood before, latest first',
    }),
  },
  { title: 'VisitRule' },
)
export type VisitRuleOf = Static<typeof VisitRuleView>

const season = {
  kind: oneOf(seasonKinds),
  from: Day,
  to: Day,
  percent: Type.Integer({
    minimum: 10,
    maximum: 99,
    description: 'Intervals are this much of what they otherwise are',
  }),
  because: text,
}
export const VisitSeasonForm = Type.Object(season, { title: 'VisitSeasonForm', ...strict })
export type SeasonForm = Static<typeof VisitSeasonForm>

const VisitSeasonView = Type.Object(
  { id: Type.Integer(), ...season, ...Recorded, ended: Type.Boolean() },
  { title: 'VisitSeason' },
)
export type SeasonOf = Static<typeof VisitSeasonView>

export const VisitRulesView = Type.Object(
  {
    items: Type.Array(VisitRuleView),
    seasons: Type.Array(VisitSeasonView),
    may: Type.Object({ write: Type.Boolean() }),
  },
  { title: 'VisitRules' },
)
