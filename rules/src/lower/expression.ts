import { scaled, decimalPlaces } from '../decimals.ts'
import { dayFromText } from '../days.ts'
import type { Expr } from '../feel/ast.ts'
import { parseDuration } from '../feel/duration.ts'
import { TooLarge } from './graph.ts'
import { lowerAggregate, lowerPath, lowerQuantified } from './members.ts'
import { lowerCompare, lowerIn } from './comparison.ts'
import { falseIfNull, notTrueIfNull, trueIfNull } from './null-guards.ts'
import {
  addRatios,
  chooseRatio,
  divideRatios,
  extremeRatio,
  multiplyRatios,
  wholeRatio,
} from './ratio.ts'
import type { Scope, World } from './scope.ts'
import { bareName, refuse, within } from './scope.ts'
import type { Ratio, Scalar, Typed } from './typed.ts'
import { isScalar, typeWords, WRONG } from './typed.ts'

/** FEEL that policies do without, with what to write instead. */
const UNSUPPORTED = {
  for: '政策表达式不支持 for;按成员汇总请用 sum、count、min、max、some 或 every',
  context: '政策表达式不支持 {…};中间结果请写成 terms 里的计算项',
  function: '政策表达式不能自己定义函数;中间结果请写成 terms 里的计算项',
  'instance-of': '政策表达式不支持 instance of;每个事实的类型已在 facts.yaml 里写明',
  interval: '范围只能写在 in 后面,例如 年龄 in [16..59]',
  span: '范围只能写在 in 后面,例如 年龄 in [16..59]',
  unary: '“<”“>=”等前面缺少要比较的值',
  tested: '政策表达式不用“?”,请写明是哪一个值',
} as const

/** Lowers an expression, reporting every problem at its place. */
export function lower(expr: Expr, scope: Scope, world: World): Typed {
  try {
    const typed = lowerAny(expr, scope, world)
    return isScalar(typed) ? guarded(typed, scope, world) : typed
  } catch (error) {
    if (error instanceof TooLarge) return refuse(scope, expr, 'feel.too-large', error.message)
    throw error
  }
}

function guarded(t: Scalar, scope: Scope, { graph }: World): Typed {
  if (t.is === 'number') return scope.notNull.has(t.num) ? { ...t, num: graph.notNull(t.num) } : t
  return scope.notNull.has(t.node) ? { ...t, node: graph.notNull(t.node) } : t
}

function lowerAny(expr: Expr, scope: Scope, world: World): Typed {
  const { graph } = world
  switch (expr.kind) {
    case 'number':
      return lowerNumber(expr, scope, world)
    case 'string':
      return { is: 'text', value: expr.value }
    case 'boolean':
      return { is: 'boolean', node: graph.literal('boolean', expr.value ? 1 : 2) }
    case 'null':
      return { is: 'null' }
    case 'temporal':
      return lowerTemporal(expr, scope, world)
    case 'name':
      return bareName(expr, scope, world)
    case 'path':
    case 'filter':
      return lowerPath(expr, scope, world, lower)
    case 'arithmetic':
      return lowerArithmetic(expr, scope, world)
    case 'negate': {
      const a = number(expr.a, scope, world)
      return a ? { ...a, num: graph.negate(a.num), label: '' } : WRONG
    }
    case 'compare':
    case 'between':
      return lowerCompare(expr, scope, world, lower)
    case 'in':
      return lowerIn(expr, scope, world, lower)
    case 'and':
    case 'or':
      return lowerJunction(expr, scope, world)
    case 'if':
      return lowerIf(expr, scope, world)
    case 'quantified':
      return lowerQuantified(expr, scope, world, lower)
    case 'call':
      return lowerCall(expr, scope, world)
    case 'list':
      return { is: 'list', items: expr.items.map((i) => lower(i, scope, world)) }
    default:
      return refuse(scope, expr, 'feel.unsupported', UNSUPPORTED[expr.kind])
  }
}

function lowerNumber(
  expr: Extract<Expr, { kind: 'number' }>,
  scope: Scope,
  { graph }: World,
): Typed {
  const places = decimalPlaces(expr.text)
  if (places === null || places > 6)
    return refuse(scope, expr, 'feel.number', `数字 ${expr.text} 的小数不能超过 6 位`)
  const value = scaled(expr.text, places)
  if (!Number.isSafeInteger(value))
    return refuse(scope, expr, 'feel.too-large', `数字 ${expr.text} 太大`)
  return {
    is: 'number',
    num: graph.literal('number', value, places),
    den: null,
    money: false,
    unit: '',
    label: '',
  }
}

function lowerTemporal(
  expr: Extract<Expr, { kind: 'temporal' }>,
  scope: Scope,
  { graph }: World,
): Typed {
  const values = expr.args.map((a) => a.value)
  const [first] = values
  const text = first?.kind === 'string' && values.length === 1 ? first.value : null
  if (expr.ctor === 'duration' || (expr.ctor === '@' && text !== null && /^-?P/.test(text))) {
    const duration = text === null ? null : parseDuration(text)
    if (duration && duration.months !== null) return { is: 'months', n: duration.months }
    if (duration && duration.seconds !== null && duration.seconds % 86400 === 0)
      return { is: 'days', n: duration.seconds / 86400 }
    return refuse(
      scope,
      expr,
      'feel.duration',
      '时长要写成 duration("P18Y")、duration("P6M") 或 duration("P30D") 的样子',
    )
  }
  const day = text === null ? null : dayFromText(text)
  if (expr.ctor === 'date' || expr.ctor === '@') {
    if (day !== null) return { is: 'date', node: graph.literal('date', day) }
    return refuse(
      scope,
      expr,
      'feel.date',
      `日期要写成 date("2024-07-01") 的样子${text === null ? '' : `,“${text}”不是有效日期`}`,
    )
  }
  return refuse(scope, expr, 'feel.unsupported', '政策只用到日,不用时刻')
}

/** The expression as a number, or null after reporting that it is none. */
function number(expr: Expr, scope: Scope, world: World): Ratio | null {
  const t = lower(expr, scope, world)
  if (t.is === 'number') return t
  if (t.is !== 'wrong') refuse(scope, expr, 'feel.type', `这里需要数字,得到的是${typeWords(t)}`)
  return null
}

/** The expression as a boolean node, or null after reporting that it is none. */
function truth(expr: Expr, scope: Scope, world: World): number | null {
  const t = lower(expr, scope, world)
  if (t.is === 'boolean') return t.node
  if (t.is !== 'wrong')
    refuse(scope, expr, 'feel.type', `这里需要“是/否”(true/false),得到的是${typeWords(t)}`)
  return null
}

function lowerArithmetic(
  expr: Extract<Expr, { kind: 'arithmetic' }>,
  scope: Scope,
  world: World,
): Typed {
  const { graph } = world
  const [a, b] = [lower(expr.a, scope, world), lower(expr.b, scope, world)]
  if (a.is === 'wrong' || b.is === 'wrong') return WRONG
  if (
    a.is === 'date' &&
    (b.is === 'months' || b.is === 'days') &&
    (expr.op === '+' || expr.op === '-')
  ) {
    const n = expr.op === '+' ? b.n : -b.n
    return {
      is: 'date',
      node: graph.shiftDate(a.node, b.is === 'months' ? { months: n } : { days: n }),
    }
  }
  for (const [t, e] of [
    [a, expr.a],
    [b, expr.b],
  ] as const) {
    if (t.is !== 'number')
      return refuse(scope, e, 'feel.type', `“${expr.op}”需要数字,得到的是${typeWords(t)}`)
  }
  if (a.is !== 'number' || b.is !== 'number') return WRONG
  switch (expr.op) {
    case '+':
      return addRatios(graph, 'add', a, b)
    case '-':
      return addRatios(graph, 'sub', a, b)
    case '*':
      return multiplyRatios(graph, a, b)
    case '/':
      return (
        divideRatios(graph, a, b) ??
        refuse(
          scope,
          expr.b,
          'feel.division',
          '只能除以大于 0 的常数或 count(members) 这类必定不小于 1 的数',
        )
      )
    default:
      return refuse(scope, expr, 'feel.unsupported', '政策表达式不支持乘方')
  }
}

function lowerJunction(
  expr: Extract<Expr, { kind: 'and' | 'or' }>,
  scope: Scope,
  world: World,
): Typed {
  const { graph } = world
  const a = truth(expr.a, scope, world)
  const guard =
    a === null
      ? new Set<number>()
      : expr.kind === 'and'
        ? falseIfNull(graph, a)
        : trueIfNull(graph, a)
  const b = truth(expr.b, within(scope, guard), world)
  return a === null || b === null
    ? WRONG
    : { is: 'boolean', node: graph.junction(expr.kind, [a, b]) }
}

function lowerIf(expr: Extract<Expr, { kind: 'if' }>, scope: Scope, world: World): Typed {
  const { graph } = world
  const c = truth(expr.test, scope, world)
  const a = lower(expr.then, c === null ? scope : within(scope, notTrueIfNull(graph, c)), world)
  const b = lower(expr.else, c === null ? scope : within(scope, trueIfNull(graph, c)), world)
  if (c === null || a.is === 'wrong' || b.is === 'wrong') return WRONG
  if (isScalar(a) && b.is === 'null') return choose(c, a, nullLike(a, world), world)
  if (isScalar(b) && a.is === 'null') return choose(c, nullLike(b, world), b, world)
  if (isScalar(a) && isScalar(b) && a.is === b.is) return choose(c, a, b, world)
  return refuse(
    scope,
    expr,
    'feel.type',
    `if 的两个结果类型不同:then 是${typeWords(a)},else 是${typeWords(b)}`,
  )
}

function nullLike(t: Scalar, { graph }: World): Scalar {
  if (t.is === 'number')
    return { ...t, num: graph.nothing('number', graph.at(t.num).scale), den: null }
  return { ...t, node: graph.nothing(t.is) }
}

function choose(c: number, a: Scalar, b: Scalar, { graph }: World): Typed {
  if (a.is === 'number' && b.is === 'number') return chooseRatio(graph, c, a, b)
  if (a.is === 'number' || b.is === 'number') return WRONG
  return { ...a, node: graph.choose(c, a.node, b.node) }
}

const AGGREGATES = new Set(['sum', 'count', 'min', 'max'])

function lowerCall(expr: Extract<Expr, { kind: 'call' }>, scope: Scope, world: World): Typed {
  const name = expr.fn.kind === 'name' ? expr.fn.name : ''
  const args = expr.args.map((a) => a.value)
  const [first] = args
  if (expr.fn.kind !== 'name')
    return refuse(scope, expr.fn, 'feel.unsupported', '括号前面应当是函数的名称,例如 sum(…)')
  if (expr.args.some((a) => a.name !== null))
    return refuse(scope, expr, 'feel.unsupported', '函数参数请按顺序写,不写参数名')
  if (name === 'status' || name === 'match') {
    if (args.length !== 1 || first?.kind !== 'string')
      return refuse(
        scope,
        expr,
        'feel.arguments',
        `${name} 的括号里写一个政策编号,例如 ${name}("dibao")`,
      )
    return world[name](first.value, first, scope)
  }
  if (AGGREGATES.has(name)) return lowerExtremeOrAggregate(name, expr, scope, world)
  if (!first || args.length !== 1) {
    const known = ['not', 'abs', 'floor', 'ceiling'].includes(name)
    return refuse(
      scope,
      expr,
      'feel.arguments',
      known ? `${name} 的括号里要写一个值` : unknownFunction(name),
    )
  }
  if (name === 'not') {
    const a = truth(first, scope, world)
    return a === null ? WRONG : { is: 'boolean', node: world.graph.truth('not', a) }
  }
  if (name !== 'abs' && name !== 'floor' && name !== 'ceiling')
    return refuse(scope, expr.fn, 'feel.unknown-function', unknownFunction(name))
  const a = number(first, scope, world)
  if (!a) return WRONG
  return name === 'abs'
    ? { ...a, num: world.graph.magnitude(a.num), label: '' }
    : wholeRatio(world.graph, name, a)
}

function unknownFunction(name: string): string {
  return `没有函数“${name}”;可用的有 sum、count、min、max、abs、floor、ceiling、not、date、duration、status、match`
}

function lowerExtremeOrAggregate(
  name: string,
  expr: Extract<Expr, { kind: 'call' }>,
  scope: Scope,
  world: World,
): Typed {
  const values = expr.args.map((a) => lower(a.value, scope, world))
  if (values.length === 0) return refuse(scope, expr, 'feel.arguments', `${name} 的括号里要写内容`)
  if (values.some((v) => v.is === 'wrong')) return WRONG
  const [only] = values
  if (values.length === 1 && only && (only.is === 'column' || only.is === 'members')) {
    return lowerAggregate(name, only, expr, scope, world)
  }
  const items = values.length === 1 && only?.is === 'list' ? only.items : values
  const numbers = items.filter((v) => v.is === 'number')
  if (numbers.length !== items.length || numbers.length === 0) {
    return refuse(scope, expr, 'feel.type', `${name} 需要数字,或 members.X 这样每名成员的值`)
  }
  if (name === 'sum') return numbers.reduce((a, b) => addRatios(world.graph, 'add', a, b))
  if (name === 'min' || name === 'max') return extremeRatio(world.graph, name, numbers)
  return refuse(scope, expr, 'feel.type', 'count 用于成员名单,例如 count(members)')
}
