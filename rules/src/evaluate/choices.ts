import type { Frame, Step } from './frame.ts'
import type { LoweredFact, Node, Op } from '../ir.ts'

/** Steps of choices and of facts with a substitute. Null if the operation is none of these. */
export function choiceStep(node: Node, frame: Frame, facts: readonly LoweredFact[]): Step | null {
  const { op } = node
  const R = frame.at(node.id)
  const rows = (members: number): number => (node.entity === 'person' ? members : 1)
  switch (op.kind) {
    case 'if':
      return (members) => {
        for (let i = 0, n = rows(members); i < n; i++) {
          const mask = frame.lo[frame.slot(op.c, i)] ?? 0
          if (mask === 1) copy(frame, frame.slot(op.a, i), R + i)
          else if ((mask & 1) === 0) copy(frame, frame.slot(op.b, i), R + i)
          else join(node, op, frame, i)
        }
      }
    case 'known':
      return (members) => {
        for (let i = 0, n = rows(members); i < n; i++) {
          const s = frame.slot(op.a, i)
          copy(frame, s, R + i)
          if (node.type === 'boolean') frame.lo[R + i] = (frame.lo[s] ?? 0) & 3 || 3
          else if (frame.nul[s] === 2) {
            frame.lo[R + i] = node.low
            frame.hi[R + i] = node.high
          }
          frame.nul[R + i] = 0
        }
      }
    case 'derived': {
      const range = facts[op.fact]?.range ?? { lo: -Infinity, hi: Infinity }
      const clamp = (x: number): number => Math.min(Math.max(x, range.lo), range.hi)
      return (members) => {
        for (let i = 0, n = rows(members); i < n; i++) {
          if (frame.given[R + i] === 1) continue
          const s = frame.slot(op.a, i)
          frame.lo[R + i] = clamp(frame.lo[s] ?? 0)
          frame.hi[R + i] = clamp(frame.hi[s] ?? 0)
          frame.nul[R + i] = frame.nul[s] ?? 0
        }
      }
    }
    default:
      return null
  }
}

function copy({ lo, hi, nul }: Frame, from: number, to: number): void {
  lo[to] = lo[from] ?? 0
  hi[to] = hi[from] ?? 0
  nul[to] = nul[from] ?? 0
}

/** Both branches are possible: the hull of their values. */
function join(node: Node, op: Extract<Op, { kind: 'if' }>, frame: Frame, row: number): void {
  const { lo, hi, nul } = frame
  const [a, b, r] = [frame.slot(op.a, row), frame.slot(op.b, row), frame.slot(node.id, row)]
  if (node.type === 'boolean') {
    lo[r] = (lo[a] ?? 0) | (lo[b] ?? 0)
    return
  }
  const [x, y] = [nul[a] ?? 0, nul[b] ?? 0]
  lo[r] = Math.min(lo[a] ?? 0, lo[b] ?? 0)
  hi[r] = Math.max(hi[a] ?? 0, hi[b] ?? 0)
  nul[r] = x === y ? x : 1
}
