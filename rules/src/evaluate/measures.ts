import type { Frame } from './frame.ts'
import { floorDivide } from '../interval.ts'
import type { Measure, NodeId } from '../ir.ts'
import type { MeasureResult } from '../results.ts'

type Ends = { min: number | null; max: number | null }

/** A comparison's two sides as people read them: fen or plain numbers, quotients divided for display. */
export function measureResult(m: Measure, row: number, frame: Frame): MeasureResult {
  return {
    left: ends(m.left, m.leftDen, m.money, row, frame),
    op: m.op,
    right: ends(m.right, m.rightDen, m.money, row, frame),
    line: m.line === 'a' ? 'left' : 'right',
    money: m.money,
    unit: m.unit,
    label: m.label,
  }
}

function ends(num: NodeId, den: NodeId | null, money: boolean, row: number, frame: Frame): Ends {
  const slot = frame.slot(num, row)
  if (frame.nul[slot] === 2) return { min: null, max: null }
  const scale = (frame.nodes[num]?.scale ?? 0) - (den === null ? 0 : (frame.nodes[den]?.scale ?? 0))
  const d =
    den === null
      ? [1, 1]
      : [frame.lo[frame.slot(den, row)] ?? 1, frame.hi[frame.slot(den, row)] ?? 1]
  const [lo = 0, hi = 0] = [frame.lo[slot], frame.hi[slot]]
  return {
    min: shown(lo, lo >= 0 ? d[1] : d[0], scale, money),
    max: shown(hi, hi >= 0 ? d[0] : d[1], scale, money),
  }
}

/** For display only: fen rounded half up, other numbers to six decimals. Null where there is no bound. */
function shown(n: number, den = 1, scale: number, money: boolean): number | null {
  if (!Number.isFinite(n)) return null
  if (!money) return Math.round((n / den / 10 ** scale) * 1e6) / 1e6 + 0
  const [up, down] = scale > 2 ? [1, 10 ** (scale - 2)] : [10 ** (2 - scale), 1]
  return floorDivide(2 * n * up + den * down, 2 * den * down) + 0
}
