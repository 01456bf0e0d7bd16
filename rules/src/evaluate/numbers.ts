import { addMonths, ageOn, ymdFromDay } from '../days.ts'
import type { Frame, Step } from './frame.ts'
import { ceilDivide, floorDivide, product, roundedFen } from '../interval.ts'
import type { Node, Op } from '../ir.ts'

type Unary = (lo: number, hi: number, put: (lo: number, hi: number) => void) => void

/** Steps of number and date nodes. Null if the operation is none of these. */
export function numberStep(node: Node, frame: Frame, on: number): Step | null {
  const { op } = node
  switch (op.kind) {
    case 'shift':
      return unary(node, op.a, frame, (lo, hi, put) => put(lo * op.factor, hi * op.factor))
    case 'neg':
      return unary(node, op.a, frame, (lo, hi, put) => put(-hi, -lo))
    case 'abs':
      return unary(node, op.a, frame, (lo, hi, put) =>
        lo >= 0 ? put(lo, hi) : hi <= 0 ? put(-hi, -lo) : put(0, Math.max(-lo, hi)),
      )
    case 'age':
      return unary(node, op.a, frame, (lo, hi, put) => put(ageOn(hi, on), ageOn(lo, on)))
    case 'add-months':
      return unary(node, op.a, frame, (lo, hi, put) =>
        put(addMonths(lo, op.months), addMonths(hi, op.months)),
      )
    case 'add-days':
      return unary(node, op.a, frame, (lo, hi, put) => put(lo + op.days, hi + op.days))
    case 'date-part':
      return unary(node, op.a, frame, (lo, hi, put) => datePart(op.part, lo, hi, put))
    case 'add':
    case 'sub':
    case 'mul':
      return binary(node, op, frame)
    case 'min':
    case 'max':
      return extreme(node, op, frame)
    case 'floor':
    case 'ceiling':
    case 'round':
      return division(node, op, frame)
    default:
      return null
  }
}

function rows(node: Node, members: number): number {
  return node.entity === 'person' ? members : 1
}

function unary(node: Node, a: number, frame: Frame, f: Unary): Step {
  const { lo, hi, nul } = frame
  const [A, as, R] = [frame.at(a), frame.stride(a), frame.at(node.id)]
  let slot = 0
  const put = (x: number, y: number): void => {
    lo[slot] = x
    hi[slot] = y
  }
  return (members) => {
    for (let i = 0, n = rows(node, members); i < n; i++) {
      const s = A + i * as
      slot = R + i
      const isNull = nul[s] ?? 0
      nul[slot] = isNull
      if (isNull === 2) put(Infinity, -Infinity)
      else f(lo[s] ?? 0, hi[s] ?? 0, put)
    }
  }
}

function datePart(
  part: 'year' | 'month' | 'day',
  lo: number,
  hi: number,
  put: (lo: number, hi: number) => void,
): void {
  if (lo === hi) {
    const value = ymdFromDay(lo)[part]
    put(value, value)
  } else if (part === 'year') {
    put(
      Number.isFinite(lo) ? ymdFromDay(lo).year : 0,
      Number.isFinite(hi) ? ymdFromDay(hi).year : 9999,
    )
  } else put(1, part === 'month' ? 12 : 31)
}

function binary(node: Node, op: Extract<Op, { kind: 'add' | 'sub' | 'mul' }>, frame: Frame): Step {
  const { lo, hi, nul } = frame
  const [A, as, B, bs, R] = [
    frame.at(op.a),
    frame.stride(op.a),
    frame.at(op.b),
    frame.stride(op.b),
    frame.at(node.id),
  ]
  const kind = op.kind
  return (members) => {
    for (let i = 0, n = rows(node, members); i < n; i++) {
      const [a, b, r] = [A + i * as, B + i * bs, R + i]
      const isNull = Math.max(nul[a] ?? 0, nul[b] ?? 0)
      nul[r] = isNull
      const [al = 0, ah = 0, bl = 0, bh = 0] = [lo[a], hi[a], lo[b], hi[b]]
      if (isNull === 2) {
        lo[r] = Infinity
        hi[r] = -Infinity
      } else if (kind === 'add') {
        lo[r] = al + bl
        hi[r] = ah + bh
      } else if (kind === 'sub') {
        lo[r] = al - bh
        hi[r] = ah - bl
      } else {
        const [p, q, s, t] = [product(al, bl), product(al, bh), product(ah, bl), product(ah, bh)]
        lo[r] = Math.min(p, q, s, t)
        hi[r] = Math.max(p, q, s, t)
      }
    }
  }
}

function extreme(node: Node, op: Extract<Op, { kind: 'min' | 'max' }>, frame: Frame): Step {
  const { lo, hi, nul } = frame
  const of = op.of.map((id) => ({ at: frame.at(id), stride: frame.stride(id) }))
  const R = frame.at(node.id)
  const pick = op.kind === 'min' ? Math.min : Math.max
  return (members) => {
    for (let i = 0, n = rows(node, members); i < n; i++) {
      let [l, h, isNull] = op.kind === 'min' ? [Infinity, Infinity, 0] : [-Infinity, -Infinity, 0]
      for (const { at, stride } of of) {
        const s = at + i * stride
        isNull = Math.max(isNull, nul[s] ?? 0)
        l = pick(l, lo[s] ?? 0)
        h = pick(h, hi[s] ?? 0)
      }
      lo[R + i] = isNull === 2 ? Infinity : l
      hi[R + i] = isNull === 2 ? -Infinity : h
      nul[R + i] = isNull
    }
  }
}

type Division = Extract<Op, { kind: 'floor' | 'ceiling' | 'round' }>

/** Quotient of one end: a wide divisor makes a positive numerator smallest when it is greatest. */
function quotient(op: Division, a: number, b: number): number {
  if (op.kind === 'round') return roundedFen(product(a, op.up), b * op.down, op.to)
  return op.kind === 'floor' ? floorDivide(a, b * op.unit) : ceilDivide(a, b * op.unit)
}

function division(node: Node, op: Division, frame: Frame): Step {
  const { lo, hi, nul } = frame
  const [A, as, R] = [frame.at(op.a), frame.stride(op.a), frame.at(node.id)]
  const b = op.b
  const [B, bs] = b === null ? [0, 0] : [frame.at(b), frame.stride(b)]
  return (members) => {
    for (let i = 0, n = rows(node, members); i < n; i++) {
      const [a, d, r] = [A + i * as, B + i * bs, R + i]
      const [al = 0, ah = 0] = [lo[a], hi[a]]
      const [dl, dh] = b === null ? [1, 1] : [lo[d] ?? 1, hi[d] ?? 1]
      nul[r] = nul[a] ?? 0
      lo[r] = quotient(op, al, al >= 0 ? dh : dl)
      hi[r] = quotient(op, ah, ah >= 0 ? dl : dh)
      if (nul[r] === 2) {
        lo[r] = Infinity
        hi[r] = -Infinity
      }
    }
  }
}
