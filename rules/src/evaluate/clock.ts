import { addMonths } from '../days.ts'
import type { Node, NodeId, Op, Program } from '../ir.ts'
import { operands } from '../operands.ts'
import type { Pack } from '../pack.ts'

/** On what days a programme's answer can change although no fact does. */
export type Clock = {
  parameters: Set<number>
  /** Birthdays that matter, by date fact (index); 'all' where the age is used as a number. */
  ages: Map<number, Set<number> | 'all'>
  /** Fixed days compared with `on`. */
  days: Set<number>
  /** Days at a distance from a date fact: on which the comparison of the two turns. */
  offsets: { fact: number; months: number; days: number }[]
  /** The calendar itself is read (`on.month`, or a comparison of an unusual form). */
  turns: 'never' | 'monthly' | 'daily'
}

const clocks = new WeakMap<Pack, Map<number, Clock>>()

/** The clock of a programme, worked out once per pack; everything it reads through terms and matches included. */
export function clockOf(pack: Pack, programme: number): Clock {
  const made = clocks.get(pack) ?? new Map<number, Clock>()
  clocks.set(pack, made)
  const found = made.get(programme)
  if (found) return found
  const clock = new ClockFinder(pack.program).of(programme)
  made.set(programme, clock)
  return clock
}

class ClockFinder {
  private readonly seen = new Set<NodeId>()
  private readonly program: Program
  private readonly clock: Clock = {
    parameters: new Set(),
    ages: new Map(),
    days: new Set(),
    offsets: [],
    turns: 'never',
  }

  constructor(program: Program) {
    this.program = program
  }

  of(programme: number): Clock {
    for (const t of this.program.targets.filter((x) => x.programme === programme))
      this.target(t.index)
    return this.clock
  }

  private target(index: number): void {
    const t = this.program.targets[index]
    if (!t) return
    for (const c of t.conditions) {
      this.visit(c.root)
      this.visit(c.pendingRoot)
    }
    for (const { amount } of t.tiers) if (amount.kind === 'computed') this.visit(amount.node)
  }

  private visit(id: NodeId): void {
    if (this.seen.has(id)) return
    this.seen.add(id)
    const node = this.program.nodes[id]
    if (!node) return
    const { op } = node
    if (op.kind === 'parameter') this.clock.parameters.add(op.parameter)
    else if (op.kind === 'match') this.target(op.target)
    else if (op.kind === 'date-part' && this.isToday(op.a))
      return this.turn(op.part === 'day' ? 'daily' : 'monthly')
    else if (op.kind === 'on') this.turn('daily')
    else if (this.ageFact(node) !== null) this.addAges(this.ageFact(node) ?? 0, 'all')
    if (op.kind === 'compare' && (this.ageComparison(op) || this.dateComparison(op))) return
    if (this.ageFact(node) !== null) return
    for (const x of operands(op)) this.visit(x)
  }

  private isToday(id: NodeId): boolean {
    return this.program.nodes[id]?.op.kind === 'on'
  }

  private turn(turns: Clock['turns']): void {
    if (this.clock.turns !== 'daily') this.clock.turns = turns
  }

  /** The date fact whose age a node is, or null. */
  private ageFact(node: Node | undefined): number | null {
    const op = node?.op
    if (op?.kind === 'project') return this.ageFact(this.program.nodes[op.a])
    if (op?.kind === 'derived') return this.program.facts[op.fact]?.derivedFrom ?? null
    if (op?.kind !== 'age') return null
    const source = this.program.nodes[op.a]?.op
    return source?.kind === 'fact' ? source.fact : null
  }

  private addAges(fact: number, ages: readonly number[] | 'all'): void {
    const before = this.clock.ages.get(fact)
    if (before === 'all') return
    this.clock.ages.set(fact, ages === 'all' ? 'all' : new Set([...(before ?? []), ...ages]))
  }

  /** `age >= 60` can only turn at the 60th or 61st birthday. */
  private ageComparison(op: Extract<Op, { kind: 'compare' }>): boolean {
    const [a, b] = [this.program.nodes[op.a], this.program.nodes[op.b]]
    for (const [age, line] of [
      [a, b],
      [b, a],
    ]) {
      const fact = this.ageFact(age)
      if (fact === null || line?.op.kind !== 'literal') continue
      this.addAges(fact, [line.op.value, line.op.value + 1])
      return true
    }
    return false
  }

  private dateComparison(op: Extract<Op, { kind: 'compare' }>): boolean {
    if (this.program.nodes[op.a]?.type !== 'date') return false
    const sides = [this.shifted(op.a), this.shifted(op.b)]
    const today = sides.find((s) => s?.from === 'on')
    if (!today) return !sides.includes(null) && sides.every((s) => s?.from !== 'on')
    const other = sides.find((s) => s !== today)
    if (!other || other.from === 'on' || today.months !== 0) return false
    if (other.from === 'day') {
      const day = addMonths(other.value, other.months) + other.days - today.days
      this.clock.days.add(day).add(day + 1)
    } else
      this.clock.offsets.push({
        fact: other.value,
        months: other.months,
        days: other.days - today.days,
      })
    return true
  }

  /** A date as `on`, a fixed day or a date fact, moved by one shift of months and any of days. */
  private shifted(
    id: NodeId,
  ): { from: 'on' | 'day' | 'fact'; value: number; months: number; days: number } | null {
    const op = this.program.nodes[id]?.op
    switch (op?.kind) {
      case 'on':
        return { from: 'on', value: 0, months: 0, days: 0 }
      case 'literal':
        return { from: 'day', value: op.value, months: 0, days: 0 }
      case 'fact':
        return { from: 'fact', value: op.fact, months: 0, days: 0 }
      case 'project':
      case 'known':
        return this.shifted(op.a)
      case 'add-days': {
        const of = this.shifted(op.a)
        return of && { ...of, days: of.days + op.days }
      }
      case 'add-months': {
        const of = this.shifted(op.a)
        return of && of.months === 0 && of.days === 0 ? { ...of, months: op.months } : null
      }
      default:
        return null
    }
  }
}
