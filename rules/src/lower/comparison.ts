import type { ComparisonOp, Expr, Place } from '../feel/ast.ts'
import { nearest } from '../check/shape.ts'
import type { Lower } from './members.ts'
import { compareRatios } from './ratio.ts'
import type { Scope, World } from './scope.ts'
import { refuse } from './scope.ts'
import type { Scalar, Typed } from './typed.ts'
import { isScalar, nodeOf, typeWords, WRONG } from './typed.ts'

/** Where a comparison stands: for messages, for what names mean, for the graph. */
type At = Readonly<{ place: Place; scope: Scope; world: World }>

/** `=`, `<`, …, `between`. */
export function lowerCompare(
  expr: Extract<Expr, { kind: 'compare' | 'between' }>,
  scope: Scope,
  world: World,
  lower: Lower,
): Typed {
  const at = { place: expr, scope, world }
  if (expr.kind === 'compare') {
    return comparison(expr.op, lower(expr.a, scope, world), lower(expr.b, scope, world), at)
  }
  const x = lower(expr.x, scope, world)
  const low = comparison('>=', x, lower(expr.low, scope, world), at)
  const high = comparison('<=', x, lower(expr.high, scope, world), at)
  return both('and', [low, high], world)
}

function both(kind: 'and' | 'or', parts: readonly Typed[], { graph }: World): Typed {
  const nodes = parts.flatMap((p) => (p.is === 'boolean' ? [p.node] : []))
  return nodes.length === parts.length
    ? { is: 'boolean', node: graph.junction(kind, nodes) }
    : WRONG
}

function comparison(op: ComparisonOp, a: Typed, b: Typed, at: At): Typed {
  const { place, scope, world } = at
  const { graph } = world
  if (a.is === 'wrong' || b.is === 'wrong') return WRONG
  if (b.is === 'null' && isScalar(a)) return nullTest(op, a, at)
  if (a.is === 'null' && isScalar(b)) return nullTest(op, b, at)
  if (a.is === 'number' && b.is === 'number') {
    const node = compareRatios(graph, op, a, b)
    world.measured(node, op, a, b)
    return { is: 'boolean', node }
  }
  if (a.is === 'date' && b.is === 'date')
    return { is: 'boolean', node: graph.compare(op, a.node, b.node) }
  const equality = op === '=' || op === '!='
  if (a.is === 'code' && b.is === 'text') return codeTest(op, a, [b], at)
  if (b.is === 'code' && a.is === 'text') return codeTest(op, b, [a], at)
  if (a.is === 'code' && b.is === 'code') {
    if (equality && sameCodes(a, b))
      return { is: 'boolean', node: graph.compare(op, a.node, b.node) }
    return refuse(
      scope,
      place,
      'feel.type',
      equality ? '两个代码的取值表不同,不能比较' : '代码没有大小,只能用 = 和 in 比较',
    )
  }
  if (a.is === 'boolean' && b.is === 'boolean' && equality) {
    const node = graph.same(a.node, b.node)
    return { is: 'boolean', node: op === '=' ? node : graph.truth('not', node) }
  }
  return refuse(scope, place, 'feel.type', `${typeWords(a)}和${typeWords(b)}不能用“${op}”比较`)
}

function sameCodes(
  a: Extract<Scalar, { is: 'code' }>,
  b: Extract<Scalar, { is: 'code' }>,
): boolean {
  return (
    a.codes.length === b.codes.length &&
    a.codes.every(({ code, name }, i) => code === b.codes[i]?.code && name === b.codes[i].name)
  )
}

function nullTest(op: ComparisonOp, a: Scalar, { place, scope, world: { graph } }: At): Typed {
  if (op !== '=' && op !== '!=')
    return refuse(scope, place, 'feel.null', 'null 没有大小,只能写 = null 或 != null')
  const node = nodeOf(a)
  if (!graph.at(node).nullable) {
    return refuse(
      scope,
      place,
      'feel.null',
      '这个值不会是 null:事实没有声明 nullable;“不知道”不是 null',
    )
  }
  const test = graph.truth('is-null', node)
  return { is: 'boolean', node: op === '=' ? test : graph.truth('not', test) }
}

function codeTest(
  op: ComparisonOp,
  a: Extract<Scalar, { is: 'code' }>,
  texts: readonly Extract<Typed, { is: 'text' }>[],
  { place, scope, world: { graph } }: At,
): Typed {
  if (op !== '=' && op !== '!=')
    return refuse(scope, place, 'feel.type', '代码没有大小,只能用 = 和 in 比较')
  const indices = texts.map((t) =>
    a.codes.findIndex((c) => c.code === t.value || c.name === t.value),
  )
  const missing = texts.filter((_, i) => indices[i] === -1)
  for (const t of missing) {
    const near = nearest(
      t.value,
      a.codes.map((c) => c.name),
    )
    const all = a.codes.map((c) => c.name).join('、')
    refuse(
      scope,
      place,
      'feel.unknown-code',
      `“${a.name}”没有“${t.value}”这个取值${near ? `,是不是“${near}”?` : ''}(可用:${all})`,
    )
  }
  if (missing.length > 0) return WRONG
  const node = graph.codeIn(a.node, indices)
  return { is: 'boolean', node: op === '=' ? node : graph.truth('not', node) }
}

/** `x in (a, b)`, `x in [1..5]`, `x in (< 5, > 10)`. */
export function lowerIn(
  expr: Extract<Expr, { kind: 'in' }>,
  scope: Scope,
  world: World,
  lower: Lower,
): Typed {
  const x = lower(expr.x, scope, world)
  if (x.is === 'wrong') return WRONG
  const tests = expr.tests.flatMap((t) => (t.kind === 'list' ? t.items : [t]))
  const values = tests.map((t) =>
    t.kind === 'unary' || t.kind === 'interval' ? null : lower(t, scope, world),
  )
  const texts = values.flatMap((v) => (v?.is === 'text' ? [v] : []))
  if (x.is === 'code' && texts.length === tests.length)
    return codeTest('=', x, texts, { place: expr, scope, world })
  const parts = tests.map((t, i) => {
    const at = { place: t, scope, world }
    if (t.kind === 'unary') return comparison(t.op, x, lower(t.value, scope, world), at)
    if (t.kind !== 'interval') return comparison('=', x, values[i] ?? WRONG, at)
    const low = comparison(t.lowOpen ? '>' : '>=', x, lower(t.low, scope, world), at)
    const high = comparison(t.highOpen ? '<' : '<=', x, lower(t.high, scope, world), at)
    return both('and', [low, high], world)
  })
  return both('or', parts, world)
}
