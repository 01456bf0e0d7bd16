import type { CompareOp, Entity, Node, NodeId, Op, ValueType } from './ir.ts'
import { MAX_MEMBERS } from './ir.ts'

/** Facts and numbers with an open end are assumed below this when overflow is checked: 21 million yuan in fen. */
export const OPEN_END = 2_100_000_000
/** Day numbers of years 1800 to 2300, assumed for open-ended dates. */
const DATE_BOUND = 130_000

/** A number outgrew exact float64 integers, or six decimals. Caught where the expression is known. */
export class TooLarge extends Error {}

type Draft = Omit<Node, 'id'>

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

  private build(
    type: ValueType,
    scale: number,
    operands: readonly NodeId[],
    bounds: [number, number],
    op: (ids: NodeId[]) => Op,
    nullable?: boolean,
  ): NodeId {
    const { entity, ids } = this.align(operands)
    const some = nullable ?? operands.some((id) => this.at(id).nullable)
    return this.add({
      entity,
      type,
      scale,
      nullable: some,
      low: bounds[0],
      high: bounds[1],
      op: op(ids),
    })
  }

  /** The same number with more digits. */
  toScale(a: NodeId, scale: number): NodeId {
    const n = this.at(a)
    if (n.scale === scale) return a
    const factor = 10 ** (scale - n.scale)
    if (n.op.kind === 'literal') return this.literal('number', n.op.value * factor, scale)
    if (n.op.kind === 'null') return this.nothing('number', scale)
    return this.build('number', scale, [a], [n.low * factor, n.high * factor], ([x = a]) => ({
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
    return this.build('number', scale, ids, bounds, ([p = a, q = b]) => ({ kind, a: p, b: q }))
  }

  times(a: NodeId, b: NodeId): NodeId {
    const [x, y] = [this.at(a), this.at(b)]
    const all = [x.low * y.low, x.low * y.high, x.high * y.low, x.high * y.high]
    const scale = x.scale + y.scale
    if (isOne(x)) return b
    if (isOne(y)) return a
    if (x.op.kind === 'literal' && y.op.kind === 'literal')
      return this.literal('number', x.op.value * y.op.value, scale)
    return this.build(
      'number',
      scale,
      [a, b],
      [Math.min(...all), Math.max(...all)],
      ([p = a, q = b]) => ({ kind: 'mul', a: p, b: q }),
    )
  }

  negate(a: NodeId): NodeId {
    const n = this.at(a)
    if (n.op.kind === 'literal') return this.literal('number', -n.op.value, n.scale)
    return this.build('number', n.scale, [a], [-n.high, -n.low], ([x = a]) => ({
      kind: 'neg',
      a: x,
    }))
  }

  magnitude(a: NodeId): NodeId {
    const n = this.at(a)
    const most = Math.max(Math.abs(n.low), Math.abs(n.high))
    return this.build('number', n.scale, [a], [n.low > 0 ? n.low : 0, most], ([x = a]) => ({
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
    return this.build('number', scale, ids, bounds, (list) => ({ kind, of: list }))
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
    return this.build(
      'number',
      0,
      b === null ? [a] : [a, b],
      [n.low >= 0 ? 0 : -most, n.high <= 0 ? 0 : most],
      op,
    )
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
    return this.build('number', 2, b === null ? [a] : [a, b], [0, most + 100], op)
  }

  age(a: NodeId): NodeId {
    return this.build(
      'number',
      0,
      [a, this.on()],
      [-500, 500],
      ([x = a]) => ({ kind: 'age', a: x }),
      this.at(a).nullable,
    )
  }

  shiftDate(a: NodeId, by: { months: number } | { days: number }): NodeId {
    return this.build('date', 0, [a], [-2 * DATE_BOUND, 2 * DATE_BOUND], ([x = a]) =>
      'months' in by
        ? { kind: 'add-months', a: x, months: by.months }
        : { kind: 'add-days', a: x, days: by.days },
    )
  }

  datePart(a: NodeId, part: 'year' | 'month' | 'day'): NodeId {
    const bounds: [number, number] =
      part === 'year' ? [0, 9999] : part === 'month' ? [1, 12] : [1, 31]
    return this.build('number', 0, [a], bounds, ([x = a]) => ({ kind: 'date-part', a: x, part }))
  }

  choose(c: NodeId, a: NodeId, b: NodeId): NodeId {
    if (a === b) return a
    const type = this.at(a).type
    const { ids, scale } = type === 'number' ? this.sameScale([a, b]) : { ids: [a, b], scale: 0 }
    const [x, y] = [this.at(ids[0] ?? a), this.at(ids[1] ?? b)]
    const test = this.at(c).op
    if (test.kind === 'literal') return test.value === 1 ? x.id : y.id
    const bounds: [number, number] = [Math.min(x.low, y.low), Math.max(x.high, y.high)]
    return this.build(
      type,
      scale,
      [c, x.id, y.id],
      bounds,
      ([p = c, q = a, r = b]) => ({ kind: 'if', c: p, a: q, b: r }),
      x.nullable || y.nullable,
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
    return this.build(
      'boolean',
      0,
      ids,
      [0, 0],
      ([x = a, y = b]) => ({ kind: 'compare', compare, a: x, b: y }),
      nullable,
    )
  }

  truth(kind: 'not' | 'is-true' | 'is-null', a: NodeId): NodeId {
    return this.build(
      'boolean',
      0,
      [a],
      [0, 0],
      ([x = a]) => ({ kind, a: x }),
      kind === 'not' ? this.at(a).nullable : false,
    )
  }

  codeIn(a: NodeId, codes: readonly number[]): NodeId {
    const sorted = [...new Set(codes)].sort((p, q) => p - q)
    return this.build(
      'boolean',
      0,
      [a],
      [0, 0],
      ([x = a]) => ({ kind: 'code-in', a: x, codes: sorted }),
      false,
    )
  }

  same(a: NodeId, b: NodeId): NodeId {
    return this.build(
      'boolean',
      0,
      [a, b],
      [0, 0],
      ([x = a, y = b]) => ({ kind: 'same', a: x, b: y }),
      false,
    )
  }

  junction(kind: 'and' | 'or', of: readonly NodeId[]): NodeId {
    const flat = of.flatMap((id) => {
      const op = this.at(id).op
      return op.kind === kind ? op.of : [id]
    })
    const all = [...new Set(flat)]
    return all.length === 1 && all[0] !== undefined
      ? all[0]
      : this.build('boolean', 0, all, [0, 0], (ids) => ({ kind, of: ids }))
  }

  /** status fact a, or surely matched b. */
  assumed(a: NodeId, b: NodeId): NodeId {
    return this.build(
      'boolean',
      0,
      [a, b],
      [0, 0],
      ([x = a, y = b]) => ({ kind: 'assumed', a: x, b: y }),
      this.at(a).nullable,
    )
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
