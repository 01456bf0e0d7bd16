import Big from 'big.js'
import { evaluate } from '../../src/feel/evaluation/evaluate.ts'
import { newBudget } from '../../src/feel/evaluation/budget.ts'
import { parseDate } from '../../src/feel/evaluation/temporal/parse.ts'
import { contextOf, isUnknown, type Value } from '../../src/feel/evaluation/value.ts'
import { parseFeel } from '../../src/feel/parse.ts'
import type { Fact, Pack, TargetEntity } from '../../src/pack.ts'
import { parametersOn } from '../../src/parameters.ts'
import type { HouseholdFacts, Reading } from '../../src/results.ts'

/**
 * The other reading of a pack: FEEL evaluated in decimals straight from the text, for a household of
 * which everything is known. It shares nothing with the evaluators but the parser.
 */
export type Oracle = Readonly<{
  /** Value of an expression of the household, or of one member. */
  value: (expr: string, member: number | null) => Value
}>

/** What a parameter without a row is supposed to be; every range holds it. */
const SUPPOSED = 2

type Entries = Map<string, Value>

export function oracleOf(pack: Pack, household: HouseholdFacts, on: string): Oracle {
  const own = entriesOf(pack.facts, 'household', household.household, on)
  const members = household.members.map((m) => entriesOf(pack.facts, 'person', m.facts, on))
  const figures = figuresOn(pack, on)
  const value = (expr: string, member: number | null): Value => {
    const context: Entries = new Map([...own, ...(member === null ? [] : (members[member] ?? []))])
    for (const [name, figure] of figures) context.set(name, figure)
    const today = parseDate(on)
    for (const name of ['on', '基准日']) context.set(name, today)
    for (const name of ['household', '家庭']) context.set(name, contextOf(own))
    for (const name of ['members', '成员']) context.set(name, members.map(contextOf))
    return valueOf(expr, context)
  }
  for (const term of pack.programmes.flatMap((p) => p.terms)) {
    const into = term.entity === 'household' ? [own] : members
    const values = into.map((_, i) => value(term.expr, term.entity === 'household' ? null : i))
    into.forEach((entries, i) => {
      const found = values[i] ?? null
      entries.set(term.id, found).set(term.name, found)
    })
  }
  return { value }
}

function valueOf(text: string, given: Entries): Value {
  const { expr } = parseFeel(text)
  if (!expr) throw new Error(`not FEEL: ${text}`)
  const outcome = evaluate(expr, { local: null, given, budget: newBudget() })
  if (isUnknown(outcome)) throw new Error(`${[...outcome.names].join()} not given: ${text}`)
  return outcome
}

function entriesOf(
  facts: readonly Fact[],
  entity: TargetEntity,
  readings: Readonly<Record<string, Reading>>,
  on: string,
): Entries {
  const entries: Entries = new Map()
  for (const fact of facts.filter((f) => f.entity === entity)) {
    const value = valueOfFact(fact, readings, on)
    entries.set(fact.id, value).set(fact.name, value)
  }
  return entries
}

function valueOfFact(fact: Fact, readings: Readonly<Record<string, Reading>>, on: string): Value {
  const value = readings[fact.id]?.value ?? null
  if (value === null && fact.derive) return ageOf(readings[fact.derive.ageOf]?.value ?? null, on)
  if (value === null || typeof value === 'boolean') return value
  if (fact.type === 'code') return fact.codes?.find(({ code }) => code === value)?.name ?? null
  if (fact.type === 'date') return parseDate(String(value))
  return fact.type === 'money' ? new Big(value).div(100) : new Big(value)
}

/** Birthdays passed. JavaScript's calendar moves the 29 February of a common year to 1 March. */
function ageOf(birth: Reading['value'], on: string): Value {
  if (birth === null) return null
  const [year = 0, month = 1, day = 1] = String(birth).split('-').map(Number)
  const today = Date.parse(on)
  let age = -1
  while (Date.UTC(year + age + 1, month - 1, day) <= today) age++
  return new Big(Math.min(Math.max(age, 0), 120))
}

/** The row that begins last on or before the day, if the day is not past it; else what is supposed. */
function figuresOn(pack: Pack, on: string): Entries {
  const figures: Entries = new Map()
  for (const { id, name, rows } of pack.parameters) {
    const row = rows.filter(({ from }) => from <= on).at(-1)
    const isKnown = row && (row.knownUntil === null || row.knownUntil >= on)
    const figure = new Big(isKnown ? row.value : SUPPOSED)
    figures.set(id, figure).set(name, figure)
  }
  return figures
}

/** Figures for the parameters that have none on the day. */
export function supposedFigures(pack: Pack, on: string): Record<string, number> {
  const open = parametersOn(pack.parameters, on).map(({ state }) => state !== 'known')
  return Object.fromEntries(
    pack.parameters.filter((_, i) => open[i]).map(({ id }) => [id, SUPPOSED]),
  )
}
