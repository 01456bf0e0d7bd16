import { explain } from '../src/evaluate/explain.ts'
import type { HouseholdFacts, Reading, Result } from '../src/results.ts'
import { packFrom } from './pack-text.ts'

/** Readings from plain values: fen, codes, days, true, null for known to have none. */
export function known(values: Readonly<Record<string, Reading['value']>>): Record<string, Reading> {
  return Object.fromEntries(Object.entries(values).map(([fact, value]) => [fact, { value }]))
}

/** A household of which the facts given are known, its members called m0, m1, … */
export function householdOf(
  own: Readonly<Record<string, Reading['value']>>,
  ...members: Readonly<Record<string, Reading['value']>>[]
): HouseholdFacts {
  const each = members.length === 0 ? [{}] : members
  return {
    household: known(own),
    members: each.map((values, i) => ({ id: `m${i}`, facts: known(values) })),
  }
}

/** The first result of a pack written in YAML (see pack-text.ts). */
export function answer(text: string, household: HouseholdFacts, on = '2025-06-01'): Result {
  const [first] = explain(packFrom(text), household, on)
  if (!first) throw new Error('no result')
  return first
}

const facts = `
facts:
  - {id: income, name: 收入, entity: person, type: money}
  - {id: pension, name: 养老金, entity: person, type: money, nullable: true}
  - {id: birth_date, name: 出生日期, entity: person, type: date, range: [1940-06-15, null]}
  - {id: age, name: 年龄, entity: person, type: integer, range: [0, 120], derive: {ageOf: birth_date}}
  - {id: student, name: 在校, entity: person, type: boolean}
  - {id: assets, name: 财产, entity: household, type: money}
  - {id: rented, name: 租房, entity: household, type: boolean}
  - {id: holds_other, name: 别的身份, entity: household, type: boolean, kind: status, programme: other}
`

/** A programme with one condition and one amount, over a handful of facts. */
export function programme(of: {
  target?: 'household' | 'person'
  condition?: string
  amount?: string
  round?: string
  more?: string
  other?: string
  top?: string
}): string {
  const {
    target = 'household',
    condition = 'true',
    amount,
    round = 'fen',
    more = '',
    other = '',
    top = '',
  } = of
  const paid =
    amount === undefined
      ? '{kind: official}'
      : `{kind: computed, per: month, round: ${round}, expr: '${amount}'}`
  return `${facts}
programmes:
  - id: aid
    name: 补助
    category: any
    computes: full
${top}
    tiers:
      - id: only
        target: ${target}
        conditions:
          - {id: line, text: 线, clause: {document: 条款待核}, expr: '${condition}'${more}}${other}
        amount: ${paid}
  - id: other
    name: 别的补助
    category: any
    computes: full
    tiers:
      - id: only
        target: household
        conditions: [{id: poor, text: 穷, clause: {document: 条款待核}, expr: 财产 < 100}]
        amount: {kind: official}
`
}
