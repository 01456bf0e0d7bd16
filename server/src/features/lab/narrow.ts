import { operands, type Pack } from '@qiao/rules'

type Program = Pack['program']
type Target = Program['targets'][number]
type Node = Program['nodes'][number]

/**
 * A pack that judges only some targets, and those whose match they read.
 *
 * Node ids stay as they are: whatever nobody reads any more becomes a constant of the day, which
 * costs nothing. Targets are numbered anew.
 */
export type Narrow = Readonly<{
  pack: Pack
  /** By target of the narrow pack, its place in the whole one. */
  wholeOf: readonly number[]
}>

export function narrowTo(pack: Pack, wanted: Iterable<number>): Narrow {
  const { kept, read } = closureOf(pack.program, wanted)
  const wholeOf = pack.program.targets.flatMap(({ index }) => (kept.has(index) ? [index] : []))
  const placeOf = new Map(wholeOf.map((whole, place) => [whole, place]))
  const targets = wholeOf.flatMap((whole, index) => {
    const target = pack.program.targets[whole]
    return target ? [{ ...target, index }] : []
  })
  const nodes = pack.program.nodes.map((node): Node => {
    if (!read.has(node.id)) return unread(node)
    if (node.op.kind !== 'match') return node
    return { ...node, op: { kind: 'match', target: placeOf.get(node.op.target) ?? 0 } }
  })
  const measures = new Map([...pack.program.measures].filter(([id]) => read.has(id)))
  const conditionTexts = wholeOf.map((whole) => pack.conditionTexts[whole] ?? [])
  return {
    pack: { ...pack, conditionTexts, program: { ...pack.program, nodes, targets, measures } },
    wholeOf,
  }
}

function unread(node: Node): Node {
  return { ...node, entity: 'day', nullable: false, op: { kind: 'literal', value: 0 } }
}

/** The wanted targets with all that they read: nodes, and targets through match(). */
function closureOf(
  program: Program,
  wanted: Iterable<number>,
): { kept: Set<number>; read: Set<number> } {
  const kept = new Set<number>()
  const read = new Set<number>()
  const visit = (id: number): void => {
    const node = program.nodes[id]
    if (!node || read.has(id)) return
    read.add(id)
    if (node.op.kind === 'match') keep(node.op.target)
    for (const operand of operands(node.op)) visit(operand)
  }
  const keep = (index: number): void => {
    const target = program.targets[index]
    if (!target || kept.has(index)) return
    kept.add(index)
    for (const root of rootsOf(target)) visit(root)
    for (const node of measuredBy(program, target)) visit(node)
  }
  for (const index of wanted) keep(index)
  return { kept, read }
}

/** Every node that a target's verdict or amount comes from, in either pass. */
export function rootsOf(target: Target): number[] {
  return [
    ...target.conditions.flatMap(({ root, pendingRoot }) => [root, pendingRoot]),
    ...target.tiers.flatMap(({ amount }) => (amount.kind === 'computed' ? [amount.node] : [])),
  ]
}

/** Value and line of its conditions, which near misses compare. */
function measuredBy(program: Program, { conditions }: Target): number[] {
  return conditions.flatMap(({ measure }) =>
    measure
      ? [measure.a, measure.b, measure.left, measure.right].filter((id) => program.nodes[id])
      : [],
  )
}
