import type { Expr, Place } from '../feel/ast.ts'
import type { NodeId } from '../ir.ts'
import { notTrueIfNull } from './null-guards.ts'
import type { Scope, World } from './scope.ts'
import { named, refuse, within } from './scope.ts'
import type { Ratio, Scalar, Typed } from './typed.ts'
import { isScalar, typeWords, WRONG } from './typed.ts'

/** Everything that goes between a household and its members. */

export type Lower = (expr: Expr, scope: Scope, world: World) => Typed

/** `members.X`, `members[cond]`, `m.X`, `household.X`, and `.year .month .day` of a date. */
export function lowerPath(
  expr: Extract<Expr, { kind: 'path' | 'filter' }>,
  scope: Scope,
  world: World,
  lower: Lower,
): Typed {
  const of = lower(expr.of, scope, world)
  if (of.is === 'wrong') return WRONG
  if (expr.kind === 'filter') return lowerFilter(expr, of, scope, world, lower)
  const { name, nameAt } = expr
  if (/\s/.test(name))
    return refuse(scope, nameAt, 'feel.space-in-name', `名称里不能有空格:“${name}”`)
  if (of.is === 'member' || of.is === 'household') return named(name, nameAt, of.is, scope, world)
  if (of.is === 'members') return lowerColumn(name, nameAt, of.where, scope, world)
  if (of.is === 'date' && (name === 'year' || name === 'month' || name === 'day')) {
    return {
      is: 'number',
      num: world.graph.datePart(of.node, name),
      den: null,
      money: false,
      unit: '',
      label: '',
    }
  }
  return refuse(scope, nameAt, 'feel.path', `${typeWords(of)}后面不能再取“.${name}”`)
}

function lowerFilter(
  expr: Extract<Expr, { kind: 'filter' }>,
  of: Typed,
  scope: Scope,
  world: World,
  lower: Lower,
): Typed {
  if (of.is !== 'members')
    return refuse(scope, expr.of, 'feel.filter', '方括号筛选只能用于 members')
  if (scope.members !== null)
    return refuse(scope, expr, 'feel.nested', '成员筛选里不能再套成员筛选')
  const inner: Scope = { ...scope, row: 'person', members: 'filter' }
  const where = lower(expr.where, inner, world)
  if (where.is === 'wrong') return WRONG
  if (where.is !== 'boolean')
    return refuse(
      scope,
      expr.where,
      'feel.type',
      where.is === 'number'
        ? '成员不能按第几名来取;方括号里要写筛选条件,例如 members[年龄 < 16]'
        : `方括号里需要“是/否”(true/false),得到的是${typeWords(where)}`,
    )
  const { graph } = world
  return {
    is: 'members',
    where: of.where === null ? where.node : graph.junction('and', [of.where, where.node]),
  }
}

function lowerColumn(
  name: string,
  at: Place,
  where: NodeId | null,
  scope: Scope,
  world: World,
): Typed {
  const base: Scope = { ...scope, row: 'person', members: 'filter' }
  const inner = where === null ? base : within(base, notTrueIfNull(world.graph, where))
  const value = named(name, at, 'member', inner, world)
  if (value.is === 'wrong') return WRONG
  if (!isScalar(value)) return refuse(scope, at, 'feel.type', `“${name}”不能按成员取值`)
  return { is: 'column', of: guardedScalar(value, inner, world), where }
}

function guardedScalar(t: Scalar, scope: Scope, { graph }: World): Scalar {
  if (t.is === 'number') return scope.notNull.has(t.num) ? { ...t, num: graph.notNull(t.num) } : t
  return scope.notNull.has(t.node) ? { ...t, node: graph.notNull(t.node) } : t
}

/** `some m in members satisfies …`, `every …`. */
export function lowerQuantified(
  expr: Extract<Expr, { kind: 'quantified' }>,
  scope: Scope,
  world: World,
  lower: Lower,
): Typed {
  const { graph } = world
  const [binding] = expr.bindings
  if (expr.bindings.length !== 1 || !binding)
    return refuse(scope, expr, 'feel.unsupported', `${expr.which} 只能用一个变量`)
  if (scope.members !== null)
    return refuse(scope, expr, 'feel.nested', '成员条件里不能再套成员条件')
  if (world.names.find(binding.name))
    return refuse(
      scope,
      binding,
      'feel.name-taken',
      `变量“${binding.name}”与事实、标准或计算项重名`,
    )
  const over = lower(binding.in, scope, world)
  if (over.is === 'wrong') return WRONG
  if (over.is !== 'members')
    return refuse(scope, binding.in, 'feel.type', `${expr.which} … in 后面应当是 members`)
  const base: Scope = {
    ...scope,
    row: 'person',
    members: 'quantified',
    variables: new Set([binding.name]),
  }
  const test = lower(
    expr.satisfies,
    over.where === null ? base : within(base, notTrueIfNull(graph, over.where)),
    world,
  )
  if (test.is === 'wrong') return WRONG
  if (test.is !== 'boolean')
    return refuse(
      scope,
      expr.satisfies,
      'feel.type',
      `satisfies 后面需要“是/否”(true/false),得到的是${typeWords(test)}`,
    )
  return { is: 'boolean', node: overMembers(expr.which, test.node, over.where, world) }
}

/** FEEL: members for whom the filter is not true are left out. */
function overMembers(
  which: 'some' | 'every',
  test: NodeId,
  where: NodeId | null,
  { graph }: World,
): NodeId {
  if (where === null)
    return graph.at(test).entity === 'person' ? graph.aggregate(which, test) : test
  const chosen = graph.truth('is-true', where)
  const value =
    which === 'some'
      ? graph.junction('and', [chosen, test])
      : graph.junction('or', [graph.truth('not', chosen), test])
  return graph.at(value).entity === 'person' ? graph.aggregate(which, value) : value
}

/** sum, count, min, max over members. The sum over no member is 0. */
export function lowerAggregate(
  name: string,
  of: Extract<Typed, { is: 'column' | 'members' }>,
  place: Place,
  scope: Scope,
  world: World,
): Typed {
  const { graph } = world
  if (name === 'count') {
    const plain = (num: NodeId): Ratio => ({
      is: 'number',
      num,
      den: null,
      money: false,
      unit: '人',
      label: '',
    })
    return plain(of.where === null ? graph.count() : total(counted(of.where, world), world))
  }
  if (of.is === 'members')
    return refuse(scope, place, 'feel.type', `${name} 要写明取什么,例如 ${name}(members.X)`)
  if (of.of.is !== 'number')
    return refuse(scope, place, 'feel.type', `${name} 需要数字,得到的是${typeWords(of.of)}`)
  const value = of.of
  const den = householdDivisor(value.den, world)
  if (den === undefined)
    return refuse(scope, place, 'feel.division', '每名成员的除数不同,不能直接汇总')
  if (name === 'sum') {
    const num =
      of.where === null ? value.num : graph.choose(of.where, value.num, graph.literal('number', 0))
    return { ...value, num: total(num, world), den, label: '' }
  }
  const kind = name === 'min' ? 'least' : 'greatest'
  const whole = graph.at(value.num).entity === 'person' || of.where !== null
  return {
    ...value,
    num: whole
      ? graph.extremeOver(kind, graph.project(value.num), memberNode(of.where, world))
      : value.num,
    den,
    label: '',
  }
}

function memberNode(where: NodeId | null, { graph }: World): NodeId | null {
  return where === null ? null : graph.project(where)
}

function counted(where: NodeId, { graph }: World): NodeId {
  return graph.choose(where, graph.literal('number', 1), graph.literal('number', 0))
}

function total(num: NodeId, { graph }: World): NodeId {
  return graph.at(num).entity === 'person'
    ? graph.aggregate('sum', num)
    : graph.times(graph.count(), num)
}

/** A divisor that is the same for all members, as the household's; undefined if it is not. */
function householdDivisor(den: NodeId | null, { graph }: World): NodeId | null | undefined {
  if (den === null) return null
  const { entity, op } = graph.at(den)
  if (entity !== 'person') return den
  return op.kind === 'project' ? op.a : undefined
}
