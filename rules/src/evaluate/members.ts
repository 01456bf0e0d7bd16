import type { Frame, Step } from './frame.ts'
import { andMasks, orMasks } from '../interval.ts'
import type { Node, Op } from '../ir.ts'

/** Steps between a household and its members. Null if the operation is none of these. */
export function memberStep(node: Node, frame: Frame): Step | null {
  const { op } = node
  const R = frame.at(node.id)
  const { lo, hi, nul } = frame
  switch (op.kind) {
    case 'project':
      return (members) => {
        const a = frame.at(op.a)
        for (let i = 0; i < members; i++) {
          lo[R + i] = lo[a] ?? 0
          hi[R + i] = hi[a] ?? 0
          nul[R + i] = nul[a] ?? 0
        }
      }
    case 'count':
      return (members) => {
        lo[R] = members
        hi[R] = members
      }
    case 'some':
    case 'every': {
      const [A, as] = [frame.at(op.a), frame.stride(op.a)]
      const [join, start] = op.kind === 'every' ? [andMasks, 1] : [orMasks, 2]
      return (members) => {
        let mask = start
        for (let i = 0; i < members; i++) mask = join(mask, lo[A + i * as] ?? 0)
        lo[R] = mask
      }
    }
    case 'sum':
      return sumStep(op.a, R, frame)
    case 'least':
    case 'greatest':
      return extremeStep(op, R, frame)
    default:
      return null
  }
}

function sumStep(a: number, R: number, frame: Frame): Step {
  const { lo, hi, nul } = frame
  const [A, as] = [frame.at(a), frame.stride(a)]
  return (members) => {
    let [l, h, isNull] = [0, 0, 0]
    for (let i = 0; i < members; i++) {
      const s = A + i * as
      isNull = Math.max(isNull, nul[s] ?? 0)
      if (nul[s] === 2) continue
      l += lo[s] ?? 0
      h += hi[s] ?? 0
    }
    lo[R] = isNull === 2 ? Infinity : l
    hi[R] = isNull === 2 ? -Infinity : h
    nul[R] = isNull
  }
}

/**
 * The least (greatest) value of those chosen. Someone only possibly chosen can pull one end, never
 * push the other; null if nobody is chosen, or if someone chosen is null.
 */
function extremeStep(
  op: Extract<Op, { kind: 'least' | 'greatest' }>,
  R: number,
  frame: Frame,
): Step {
  const { lo, hi, nul } = frame
  const sign = op.kind === 'least' ? 1 : -1
  const [A, as] = [frame.at(op.a), frame.stride(op.a)]
  const where = op.where
  return (members) => {
    let [near, far, isNull, surely] = [Infinity, Infinity, 0, false]
    for (let i = 0; i < members; i++) {
      const mask = where === null ? 1 : (lo[frame.slot(where, i)] ?? 0)
      if ((mask & 1) === 0) continue
      const s = A + i * as
      const itsNull = nul[s] ?? 0
      if (mask === 1) {
        surely = true
        isNull = Math.max(isNull, itsNull)
      } else if (itsNull > 0) isNull = Math.max(isNull, 1)
      if (itsNull === 2) continue
      const [l = 0, h = 0] = [lo[s], hi[s]]
      near = Math.min(near, sign === 1 ? l : -h)
      far = mask === 1 ? Math.min(far, sign === 1 ? h : -l) : far
    }
    if (!surely) {
      isNull = near === Infinity ? 2 : Math.max(isNull, 1)
      far = greatestPossible(op, sign, members, frame)
    }
    lo[R] = isNull === 2 ? Infinity : sign === 1 ? near : -far
    hi[R] = isNull === 2 ? -Infinity : sign === 1 ? far : -near
    nul[R] = isNull
  }
}

/** Where nobody is surely chosen: the far end is that of whoever lies farthest, chosen alone. */
function greatestPossible(
  op: Extract<Op, { kind: 'least' | 'greatest' }>,
  sign: number,
  members: number,
  frame: Frame,
): number {
  let far = -Infinity
  for (let i = 0; i < members; i++) {
    const mask = op.where === null ? 1 : (frame.lo[frame.slot(op.where, i)] ?? 0)
    const s = frame.slot(op.a, i)
    if ((mask & 1) === 0 || frame.nul[s] === 2) continue
    far = Math.max(far, sign === 1 ? (frame.hi[s] ?? 0) : -(frame.lo[s] ?? 0))
  }
  return far
}
