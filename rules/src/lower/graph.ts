import type { CompareOp, Entity, Node, NodeId, Op, ValueType } from '../ir.ts'
import { MAX_MEMBERS, OPEN_END } from '../ir.ts'

/** Day numbers of years 1800 to 2300, assumed for open-ended dates. */
const DATE_BOUND = 130_000

/** A number outgrew exact float64 integers, or six decimals. Caught where the expression is known. */
export class TooLarge extends Error {}

type Draft = Omit<Node, 'id'>

/** What is known of a node apart from its operands; `bounds` only of numbers and dates. */
type Made = Readonly<{
  type: ValueType
  scale?: number
  bounds?: readonly [number, number]
  nullable?: boolean
}>

/** Builds {@link Node}s: equal ones once, operands first, entities aligned, bounds and nulls tracked. */
export class Graph {
  readonly nodes: Node[] = []
  private readonly known = new Map<string, NodeId>()

  at(id: NodeId): Node {
    const node = this.nodes[id]
    if (!node) throw new Error(`no node ${id}`)
    return node
  }

  private add(draft: Draft): NodeId {
    if (draft.scale > 6) throw new TooLarge('小数位数太多(超过6位)')
    if (Math.max(Math.abs(draft.low), Math.abs(draft.high)) > Number.MAX_SAFE_INTEGER) {
      throw new TooLarge('数值可能太大,无法保证精确')
    }
    const key = JSON.stringify([draft.op, draft.entity, draft.type, draft.scale])
    const found = this.known.get(key)
    if (found !== undefined) return found
    const id = this.nodes.length
    this.nodes.push({ id, ...draft })
    this.known.set(key, id)
    return id
  }

  /** A node like another, with other operands of the same entities and bounds. */
  copy(id: NodeId, op: Op): NodeId {
    return this.add({ ...draftOf(this.at(id)), op })
  }

  literal(type: ValueType, value: number, scale = 0): NodeId {
    const bounded = type === 'number' || type === 'date' ? value : 0
    return this.add({
      entity: 'day',
      type,
      scale,
      nullable: false,
      low: bounded,
      high: bounded,
      op: { kind: 'literal', value },
    })
  }

  nothing(type: ValueType, scale = 0): NodeId {
    return this.add({
      entity: 'day',
      type,
      scale,
      nullable: true,
      low: 0,
      high: 0,
      op: { kind: 'null' },
    })
  }

  on(): NodeId {
    return this.add({
      entity: 'day',
      type: 'date',
      scale: 0,
      nullable: false,
      low: -DATE_BOUND,
      high: DATE_BOUND,
      op: { kind: 'on' },
    })
  }

  leaf(
    op: Op,
    of: {
      entity: Entity
      type: ValueType
      scale: number
      nullable: boolean
      lo: number
      hi: number
    },
  ): NodeId {
    const cap = of.type === 'date' ? DATE_BOUND : OPEN_END
    const low = of.type === 'boolean' ? 0 : Math.max(of.lo, -cap)
    const high = of.type === 'boolean' ? 0 : Math.min(of.hi, cap)
    const { entity, type, scale, nullable } = of
    return this.add({
      entity,
      type,
      scale,
      nullable,
      low: Math.min(low, high),
      high: Math.max(low, high),
      op,
    })
  }

  /** The value for each member, if it is the household's. */
  project(a: NodeId): NodeId {
    const of = this.at(a)
    return of.entity === 'household'
      ? this.add({ ...draftOf(of), entity: 'person', op: { kind: 'project', a } })
      : a
  }

  /** Brings operands to one entity. */
  private align(ids: readonly NodeId[]): { entity: Entity; ids: NodeId[] } {
    const entities = ids.map((id) => this.at(id).entity)
    if (entities.includes('person'))
      return { entity: 'person', ids: ids.map((id) => this.project(id)) }
    return { entity: entities.includes('household') ? 'household' : 'day', ids: [...ids] }
  }

  /** A node of its operands' entity; nullable if one of them is, unless told otherwise. */
  private build(
    { type, scale = 0, bounds = [0, 0], nullable }: Made,
    operands: readonly NodeId[],
    op: (ids: NodeId[]) => Op,
  ): NodeId {
    const { entity, ids } = this.align(operands)
    const some = nullable ?? operands.some((id) => this.at(id).nullable)
    const [low, high] = bounds
    return this.add({ entity, type, scale, nullable: some, low, high, op: op(ids) })
  }

  /** The same number with more digits. */
  toScale(a: NodeId, scale: number): NodeId {
    const n = this.at(a)
    if (n.scale === scale) return a
    const factor = 10 ** (scale - n.scale)
    if (n.op.kind === 'literal') return this.literal('number', n.op.value * factor, scale)
    if (n.op.kind === 'null') return this.nothing('number', scale)
    const bounds = [n.low * factor, n.high * factor] as const
    return this.build({ type: 'number', scale, bounds }, [a], ([x = a]) => ({
      kind: 'shift',
      a: x,
      factor,
    }))
  }

  private sameScale(ids: readonly NodeId[]): { ids: NodeId[]; scale: number } {
    const scale = Math.max(...ids.map((id) => this.at(id).scale))
    return { ids: ids.map((id) => this.toScale(id, scale)), scale }
  }

  sum2(kind: 'add' | 'sub', a: NodeId, b: NodeId): NodeId {
    const { ids, scale } = this.sameScale([a, b])
    const [x, y] = [this.at(ids[0] ?? a), this.at(ids[1] ?? b)]
    const bounds: [number, number] =
      kind === 'add' ? [x.low + y.low, x.high + y.high] : [x.low - y.high, x.high - y.low]
    if (x.op.kind === 'literal' && y.op.kind === 'literal')
      return this.literal('number', bounds[0], scale)
    return this.build({ type: 'number', scale, bounds }, ids, ([p = a, q = b]) => ({
      kind,
      a: p,
      b: q,
    }))
  }

  times(a: NodeId, b: NodeId): NodeId {
    const [x, y] = [this.at(a), this.at(b)]
    const all = [x.low * y.low, x.low * y.high, x.high * y.low, x.high * y.high]
    const scale = x.scale + y.scale
    if (isOne(x)) return b
    if (isOne(y)) return a
    if (x.op.kind === 'literal' && y.op.kind === 'literal')
      return this.literal('number', x.op.value * y.op.value, scale)
    const bounds = [Math.min(...all), Math.max(...all)] as const
    return this.build({ type: 'number', scale, bounds }, [a, b], ([p = a, q = b]) => ({
      kind: 'mul',
      a: p,
      b: q,
    }))
  }

  negate(a: NodeId): NodeId {
    const n = this.at(a)
    if (n.op.kind === 'literal') return this.literal('number', -n.op.value, n.scale)
    const bounds = [-n.high, -n.low] as const
    return this.build({ type: 'number', scale: n.scale, bounds }, [a], ([x = a]) => ({
      kind: 'neg',
      a: x,
    }))
  }

  magnitude(a: NodeId): NodeId {
    const n = this.at(a)
    const most = Math.max(Math.abs(n.low), Math.abs(n.high))
    const bounds = [n.low > 0 ? n.low : 0, most] as const
    return this.build({ type: 'number', scale: n.scale, bounds }, [a], ([x = a]) => ({
      kind: 'abs',
      a: x,
    }))
  }

  extreme(kind: 'min' | 'max', of: readonly NodeId[]): NodeId {
    const { ids, scale } = this.sameScale(of)
    const nodes = ids.map((id) => this.at(id))
    const pick = kind === 'min' ? Math.min : Math.max
    const bounds: [number, number] = [
      pick(...nodes.map((n) => n.low)),
      pick(...nodes.map((n) => n.high)),
    ]
    return this.build({ type: 'number', scale, bounds }, ids, (list) => ({ kind, of: list }))
  }

  whole(kind: 'floor' | 'ceiling', a: NodeId, b: NodeId | null, unit: number): NodeId {
    const n = this.at(a)
    const op = ([x = a, y]: NodeId[]): Op => ({
      kind,
      a: x,
      b: b === null ? null : (y ?? null),
      unit,
    })
    const most = Math.max(Math.abs(n.low), Math.abs(n.high)) / unit + 1
    const bounds = [n.low >= 0 ? 0 : -most, n.high <= 0 ? 0 : most] as const
    return this.build({ type: 'number', bounds }, b === null ? [a] : [a, b], op)
  }

  round(
    a: NodeId,
    b: NodeId | null,
    factors: { up: number; down: number },
    to: Extract<Op, { kind: 'round' }>['to'],
  ): NodeId {
    const n = this.at(a)
    const most = Math.max(Math.abs(n.low), Math.abs(n.high)) * factors.up * 2
    if (most > Number.MAX_SAFE_INTEGER) throw new TooLarge('数值可能太大,无法保证精确')
    const divisor = b === null ? factors.down : this.at(b).high * factors.down
    if (divisor * 200 > Number.MAX_SAFE_INTEGER) throw new TooLarge('除数可能太大,无法保证精确')
    const op = ([x = a, y]: NodeId[]): Op => ({
      kind: 'round',
      a: x,
      b: b === null ? null : (y ?? null),
      ...factors,
      to,
    })
    const bounds = [0, most + 100] as const
    return this.build({ type: 'number', scale: 2, bounds }, b === null ? [a] : [a, b], op)
  }

  age(a: NodeId): NodeId {
    return this.build({ type: 'number', bounds: [-500, 500] }, [a, this.on()], ([x = a]) => ({
      kind: 'age',
      a: x,
    }))
  }

  shiftDate(a: NodeId, by: { months: number } | { days: number }): NodeId {
    const bounds = [-2 * DATE_BOUND, 2 * DATE_BOUND] as const
    return this.build({ type: 'date', bounds }, [a], ([x = a]) =>
      'months' in by
        ? { kind: 'add-months', a: x, months: by.months }
        : { kind: 'add-days', a: x, days: by.days },
    )
  }

  datePart(a: NodeId, part: 'year' | 'month' | 'day'): NodeId {
    const bounds: [number, number] =
      part === 'year' ? [0, 9999] : part === 'month' ? [1, 12] : [1, 31]
    return this.build({ type: 'number', bounds }, [a], ([x = a]) => ({
      kind: 'date-part',
      a: x,
      part,
    }))
  }

  choose(c: NodeId, a: NodeId, b: NodeId): NodeId {
    if (a === b) return a
    const type = this.at(a).type
    const { ids, scale } = type === 'number' ? this.sameScale([a, b]) : { ids: [a, b], scale: 0 }
    const [x, y] = [this.at(ids[0] ?? a), this.at(ids[1] ?? b)]
    const test = this.at(c).op
    if (test.kind === 'literal') return test.value === 1 ? x.id : y.id
    const bounds: [number, number] = [Math.min(x.low, y.low), Math.max(x.high, y.high)]
    const nullable = x.nullable || y.nullable
    return this.build(
      { type, scale, bounds, nullable },
      [c, x.id, y.id],
      ([p = c, q = a, r = b]) => ({ kind: 'if', c: p, a: q, b: r }),
    )
  }

  notNull(a: NodeId): NodeId {
    const n = this.at(a)
    return n.nullable ? this.add({ ...draftOf(n), nullable: false, op: { kind: 'known', a } }) : a
  }

  compare(compare: CompareOp, a: NodeId, b: NodeId): NodeId {
    const number = this.at(a).type === 'number'
    const ids = number ? this.sameScale([a, b]).ids : [a, b]
    const nodes = ids.map((id) => this.at(id))
    // near misses compare ten times the distance with the line
    if (
      number &&
      Math.max(...nodes.map((n) => Math.max(Math.abs(n.low), Math.abs(n.high)))) >
        Number.MAX_SAFE_INTEGER / 22
    ) {
      throw new TooLarge('数值可能太大,无法保证精确')
    }
    const nullable = compare === '=' || compare === '!=' ? false : nodes.some((n) => n.nullable)
    return this.build({ type: 'boolean', nullable }, ids, ([x = a, y = b]) => ({
      kind: 'compare',
      compare,
      a: x,
      b: y,
    }))
  }

  truth(kind: 'not' | 'is-true' | 'is-null', a: NodeId): NodeId {
    const nullable = kind === 'not' && this.at(a).nullable
    return this.build({ type: 'boolean', nullable }, [a], ([x = a]) => ({ kind, a: x }))
  }

  codeIn(a: NodeId, codes: readonly number[]): NodeId {
    const sorted = [...new Set(codes)].sort((p, q) => p - q)
    return this.build({ type: 'boolean', nullable: false }, [a], ([x = a]) => ({
      kind: 'code-in',
      a: x,
      codes: sorted,
    }))
  }

  same(a: NodeId, b: NodeId): NodeId {
    return this.build({ type: 'boolean', nullable: false }, [a, b], ([x = a, y = b]) => ({
      kind: 'same',
      a: x,
      b: y,
    }))
  }

  junction(kind: 'and' | 'or', of: readonly NodeId[]): NodeId {
    const flat = of.flatMap((id) => {
      const op = this.at(id).op
      return op.kind === kind ? op.of : [id]
    })
    const all = [...new Set(flat)]
    return all.length === 1 && all[0] !== undefined
      ? all[0]
      : this.build({ type: 'boolean' }, all, (ids) => ({ kind, of: ids }))
  }

  /** status fact a, or surely matched b. */
  assumed(a: NodeId, b: NodeId): NodeId {
    const { nullable } = this.at(a)
    return this.build({ type: 'boolean', nullable }, [a, b], ([x = a, y = b]) => ({
      kind: 'assumed',
      a: x,
      b: y,
    }))
  }

  count(): NodeId {
    return this.add({
      entity: 'household',
      type: 'number',
      scale: 0,
      nullable: false,
      low: 1,
      high: MAX_MEMBERS,
      op: { kind: 'count' },
    })
  }

  aggregate(kind: 'sum' | 'some' | 'every', a: NodeId): NodeId {
    const n = this.at(a)
    const low = n.low < 0 ? n.low * MAX_MEMBERS : n.low
    const high = n.high > 0 ? n.high * MAX_MEMBERS : n.high
    return this.add({
      entity: 'household',
      type: n.type,
      scale: n.scale,
      nullable: n.nullable,
      low,
      high,
      op: { kind, a },
    })
  }

  extremeOver(kind: 'least' | 'greatest', a: NodeId, where: NodeId | null): NodeId {
    const n = this.at(a)
    return this.add({
      ...draftOf(n),
      entity: 'household',
      nullable: n.nullable || where !== null,
      op: { kind, a, where },
    })
  }
}

function draftOf(node: Node): Draft {
  const { entity, type, scale, nullable, low, high, op } = node
  return { entity, type, scale, nullable, low, high, op }
}

function isOne(node: Node): boolean {
  return node.op.kind === 'literal' && node.scale === 0 && node.op.value === 1
}
