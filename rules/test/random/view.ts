import type { Fact, TargetEntity } from '../../src/pack.ts'
import type { ExpressionKind, View } from './expressions.ts'

/** A term of a random pack. */
export type RandomTerm = Readonly<{
  id: string
  name: string
  entity: TargetEntity
  kind: ExpressionKind
  expr: string
}>

/** Everything an expression may name, whoever's it is. */
export type Named = Readonly<{
  facts: readonly Fact[]
  parameters: readonly string[]
  terms: readonly RandomTerm[]
  /** `status("…")` and `match("…")` by whose they are. */
  tests: Readonly<Record<TargetEntity, readonly string[]>>
  exact: boolean
}>

type Spelling = (name: string) => string
type Names = Pick<View, 'numbers' | 'booleans' | 'dates' | 'codes'>

function namesOf({ facts, terms }: Named, entity: TargetEntity, spell: Spelling): Names {
  const typed = [
    ...facts.filter((f) => f.entity === entity).map(({ id, name, type }) => ({ id, name, type })),
    ...terms
      .filter((t) => t.entity === entity)
      .map(({ id, name, kind }) => ({ id, name, type: kind })),
  ]
  const of = (...types: string[]): string[] =>
    typed.filter((x) => types.includes(x.type)).flatMap((x) => [spell(x.id), spell(x.name)])
  return {
    numbers: of('money', 'integer', 'number'),
    booleans: of('boolean'),
    dates: of('date'),
    codes: of('code'),
  }
}

function both(a: Names, b: Names, named: Named, tests: readonly string[]): Names {
  return {
    numbers: [...a.numbers, ...b.numbers, ...named.parameters, 'count(members)'],
    booleans: [...a.booleans, ...b.booleans, ...tests],
    dates: [...a.dates, ...b.dates],
    codes: [...a.codes, ...b.codes],
  }
}

const NOTHING: Names = { numbers: [], booleans: [], dates: [], codes: [] }
const bare: Spelling = (name) => name

/**
 * What an expression of a household, of a person, or of either may name. Inside a filter members'
 * names are bare, inside a quantified test they follow the variable.
 */
export function viewOf(entity: TargetEntity | 'either', named: Named): View {
  const ofPerson = (spell: Spelling): Names => namesOf(named, 'person', spell)
  const ofHousehold = (spell: Spelling): Names => namesOf(named, 'household', spell)
  const { tests } = named
  const anyone = [...tests.household, ...tests.person]
  const member = (spell: Spelling): View => ({
    ...both(ofPerson(spell), ofHousehold(bare), named, anyone),
    columns: [],
    exact: named.exact,
    members: null,
  })
  const { exact } = named
  const own =
    entity === 'household'
      ? both(ofHousehold(bare), NOTHING, named, tests.household)
      : both(
          entity === 'person' ? ofPerson(bare) : NOTHING,
          ofHousehold((name) => `household.${name}`),
          named,
          entity === 'person' ? anyone : tests.household,
        )
  return {
    ...own,
    columns: ofPerson(bare).numbers,
    exact,
    members: { filter: member(bare), quantified: member((name) => `m.${name}`) },
  }
}
