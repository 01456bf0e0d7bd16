import { codes } from './facts.ts'
import type { Draw } from './draw.ts'

/** Random FEEL in the shape of policies, as text. */

/** What an expression may name, and how a member looks from inside an aggregate. */
export type View = Readonly<{
  numbers: readonly string[]
  booleans: readonly string[]
  dates: readonly string[]
  codes: readonly string[]
  /** Numbers of a member, as they stand after `members.`. */
  columns: readonly string[]
  /** Only what a decimal evaluator says exactly and alike. */
  exact: boolean
  members: Readonly<{ filter: View; quantified: View }> | null
}>

export type ExpressionKind = 'number' | 'boolean' | 'date'

/** An expression of a kind that nests at most `depth` deep. */
export function expression(draw: Draw, view: View, kind: ExpressionKind, depth: number): string {
  return makers[kind]({ draw, view, depth })
}

type At = Readonly<{ draw: Draw; view: View; depth: number }>

const inside = ({ draw, view, depth }: At, kind: ExpressionKind): string =>
  expression(draw, view, kind, depth - 1)
const isLeaf = ({ draw, depth }: At): boolean => depth === 0 || draw.chance(1, 4)

const literals = ['0', '1', '2', '3', '0.5', '100', '1240', '0.01', '33.33', '18', '60']
const divisors = ['2', '3', '0.7', '100', 'count(members)']
const ending = ['2', '0.8', '100', 'count(members)']
const days = ['date("2025-06-15")', 'date("2024-02-29")', 'date("2025-07-01")']
const durations = ['P18Y', 'P1M', 'P6M', 'P30D', 'P1D'].map((d) => `duration("${d}")`)
const comparisons = ['<', '<=', '>', '>=', '=', '!=']

function number(at: At): string {
  const { draw, view } = at
  if (isLeaf(at)) return draw.chance(3, 4) ? draw.pick(view.numbers) : draw.pick(literals)
  const n = (): string => inside(at, 'number')
  switch (draw.integer(0, view.members ? 10 : 6)) {
    case 0:
    case 1:
      return `(${n()} ${draw.pick(['+', '-', '*'])} ${n()})`
    case 2:
      return `(${n()} / ${draw.pick(view.exact ? ending : divisors)})`
    case 3:
      return `${draw.pick(['min', 'max'])}(${n()}, ${n()})`
    case 4:
      return `${draw.pick(['abs', 'floor', 'ceiling', '-'])}(${n()})`
    case 5:
      return `(if ${inside(at, 'boolean')} then ${n()} else ${n()})`
    case 6:
      return `${inside(at, 'date')}.${draw.pick(['year', 'month', 'day'])}`
    case 7:
      return `count(members[${filter(at)}])`
    case 8:
      return `${draw.pick(view.exact ? ['min', 'max'] : ['sum', 'min', 'max'])}(members[${filter(at)}].${draw.pick(view.columns)})`
    default:
      return `${draw.pick(['sum', 'min', 'max'])}(members.${draw.pick(view.columns)})`
  }
}

function filter({ draw, view, depth }: At): string {
  return view.members ? expression(draw, view.members.filter, 'boolean', depth - 1) : 'true'
}

function boolean(at: At): string {
  const { draw, view } = at
  if (isLeaf(at)) return draw.chance(5, 6) ? draw.pick(view.booleans) : draw.pick(['true', 'false'])
  const [n, b] = [() => inside(at, 'number'), () => inside(at, 'boolean')]
  const compare = draw.pick(comparisons)
  switch (draw.integer(0, view.members ? 15 : 13)) {
    case 0:
    case 1:
      return `(${n()} ${compare} ${n()})`
    case 2:
      return `(${n()} ${compare} ${draw.pick(literals)})`
    case 3:
      return `(${inside(at, 'date')} ${compare} ${inside(at, 'date')})`
    case 4:
      return `(${b()} ${draw.pick(['=', '!='])} ${b()})`
    case 5:
      return `(${n()} in ${draw.pick(['[', '('])}${n()}..${n()}${draw.pick([']', ')'])})`
    case 6:
      return `(${n()} between ${n()} and ${n()})`
    case 7:
      return `(${n()} in (${compare} ${n()}, ${n()}))`
    case 8:
      return nullTest(at)
    case 9:
      return codeTest(at)
    case 10:
    case 11:
      return `(${b()} ${draw.pick(['and', 'or'])} ${b()})`
    case 12:
      return `not(${b()})`
    case 13:
      return `(if ${b()} then ${b()} else ${b()})`
    default:
      return quantified(at)
  }
}

function nullTest({ draw, view }: At): string {
  const twice = draw.pick(view.numbers)
  const compared = (): string => `${twice} ${draw.pick(comparisons)} ${draw.pick(literals)}`
  if (draw.chance(1, 3)) return `(${twice} != null and ${compared()})`
  if (draw.chance(1, 2)) return `(${compared()} ${draw.pick(['and', 'or'])} ${compared()})`
  const name = draw.pick([...view.booleans, ...view.numbers, ...view.dates, ...view.codes])
  return `(${name} ${draw.pick(['=', '!='])} null)`
}

function codeTest({ draw, view }: At): string {
  const [fact, name] = [draw.pick(view.codes), (): string => draw.pick(codes).name]
  return draw.chance(1, 2)
    ? `(${fact} ${draw.pick(['=', '!='])} "${name()}")`
    : `(${fact} in ("${name()}", "${name()}"))`
}

function quantified(at: At): string {
  const { draw, view, depth } = at
  if (!view.members) return 'true'
  const over = draw.chance(1, 3) ? `members[${filter(at)}]` : 'members'
  const test = expression(draw, view.members.quantified, 'boolean', depth - 1)
  return `(${draw.pick(['some', 'every'])} m in ${over} satisfies ${test})`
}

function date(at: At): string {
  const { draw, view } = at
  if (isLeaf(at)) return draw.pick([...view.dates, ...view.dates, 'on', ...days])
  if (draw.chance(1, 3))
    return `(if ${inside(at, 'boolean')} then ${inside(at, 'date')} else ${inside(at, 'date')})`
  return `(${inside(at, 'date')} ${draw.pick(['+', '-'])} ${draw.pick(durations)})`
}

const makers: Readonly<Record<ExpressionKind, (at: At) => string>> = { number, boolean, date }
