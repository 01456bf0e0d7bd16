import type { DayProgram } from '../evaluate/day-program.ts'
import type { Node, NodeId, Op, Program, Target } from '../ir.ts'
import { operands } from '../operands.ts'

/** Depends on the fact not at all. */
export const NONE = 0
/** A person's node depends on that person's own fact only. */
export const OWN = 1
/** Depends on the fact of the household, or of any member. */
export const ANYBODY = 2

/** What depends on one fact, on one day. */
export type Dependence = Readonly<{
  /** By node: {@link NONE}, {@link OWN} or {@link ANYBODY}. */
  nodes: Uint8Array
  /** By target: the same of everything a verdict or an amount of it is made from. */
  targets: Uint8Array
  /** Nodes at which a number may make a difference: comparisons, and the lesser or greater of two. */
  forks: readonly NodeId[]
  /** For a code fact, by code: codes of one class are told apart by nothing that reads the fact. */
  classes: readonly string[]
}>

/** Works out what depends on a fact, asked for as itself or through what is derived from it. */
export type DependenceFinder = (fact: number) => Dependence

/** Rules that the day itself rules out depend on nothing. */
export function dependenceFinder({ pack, frame }: DayProgram): DependenceFinder {
  const { program } = pack
  const mask = (id: NodeId): number =>
    program.nodes[id]?.entity === 'day' ? (frame.lo[frame.at(id)] ?? 3) : 3
  const live = liveNodes(program, mask)
  const found = new Map<number, Dependence>()
  return (fact) => {
    const known = found.get(fact)
    if (known) return known
    const made = dependenceOn(program, fact, mask, live)
    found.set(fact, made)
    return made
  }
}

function dependenceOn(
  program: Program,
  fact: number,
  mask: (id: NodeId) => number,
  live: Uint8Array,
): Dependence {
  const nodes = new Uint8Array(program.nodes.length)
  const forks: NodeId[] = []
  for (const node of program.nodes) {
    const how = howNode(program, node, fact, nodes, mask)
    nodes[node.id] = how
    if (how !== NONE && live[node.id] === 1 && isFork(node.op)) forks.push(node.id)
  }
  const targets = Uint8Array.from(program.targets, (target) =>
    Math.max(NONE, ...rootsOf(target).map((id) => nodes[id] ?? NONE)),
  )
  const { codes } = program.facts[fact] ?? { codes: [] }
  const classes = codes.map((_, code) => classOf(program, fact, code, nodes))
  return { nodes, targets, forks, classes }
}

function howNode(
  program: Program,
  { op, entity }: Node,
  fact: number,
  known: Uint8Array,
  mask: (id: NodeId) => number,
): number {
  const of = (id: NodeId): number => known[id] ?? NONE
  if ((op.kind === 'fact' || op.kind === 'derived') && op.fact === fact)
    return entity === 'person' ? OWN : ANYBODY
  const from = reached(program, op, mask)
  const how = from.reduce((most, id) => Math.max(most, of(id)), NONE)
  return how !== NONE && entity === 'household' ? ANYBODY : how
}

/** Operands that can matter on the day; for a match the conditions behind it. */
function reached(program: Program, op: Op, mask: (id: NodeId) => number): readonly NodeId[] {
  if (op.kind === 'match') return program.targets[op.target]?.conditions.map((c) => c.root) ?? []
  if (op.kind !== 'if') return operands(op)
  const m = mask(op.c)
  return m === 1 ? [op.c, op.a] : (m & 1) === 0 ? [op.c, op.b] : [op.c, op.a, op.b]
}

/** Everything that a target's verdict in either pass, and its amounts, are read from. */
function rootsOf({ conditions, tiers }: Target): NodeId[] {
  return [
    ...conditions.flatMap(({ root, pendingRoot }) => [root, pendingRoot]),
    ...tiers.flatMap(({ amount }) => (amount.kind === 'computed' ? [amount.node] : [])),
  ]
}

function liveNodes(program: Program, mask: (id: NodeId) => number): Uint8Array {
  const live = new Uint8Array(program.nodes.length)
  const open = program.targets.flatMap(rootsOf)
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = program.nodes[id]
    if (!node || live[id] === 1) continue
    live[id] = 1
    open.push(...reached(program, node.op, mask))
  }
  return live
}

function isFork({ kind }: Op): boolean {
  return kind === 'compare' || kind === 'min' || kind === 'max'
}

/** What each test that reads the fact makes of a code; the code itself where something else reads it. */
function classOf(program: Program, fact: number, code: number, nodes: Uint8Array): string {
  const isFact = (id: NodeId): boolean => {
    const op = program.nodes[id]?.op
    return op?.kind === 'fact' && op.fact === fact
  }
  let text = ''
  for (const { id, op } of program.nodes) {
    if (nodes[id] === NONE || !operands(op).some(isFact) || op.kind === 'is-null') continue
    const told = testOf(program, op, code)
    if (told === null) return String(code)
    text += told ? '1' : '0'
  }
  return text
}

/** Whether a test for certain codes is met by this one; null for anything but such a test. */
function testOf(program: Program, op: Op, code: number): boolean | null {
  if (op.kind === 'code-in') return op.codes.includes(code)
  if (op.kind !== 'compare') return null
  const literals = [op.a, op.b].flatMap((id) => {
    const other = program.nodes[id]?.op
    return other?.kind === 'literal' ? [other.value] : []
  })
  return literals.length === 1 ? literals[0] === code : null
}
