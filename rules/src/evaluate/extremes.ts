import type { NodeId, Op } from '../ir.ts'
import type { Frame, Step } from './frame.ts'

type Extreme = Extract<Op, { kind: 'least' | 'greatest' }>

/**
 * The least (greatest) value of those chosen. Someone only possibly chosen can pull one end, never
 * push the other; null if nobody is chosen, or if someone chosen is null.
 */
export function extremeStep(id: NodeId, op: Extreme, frame: Frame): Step {
  const { lo, hi, nul } = frame
  const R = frame.at(id)
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
function greatestPossible(op: Extreme, sign: number, members: number, frame: Frame): number {
  let far = -Infinity
  for (let i = 0; i < members; i++) {
    const mask = op.where === null ? 1 : (frame.lo[frame.slot(op.where, i)] ?? 0)
    const s = frame.slot(op.a, i)
    if ((mask & 1) === 0 || frame.nul[s] === 2) continue
    far = Math.max(far, sign === 1 ? (frame.hi[s] ?? 0) : -(frame.lo[s] ?? 0))
  }
  return far
}
