import type { Reporter, Path } from '../check/shape.ts'
import { nearest } from '../check/shape.ts'
import type { Names } from '../check/names.ts'
import type { ComparisonOp, Expr, Place } from '../feel/ast.ts'
import type { Graph } from './graph.ts'
import type { NodeId } from '../ir.ts'
import type { TargetEntity } from '../pack.ts'
import type { Ratio, Typed } from './typed.ts'
import { WRONG } from './typed.ts'

/**
 * Where an expression stands, and what names mean there.
 *
 * `row`: whose value the expression is. `members`: null outside, 'filter' inside `members[…]`
 * (bare names are the member's), 'quantified' inside `some m in members …` (bare names are not).
 */
export type Scope = Readonly<{
  home: TargetEntity
  row: TargetEntity
  members: null | 'filter' | 'quantified'
  variables: ReadonlySet<string>
  /** Nodes that a guard has shown not to be null. */
  notNull: ReadonlySet<NodeId>
  site: Site
}>

/** The text being lowered, for positions in messages. */
export type Site = Readonly<{ report: Reporter; path: Path }>

/** What lowering needs from the pack around it. */
export type World = Readonly<{
  graph: Graph
  names: Names
  /** A fact, parameter or term as a typed value of its own row. */
  resolve: (
    name: string,
    place: Place,
    scope: Scope,
  ) => { value: Typed; entity: TargetEntity | 'day' }
  status: (programme: string, place: Place, scope: Scope) => Typed
  match: (programme: string, place: Place, scope: Scope) => Typed
  /** Keeps a numeric comparison for value against line. */
  measured: (node: NodeId, op: ComparisonOp, left: Ratio, right: Ratio) => void
}>

/** Reports a problem at a place of the text being lowered. */
export function refuse(scope: Scope, place: Place, code: string, message: string): Typed {
  scope.site.report.add(scope.site.path, code, message, place.from)
  return WRONG
}

/** The scope of a whole expression of a household or person. */
export function topScope(entity: TargetEntity, site: Site): Scope {
  return {
    home: entity,
    row: entity,
    members: null,
    variables: new Set(),
    notNull: new Set(),
    site,
  }
}

/** The scope inside a guard, where these nodes are not null. */
export function within(scope: Scope, notNull: ReadonlySet<NodeId>): Scope {
  return notNull.size === 0 ? scope : { ...scope, notNull: new Set([...scope.notNull, ...notNull]) }
}

const MEMBERS = new Set(['members', '成员'])
const HOUSEHOLD = new Set(['household', '家庭'])

/** A bare name: a special word, a loop variable, or something of the pack. */
export function bareName(expr: Extract<Expr, { kind: 'name' }>, scope: Scope, world: World): Typed {
  const { name } = expr
  if (/\s/.test(name)) return refuseSpaces(name, expr, scope)
  if (scope.variables.has(name)) return { is: 'member' }
  if (name === 'item' && scope.members === 'filter') return { is: 'member' }
  if (name === 'on' || name === '基准日') return { is: 'date', node: world.graph.on() }
  if (MEMBERS.has(name)) return { is: 'members', where: null }
  if (HOUSEHOLD.has(name)) return { is: 'household' }
  const found = find(name, expr, scope, world)
  if (!found) return WRONG
  const { value, entity } = found
  if (entity === 'day' || (scope.row === entity && scope.members === null)) return value
  return bareInMembers(name, expr, entity, value, scope) ?? entityProblem(name, expr, entity, scope)
}

function bareInMembers(
  name: string,
  place: Place,
  entity: TargetEntity,
  value: Typed,
  scope: Scope,
): Typed | null {
  if (scope.members === 'filter') return value
  if (scope.members !== 'quantified') return null
  if (entity === 'household') return value
  const variable = [...scope.variables][0] ?? 'm'
  return refuse(
    scope,
    place,
    'feel.entity',
    `“${name}”是每个人的事实,这里要写明是谁的:${variable}.${name}`,
  )
}

function entityProblem(name: string, place: Place, entity: TargetEntity, scope: Scope): Typed {
  return entity === 'person'
    ? refuse(
        scope,
        place,
        'feel.entity',
        `“${name}”是个人的,在家庭的表达式里要用 sum(members.${name})、some m in members satisfies m.${name} 等汇总`,
      )
    : refuse(scope, place, 'feel.entity', `“${name}”是家庭的,在个人的表达式里请写“家庭.${name}”`)
}

/** `m.X`, `household.X`, `members.X`. */
export function named(
  name: string,
  place: Place,
  of: 'member' | 'household',
  scope: Scope,
  world: World,
): Typed {
  const found = find(name, place, scope, world)
  if (!found) return WRONG
  const wanted = of === 'member' ? 'person' : 'household'
  if (found.entity === wanted) return found.value
  if (found.entity === 'day')
    return refuse(scope, place, 'feel.entity', `“${name}”是标准,请直接写“${name}”`)
  return of === 'member'
    ? refuse(
        scope,
        place,
        'feel.entity',
        `“${name}”是家庭的,不是每名成员的,请直接写“${name}”或“家庭.${name}”`,
      )
    : refuse(scope, place, 'feel.entity', `“${name}”是个人的,不是家庭的`)
}

function find(
  name: string,
  place: Place,
  scope: Scope,
  world: World,
): { value: Typed; entity: TargetEntity | 'day' } | null {
  if (world.names.find(name)) return world.resolve(name, place, scope)
  if (world.names.isBroken(name)) return null
  const near = nearest(name, world.names.all())
  refuse(
    scope,
    place,
    'feel.unknown-name',
    `没有叫“${name}”的事实、标准或计算项${near ? `,是不是“${near}”?` : ''}`,
  )
  return null
}

function refuseSpaces(name: string, place: Place, scope: Scope): Typed {
  const message = name.startsWith('not ')
    ? `“not”后面要加括号:not(${name.slice(4)})`
    : `名称里不能有空格:“${name}”;如果是两个名称,中间缺少运算符`
  return refuse(scope, place, 'feel.space-in-name', message)
}
