import type { Node, NodeId, Target } from '../ir.ts'
import { operands } from '../operands.ts'
import type { Pack } from '../pack.ts'

/** What has to be worked out of a program, in the order of the graph. */
export type Needed = Readonly<{ nodes: readonly Node[]; targets: readonly Target[] }>

const found = new WeakMap<Pack, Map<string, Needed>>()

/** What the answers of one programme stand on: its own targets, those it waits for, all they read. */
export function neededFor(pack: Pack, programme: string): Needed {
  const known = found.get(pack) ?? new Map<string, Needed>()
  found.set(pack, known)
  const needed = known.get(programme) ?? follow(pack, programme)
  known.set(programme, needed)
  return needed
}

function follow({ program, programmes }: Pack, programme: string): Needed {
  const nodes = new Set<NodeId>()
  const targets = new Set<number>()
  const visitTarget = (target: Target | undefined): void => {
    if (!target || targets.has(target.index)) return
    targets.add(target.index)
    for (const { root, pendingRoot } of target.conditions) {
      visit(root)
      visit(pendingRoot)
    }
    for (const { amount } of target.tiers) if (amount.kind === 'computed') visit(amount.node)
  }
  const visit = (id: NodeId): void => {
    const op = program.nodes[id]?.op
    if (!op || nodes.has(id)) return
    nodes.add(id)
    if (op.kind === 'match') visitTarget(program.targets[op.target])
    operands(op).forEach(visit)
  }
  for (const target of program.targets)
    if (programmes[target.programme]?.id === programme) visitTarget(target)
  return {
    nodes: program.nodes.filter(({ id }) => nodes.has(id)),
    targets: program.targets.filter(({ index }) => targets.has(index)),
  }
}
