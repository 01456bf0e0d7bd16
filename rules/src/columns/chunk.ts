import type { DayView } from '../evaluate/day-view.ts'
import type { Node, NodeId, Program } from '../ir.ts'
import { operands } from '../operands.ts'
import { memberCode } from './member-code.ts'
import { literal, type Names, nodeCode } from './node-code.ts'
import type { Stratum } from './strata.ts'

/** A fused loop over the rows of a block: its source, and which nodes it leaves in scratch columns. */
export type Chunk = Readonly<{
  entity: 'household' | 'person'
  source: string
  stores: readonly NodeId[]
}>

/**
 * Longest text of one generated function. V8 stops optimising a function above 61,440 bytes of
 * bytecode; measured on the shipped pack, its bytecode stays below 1.6 bytes per character.
 */
const TEXT_BUDGET = 24_000

/** Values of day nodes, the same for everyone: folded into the text. */
export type DayValues = Readonly<{
  lo: (id: NodeId) => number
  hi: (id: NodeId) => number
  nul: (id: NodeId) => number
}>

const crossing = new Set(['project', 'sum', 'least', 'greatest', 'some', 'every'])

/** Writes the loops of a stratum, as many as the budget asks for. */
export function chunksOf(
  stratum: Stratum,
  program: Program,
  day: DayValues,
  kept: ReadonlySet<NodeId>,
): Chunk[] {
  const chunks: Chunk[] = []
  let nodes: Node[] = []
  let size = 0
  const close = () => {
    if (nodes.length > 0) chunks.push(chunkOf(stratum.entity, nodes, program, day, kept))
    nodes = []
    size = 0
  }
  for (const node of stratum.nodes) {
    const length = textOf(node, stratum.entity, program, day).length + 120
    if (size + length > TEXT_BUDGET) close()
    nodes.push(node)
    size += length
  }
  close()
  return chunks
}

/** Nodes whose value somebody outside their chunk reads. */
export function keptNodes(program: Program, view: DayView): Set<NodeId> {
  const kept = new Set<NodeId>()
  for (const measure of view.measures.flat()) if (measure) kept.add(measure.a).add(measure.b)
  for (const target of program.targets) {
    for (const { root, pendingRoot } of target.conditions) kept.add(root).add(pendingRoot)
    for (const { amount } of target.tiers) if (amount.kind === 'computed') kept.add(amount.node)
  }
  return kept
}

function textOf(node: Node, entity: Stratum['entity'], program: Program, day: DayValues): string {
  const names = namesOf(program, day)
  if (!crossing.has(node.op.kind) && node.op.kind !== 'count') {
    const text = nodeCode(node, names)
    if (text === null) throw new Error(`no code for ${node.op.kind}`)
    return text
  }
  const index = entity === 'person' ? 'owner[r]' : 'i'
  return memberCode(node, columnNames(program, day, index))
}

function chunkOf(
  entity: Stratum['entity'],
  nodes: readonly Node[],
  program: Program,
  day: DayValues,
  kept: ReadonlySet<NodeId>,
): Chunk {
  const inside = new Set(nodes.map((node) => node.id))
  const readLater = laterReads(program, inside, entity)
  const stores = nodes.filter((node) => kept.has(node.id) || readLater.has(node.id))
  const loads = new Set<NodeId>()
  const columns = new Set<NodeId>(stores.map((node) => node.id))
  const facts = new Set<number>()
  const verdicts = new Set<number>()
  for (const node of nodes) {
    if (node.op.kind === 'fact' || node.op.kind === 'derived') facts.add(node.op.fact)
    if (node.op.kind === 'match') verdicts.add(node.op.target)
    for (const id of operands(node.op)) {
      const operand = program.nodes[id]
      if (!operand || operand.entity === 'day' || inside.has(id)) continue
      columns.add(id)
      if (operand.entity === entity && !crossing.has(node.op.kind)) loads.add(id)
    }
    if (crossing.has(node.op.kind))
      for (const id of operands(node.op)) if (program.nodes[id]?.entity !== 'day') columns.add(id)
  }
  const body = [
    ...[...loads].map((id) => loadCode(program.nodes[id]!)),
    ...nodes.map((node) => textOf(node, entity, program, day)),
    ...stores.map(storeCode),
  ]
  const source = `'use strict';
${[...columns].map((id) => columnCode(program.nodes[id]!)).join('\n')}
return function chunk({ count, base, start, owner, facts: F, verdicts: V, on }) {
${[...facts].map((fact) => `const F${fact} = F[${fact}];`).join(' ')}
${[...verdicts].map((target) => `const V${target} = V[${target}];`).join(' ')}
for (let r = 0; r < count; r++) {
const g = base + r;
${body.join('\n')}
}
};`
  return { entity, source, stores: stores.map((node) => node.id) }
}

/** Which of these nodes are operands of a node outside, or of an aggregate or projection. */
function laterReads(
  program: Program,
  inside: ReadonlySet<NodeId>,
  entity: Stratum['entity'],
): Set<NodeId> {
  const read = new Set<NodeId>()
  for (const node of program.nodes) {
    if (inside.has(node.id) && node.entity === entity && !crossing.has(node.op.kind)) continue
    for (const id of operands(node.op)) if (inside.has(id)) read.add(id)
  }
  return read
}

function columnCode({ id, type }: Node): string {
  if (type === 'boolean') return `const M${id} = S.mask[${id}];`
  return `const L${id} = S.lo[${id}], H${id} = S.hi[${id}], N${id} = S.nul[${id}];`
}

function loadCode({ id, type }: Node): string {
  if (type === 'boolean') return `const m${id} = M${id}[r];`
  return `const l${id} = L${id}[r], h${id} = H${id}[r], n${id} = N${id}[r];`
}

function storeCode({ id, type }: Node): string {
  if (type === 'boolean') return `M${id}[r] = m${id};`
  return `L${id}[r] = l${id}; H${id}[r] = h${id}; N${id}[r] = n${id};`
}

function namesOf(program: Program, day: DayValues): Names {
  const node = (id: NodeId): Node => program.nodes[id]!
  const isDay = (id: NodeId): boolean => node(id).entity === 'day'
  return {
    node,
    lo: (id) => (isDay(id) ? `(${literal(day.lo(id))})` : `l${id}`),
    hi: (id) => (isDay(id) ? `(${literal(day.hi(id))})` : `h${id}`),
    nul: (id) => (isDay(id) ? literal(day.nul(id)) : node(id).nullable ? `n${id}` : '0'),
    mask: (id) => (isDay(id) ? literal(day.lo(id)) : `m${id}`),
    fact: (fact) => {
      const { range, factor, nullable } = program.facts[fact]!
      return { lo: range.lo, hi: range.hi, factor, nullable }
    },
  }
}

/** Operands read from the scratch columns of the other entity, at a place of the block. */
function columnNames(program: Program, day: DayValues, index: string): Names {
  const here = namesOf(program, day)
  const isDay = (id: NodeId): boolean => program.nodes[id]?.entity === 'day'
  return {
    ...here,
    lo: (id) => (isDay(id) ? here.lo(id) : `L${id}[${index}]`),
    hi: (id) => (isDay(id) ? here.hi(id) : `H${id}[${index}]`),
    nul: (id) => (isDay(id) || here.nul(id) === '0' ? here.nul(id) : `N${id}[${index}]`),
    mask: (id) => (isDay(id) ? here.mask(id) : `M${id}[${index}]`),
  }
}
