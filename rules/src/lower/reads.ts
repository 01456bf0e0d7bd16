import type { Amount, FactRead, Node, NodeId, Op, Program, Reads, Target } from '../ir.ts'
import { operands } from '../operands.ts'

type Found = {
  facts: Set<string>
  parameters: Set<number>
  matches: Set<number>
  statuses: Set<number>
}
type DayMask = (node: NodeId) => number

/**
 * What roots depend on. With `dayMask` (the masks of day booleans on one day), branches that the
 * day itself rules out are not read: last year's rule asks for nothing today.
 */
export class ReadsFinder {
  private readonly done = new Map<NodeId, Found>()
  private readonly program: Program
  private readonly dayMask: DayMask | null
  private readonly programmeIndex: ReadonlyMap<string, number>

  constructor(
    program: Program,
    programmeIndex: ReadonlyMap<string, number>,
    dayMask: DayMask | null,
  ) {
    this.program = program
    this.programmeIndex = programmeIndex
    this.dayMask = dayMask
  }

  of(root: NodeId): Reads {
    const found = this.find(root)
    const facts = [...found.facts].map((key): FactRead => {
      const [of, fact] = key.split(':')
      return { fact: Number(fact), of: of === 'household' || of === 'members' ? of : 'self' }
    })
    return {
      facts: facts.sort((a, b) => a.fact - b.fact),
      parameters: [...found.parameters].sort((a, b) => a - b),
      matches: [...found.matches],
      statuses: [...found.statuses],
    }
  }

  private find(id: NodeId): Found {
    const known = this.done.get(id)
    if (known) return known
    const node = this.program.nodes[id]
    const found: Found = {
      facts: new Set(),
      parameters: new Set(),
      matches: new Set(),
      statuses: new Set(),
    }
    this.done.set(id, found)
    if (node) this.collect(node, found)
    return found
  }

  private collect(node: Node, into: Found): void {
    const { op } = node
    if (op.kind === 'fact' || op.kind === 'derived') {
      into.facts.add(`self:${op.fact}`)
      const status = this.program.facts[op.fact]?.statusOf
      const programme =
        status === null || status === undefined ? undefined : this.programmeIndex.get(status)
      if (programme !== undefined) into.statuses.add(programme)
      return
    }
    if (op.kind === 'parameter') into.parameters.add(op.parameter)
    if (op.kind === 'match') {
      const target = this.program.targets[op.target]
      if (!target) return
      into.matches.add(target.programme)
      for (const c of target.conditions) merge(this.find(c.root), into, (of) => of)
      return
    }
    for (const id of this.reached(op)) merge(this.find(id), into, seenThrough(op))
  }

  /** Operands that can matter on the day. */
  private reached(op: Op): NodeId[] {
    const mask = (id: NodeId): number =>
      this.dayMask && this.program.nodes[id]?.entity === 'day' ? this.dayMask(id) : 7
    if (op.kind === 'if') {
      const m = mask(op.c)
      return m === 1 ? [op.c, op.a] : (m & 1) === 0 ? [op.c, op.b] : [op.c, op.a, op.b]
    }
    if (op.kind === 'and' || op.kind === 'or') {
      const settling = op.of.find((id) => mask(id) === (op.kind === 'and' ? 2 : 1))
      return settling === undefined ? [...op.of] : [settling]
    }
    return operands(op)
  }
}

type Perspective = (of: string) => string

/** How an operand's reads look from the node: a project shows the household's, an aggregate the members'. */
function seenThrough(op: Op): Perspective {
  switch (op.kind) {
    case 'project':
      return (of) => (of === 'self' ? 'household' : of)
    case 'sum':
    case 'some':
    case 'every':
    case 'least':
    case 'greatest':
      return (of) => (of === 'self' ? 'members' : of === 'household' ? 'self' : of)
    default:
      return (of) => of
  }
}

function merge(from: Found, into: Found, see: Perspective): void {
  for (const key of from.facts) {
    const [of = '', fact] = key.split(':')
    into.facts.add(`${see(of)}:${fact}`)
  }
  for (const key of ['parameters', 'matches', 'statuses'] as const)
    for (const x of from[key]) into[key].add(x)
}

/** Fills in what every condition and amount depends on, whatever the day. */
export function addReads(program: Program, programmeIndex: ReadonlyMap<string, number>): Program {
  const finder = new ReadsFinder(program, programmeIndex, null)
  const withReads = (t: Target): Target => ({
    ...t,
    conditions: t.conditions.map((c) => ({ ...c, reads: finder.of(c.root) })),
    tiers: t.tiers.map((tier) => ({ ...tier, amount: amountReads(tier.amount, finder) })),
  })
  return { ...program, targets: program.targets.map(withReads) }
}

function amountReads(amount: Amount, finder: ReadsFinder): Amount {
  return amount.kind === 'computed' ? { ...amount, reads: finder.of(amount.node) } : amount
}
