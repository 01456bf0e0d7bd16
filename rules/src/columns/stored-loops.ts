import type { Node, NodeId, Program } from '../ir.ts'
import { operands } from '../operands.ts'
import { isAggregate, writeAggregates } from './member-code.ts'
import type { Plan, Writer } from './names.ts'
import { storeCode, writerFor } from './writer.ts'

/** A loop of a block: its text, and whose rows it runs over. */
export type Loop = Readonly<{ entity: 'household' | 'person'; source: string }>

/**
 * Longest text of one generated loop. V8 stops optimising a function above 61,440 bytes of bytecode;
 * measured on the shipped pack, bytecode stays below 1.6 bytes per character.
 */
const TEXT_BUDGET = 24_000

/** Reading this many operations again in every loop costs more than a column. */
const WORTH_STORING = 8

/**
 * Nodes kept in columns: what is worked out from the members, unless one target of households alone
 * reads it, and what is long and wanted by the loops of several targets.
 *
 * @param everyRow whether every condition is asked of every row: then all members are gone through
 *   once, as no row is done with before
 */
export function storedNodes(program: Program, everyRow: boolean): Set<NodeId> {
  const users = usersOf(program)
  const projected = projectedNodes(program)
  const isPrivate = (id: NodeId): boolean => {
    const [user, ...others] = users[id] ?? []
    const { entity } = program.targets[user ?? -1] ?? {}
    return !everyRow && others.length === 0 && entity === 'household' && !projected.has(id)
  }
  const stored = new Set<NodeId>()
  const cost = new Int32Array(program.nodes.length)
  for (const node of program.nodes) {
    if (node.entity === 'day') continue
    const own = operands(node.op).reduce(
      (sum, id) => sum + (stored.has(id) ? 1 : (cost[id] ?? 0)),
      1,
    )
    cost[node.id] = own
    const shared = own >= WORTH_STORING && (users[node.id]?.size ?? 0) >= 2
    if (isAggregate(node) ? !isPrivate(node.id) : shared && node.op.kind !== 'project')
      stored.add(node.id)
  }
  return stored
}

/** Nodes whose value reaches persons: worked out for each of them, if not kept. */
function projectedNodes(program: Program): Set<NodeId> {
  const found = new Set<NodeId>()
  const visit = (id: NodeId): void => {
    const node = program.nodes[id]
    if (!node || found.has(id)) return
    found.add(id)
    operands(node.op).forEach(visit)
  }
  for (const { op } of program.nodes) if (op.kind === 'project') visit(op.a)
  return found
}

/** Per node, the targets whose conditions or amounts read it, directly or not. */
function usersOf(program: Program): Set<number>[] {
  const users = program.nodes.map(() => new Set<number>())
  for (const target of program.targets) {
    for (const { root, pendingRoot } of target.conditions)
      for (const read of [root, pendingRoot]) users[read]?.add(target.index)
    for (const { amount } of target.tiers)
      if (amount.kind === 'computed') users[amount.node]?.add(target.index)
  }
  for (const node of [...program.nodes].reverse())
    for (const id of operands(node.op))
      for (const target of users[node.id] ?? []) users[id]?.add(target)
  return users
}

/** Loops that compute the stored nodes of one level and entity, as many as the budget asks for. */
export function storedLoops(
  entity: 'household' | 'person',
  nodes: readonly Node[],
  plan: Plan,
): Loop[] {
  if (nodes.length === 0) return []
  const rare = nodes.find((node) => matchCounted(node, plan.program) !== null)
  if (rare)
    return [
      { entity, source: matchLoop(rare, plan) },
      ...storedLoops(
        entity,
        nodes.filter((node) => node !== rare),
        plan,
      ),
    ]
  const source = storedLoop(entity, nodes, plan)
  if (source.length <= TEXT_BUDGET || nodes.length === 1) return [{ entity, source }]
  const half = nodes.length >> 1
  return [
    ...storedLoops(entity, nodes.slice(0, half), plan),
    ...storedLoops(entity, nodes.slice(half), plan),
  ]
}

/** Targets whose matched rows an aggregate counts one by one. */
export function countedTargets(program: Program): Set<number> {
  return new Set(program.nodes.flatMap((node) => matchCounted(node, program) ?? []))
}

/** The target whose matches an aggregate counts and nothing else; null for any other node. */
function matchCounted({ op }: Node, { nodes }: Program): number | null {
  if (op.kind !== 'sum' && op.kind !== 'some') return null
  const of = nodes[op.a]?.op
  if (op.kind === 'some') return of?.kind === 'match' ? of.target : null
  if (of?.kind !== 'if') return null
  const [match, each, otherwise] = [nodes[of.c]?.op, nodes[of.a]?.op, nodes[of.b]?.op]
  const counts = each?.kind === 'literal' && otherwise?.kind === 'literal' && otherwise.value === 0
  return counts && match?.kind === 'match' ? match.target : null
}

/** Few are matched: nobody is counted everywhere, then the entries of the target one by one. */
function matchLoop(node: Node, plan: Plan): string {
  const target = matchCounted(node, plan.program) ?? 0
  const { id, op } = node
  const writer = writerFor(plan)
  writer.used.columns.add(id)
  const a = 'a' in op ? op.a : id
  const columns = ['L', 'H'].slice(0, plan.forms[id]?.exact ? 1 : 2)
  if (op.kind === 'sum') {
    const ends = [writer.lo(a), writer.hi(a)]
    writer.lines.push(...columns.map((column, i) => `${column}${id}[h] += ${ends[i]};`))
  } else
    writer.lines.push(
      `M${id}[h] = (M${id}[h] & ${writer.mask(a)} & 2) | ((M${id}[h] | ${writer.mask(a)}) & 1);`,
    )
  const clear =
    op.kind === 'sum'
      ? columns.map((column) => `${column}${id}.fill(0, 0, households);`).join('\n')
      : `M${id}.fill(2, 0, households);`
  return functionText(
    writer,
    `${clear}
const { rows } = out[${target}];
for (let i = 0, count = more[${target}]; i < count; i++) {
const p = rows[i], gp = firstPerson + p, h = owner[p];
${writer.lines.join('\n')}
}`,
  )
}

/**
 * Private aggregates that the same conditions of a target read: worked out in one loop where the
 * first is needed.
 */
export function togetherOf(program: Program, stored: ReadonlySet<NodeId>): Map<NodeId, NodeId[]> {
  const keys = new Map<NodeId, string>()
  const visit = (id: NodeId, root: string, seen: Set<NodeId>): void => {
    const node = program.nodes[id]
    if (!node || seen.has(id) || stored.has(id) || node.entity === 'day') return
    seen.add(id)
    if (isAggregate(node)) keys.set(id, `${keys.get(id) ?? ''} ${root}`)
    else for (const operand of operands(node.op)) visit(operand, root, seen)
  }
  for (const { index, entity, conditions, tiers } of program.targets) {
    if (entity !== 'household') continue
    conditions.forEach(({ root }, c) => visit(root, `${index}.${c}`, new Set()))
    tiers.forEach(({ amount }, t) => {
      if (amount.kind === 'computed') visit(amount.node, `${index}.amount${t}`, new Set())
    })
  }
  const groups = Map.groupBy(keys.keys(), (id) => keys.get(id) ?? '')
  return new Map([...groups.values()].flatMap((group) => group.map((id) => [id, group])))
}

function storedLoop(entity: Loop['entity'], nodes: readonly Node[], plan: Plan): string {
  const writer = writerFor(plan, new Set(nodes.map(({ id }) => id)))
  const aggregates = nodes.filter(isAggregate)
  if (aggregates.length > 0) writeAggregates(aggregates, writer)
  for (const { id } of nodes) storeCode(writer, id)
  return loopText(entity, writer, aggregates.length > 0 ? 'let p = 0;' : '')
}

/** A function over the rows of a block, around the statements written for one row. */
export function loopText(entity: Loop['entity'], writer: Writer, before = '', after = ''): string {
  const head =
    entity === 'household'
      ? 'for (let h = 0; h < households; h++) {'
      : 'for (let p = 0; p < persons; p++) {'
  const body = `${before}\n${head}\n${placeText(entity, writer)}\n${writer.lines.join('\n')}\n}\n${after}`
  return functionText(writer, body)
}

/** Where a row lies in the batch, and whose it is. */
export function placeText(entity: Loop['entity'], writer: Writer): string {
  if (entity === 'household') return 'const gh = firstHousehold + h;'
  const household = writer.used.household ? ', h = owner[p], gh = firstHousehold + h' : ''
  return `const gp = firstPerson + p${household};`
}

/** A function of a block: binds the columns that the statements name. */
export function functionText(writer: Writer, body: string): string {
  const { facts, verdicts, columns, constants } = writer.used
  const bind = (id: NodeId): string =>
    writer.node(id).type === 'boolean'
      ? `const M${id} = S.mask[${id}];`
      : `const L${id} = S.lo[${id}], H${id} = S.hi[${id}], N${id} = S.nul[${id}];`
  return `'use strict';
${[...columns].map(bind).join('\n')}
${[...constants].map(([name, text]) => `const ${name} = ${text};`).join('\n')}
return function generatedLoop({ households, persons, firstHousehold, firstPerson, start, owner }, F, V, out, more) {
${[...facts].map((fact) => `const F${fact} = F[${fact}];`).join(' ')}
${[...verdicts].map((target) => `const V${target} = V[${target}];`).join(' ')}
${body}
};`
}
