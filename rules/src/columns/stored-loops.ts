import type { Node, NodeId, Program } from '../ir.ts'
import { operands } from '../operands.ts'
import { isAggregate, writeAggregates } from './member-code.ts'
import type { Plan } from './names.ts'
import { storeCode, type Writer, writerFor } from './writer.ts'

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
 * Nodes kept in columns: what is worked out from the members, and what is long and wanted by the
 * loops of several targets.
 */
export function storedNodes(program: Program): Set<NodeId> {
  const users = usersOf(program)
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
    if (isAggregate(node) || (shared && node.op.kind !== 'project')) stored.add(node.id)
  }
  return stored
}

/** Per node, the targets whose conditions or amounts read it, directly or not. */
function usersOf(program: Program): Set<number>[] {
  const users = program.nodes.map(() => new Set<number>())
  for (const target of program.targets) {
    for (const { root, pendingRoot } of target.conditions)
      users[root]?.add(target.index) && users[pendingRoot]?.add(target.index)
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
  const source = storedLoop(entity, nodes, plan)
  if (source.length <= TEXT_BUDGET || nodes.length === 1) return [{ entity, source }]
  const half = nodes.length >> 1
  return [
    ...storedLoops(entity, nodes.slice(0, half), plan),
    ...storedLoops(entity, nodes.slice(half), plan),
  ]
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
return function loop({ households, persons, firstHousehold, firstPerson, start, owner }, F, V, out, more) {
${[...facts].map((fact) => `const F${fact} = F[${fact}];`).join(' ')}
${[...verdicts].map((target) => `const V${target} = V[${target}];`).join(' ')}
${body}
};`
}
