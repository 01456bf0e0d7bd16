import type { Frame, Step } from './frame.ts'
import { andMasks, compareIntervals, notMask, orMasks } from '../interval.ts'
import type { Node, Op } from '../ir.ts'

/** Steps of boolean nodes within one row. Null if the operation is none of these. */
export function booleanStep(node: Node, frame: Frame): Step | null {
  const { op } = node
  switch (op.kind) {
    case 'compare':
      return compareStep(node, op, frame)
    case 'code-in':
      return perRow(node, op.a, frame, (s) => codeIn(op.codes, frame, s))
    case 'is-null':
      return perRow(node, op.a, frame, (s) =>
        isNull(frame, s, frame.nodes[op.a]?.type === 'boolean'),
      )
    case 'is-true':
      return perRow(node, op.a, frame, (s) => {
        const mask = frame.lo[s] ?? 0
        return (mask & 1) | (mask & 6 ? 2 : 0)
      })
    case 'not':
      return perRow(node, op.a, frame, (s) => notMask(frame.lo[s] ?? 0))
    case 'and':
    case 'or':
      return junction(node, op, frame)
    case 'same':
      return pair(node, op, frame, (a, b) => same(frame.lo[a] ?? 0, frame.lo[b] ?? 0))
    case 'assumed':
      return pair(node, op, frame, (a, b) => (frame.lo[b] === 1 ? 1 : (frame.lo[a] ?? 3)))
    default:
      return null
  }
}

function rows(node: Node, members: number): number {
  return node.entity === 'person' ? members : 1
}

function perRow(node: Node, a: number, frame: Frame, f: (slot: number) => number): Step {
  const { lo } = frame
  const [A, as, R] = [frame.at(a), frame.stride(a), frame.at(node.id)]
  return (members) => {
    for (let i = 0, n = rows(node, members); i < n; i++) lo[R + i] = f(A + i * as)
  }
}

function pair(
  node: Node,
  op: { a: number; b: number },
  frame: Frame,
  f: (a: number, b: number) => number,
): Step {
  const { lo } = frame
  const [A, as, B, bs, R] = [
    frame.at(op.a),
    frame.stride(op.a),
    frame.at(op.b),
    frame.stride(op.b),
    frame.at(node.id),
  ]
  return (members) => {
    for (let i = 0, n = rows(node, members); i < n; i++) lo[R + i] = f(A + i * as, B + i * bs)
  }
}

function codeIn(codes: readonly number[], frame: Frame, s: number): number {
  const [lo = 0, hi = 0, nul = 0] = [frame.lo[s], frame.hi[s], frame.nul[s]]
  if (nul === 2) return 2
  let inside = 0
  for (const code of codes) if (code >= lo && code <= hi) inside++
  const all = inside === hi - lo + 1
  return (inside > 0 ? 1 : 0) | (all && nul === 0 ? 0 : 2)
}

function isNull(frame: Frame, s: number, isBoolean: boolean): number {
  if (isBoolean) {
    const mask = frame.lo[s] ?? 0
    return (mask & 4 ? 1 : 0) | (mask & 3 ? 2 : 0)
  }
  const nul = frame.nul[s] ?? 0
  return nul === 0 ? 2 : nul === 2 ? 1 : 3
}

/** Equality of booleans, null equal to null only. */
function same(a: number, b: number): number {
  const one = (x: number): boolean => x === 1 || x === 2 || x === 4
  return (a & b ? 1 : 0) | (a === b && one(a) ? 0 : 2)
}

function junction(node: Node, op: Extract<Op, { kind: 'and' | 'or' }>, frame: Frame): Step {
  const { lo } = frame
  const of = op.of.map((id) => ({ at: frame.at(id), stride: frame.stride(id) }))
  const R = frame.at(node.id)
  const [join, start] = op.kind === 'and' ? [andMasks, 1] : [orMasks, 2]
  return (members) => {
    for (let i = 0, n = rows(node, members); i < n; i++) {
      let mask = start
      for (const { at, stride } of of) mask = join(mask, lo[at + i * stride] ?? 0)
      lo[R + i] = mask
    }
  }
}

function compareStep(node: Node, op: Extract<Op, { kind: 'compare' }>, frame: Frame): Step {
  const { lo, hi, nul } = frame
  const equality = op.compare === '=' || op.compare === '!='
  return pair(node, op, frame, (a, b) => {
    const [x, y] = [nul[a] ?? 0, nul[b] ?? 0]
    if (x === 0 && y === 0)
      return compareIntervals(op.compare, lo[a] ?? 0, hi[a] ?? 0, lo[b] ?? 0, hi[b] ?? 0)
    const values =
      x === 2 || y === 2
        ? 0
        : compareIntervals(op.compare, lo[a] ?? 0, hi[a] ?? 0, lo[b] ?? 0, hi[b] ?? 0)
    if (!equality) return values | 4
    return values | nullEquality(x, y, op.compare === '=')
  })
}

/** Outcomes of `=` in which at least one side is null. */
function nullEquality(x: number, y: number, equal: boolean): number {
  const both = x > 0 && y > 0 ? 1 : 0
  const one = (x > 0 && y < 2) || (y > 0 && x < 2) ? 2 : 0
  return equal ? both | one : notMask(both | one)
}
