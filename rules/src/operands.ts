import type { NodeId, Op } from './ir.ts'

/** Operand ids of an operation, in order. */
export function operands(op: Op): NodeId[] {
  switch (op.kind) {
    case 'if':
      return [op.c, op.a, op.b]
    case 'and':
    case 'or':
    case 'min':
    case 'max':
      return [...op.of]
    case 'add':
    case 'sub':
    case 'mul':
    case 'compare':
    case 'same':
    case 'assumed':
      return [op.a, op.b]
    case 'floor':
    case 'ceiling':
    case 'round':
      return op.b === null ? [op.a] : [op.a, op.b]
    case 'least':
    case 'greatest':
      return op.where === null ? [op.a] : [op.a, op.where]
    case 'literal':
    case 'null':
    case 'on':
    case 'parameter':
    case 'fact':
    case 'match':
    case 'count':
      return []
    default:
      return [op.a]
  }
}

/** The operation with its operands replaced; the same object if none changed. */
export function mapOperands(op: Op, f: (id: NodeId) => NodeId): Op {
  const entries = Object.entries(op).map(([key, value]) => {
    if (key === 'a' || key === 'b' || key === 'c' || key === 'where')
      return [key, value === null ? null : f(value)]
    if (key === 'of') return [key, sameList(value, value.map(f))]
    return [key, value]
  })
  const changed = entries.some(([key, value]) => Reflect.get(op, String(key)) !== value)
  return changed ? (Object.fromEntries(entries) as Op) : op
}

function sameList(a: readonly NodeId[], b: readonly NodeId[]): readonly NodeId[] {
  return a.every((x, i) => x === b[i]) ? a : b
}
