import { floorDivide } from '../interval.ts'
import type { Measure, NodeId } from '../ir.ts'
import type { MeasureResult } from '../results.ts'
import type { Frame } from './frame.ts'

type Ends = Readonly<{ min: number | null; max: number | null }>

/** A number of the frame: its slot as seen from the first row, and the step to the next row. */
type Place = Readonly<{ at: number; stride: number }>

/** How a number of the graph becomes one for people. */
type Scale = Readonly<{ money: boolean; up: number; down: number; power: number }>

type Side = Readonly<{ num: Place; den: Place | null; scale: Scale }>

/** A comparison as it is shown, worked out as far as it is the same of everybody. */
export type MeasurePlan = Readonly<{
  measure: Measure
  left: Side
  right: Side
  /** A side that the day alone decides, mostly the line. */
  fixedLeft: Ends | null
  fixedRight: Ends | null
  line: 'left' | 'right'
  /** The operands compared: the value and the line. */
  value: Place
  limit: Place
}>

const none: Ends = { min: null, max: null }

/** Works out what of a comparison is the same of everybody; the day's own nodes lie in the frame. */
export function measurePlan(m: Measure, frame: Frame): MeasurePlan {
  const left = sideOf(m.left, m.leftDen, m.money, frame)
  const right = sideOf(m.right, m.rightDen, m.money, frame)
  const fixed = (side: Side, ids: readonly (NodeId | null)[]): Ends | null =>
    ids.every((id) => id === null || frame.nodes[id]?.entity === 'day')
      ? endsOf(side, 0, frame)
      : null
  const [value, limit] = m.line === 'b' ? [m.a, m.b] : [m.b, m.a]
  return {
    measure: m,
    left,
    right,
    fixedLeft: fixed(left, [m.left, m.leftDen]),
    fixedRight: fixed(right, [m.right, m.rightDen]),
    line: m.line === 'a' ? 'left' : 'right',
    value: placeOf(value, frame),
    limit: placeOf(limit, frame),
  }
}

function placeOf(id: NodeId, frame: Frame): Place {
  return { at: frame.at(id), stride: frame.stride(id) }
}

function sideOf(num: NodeId, den: NodeId | null, money: boolean, frame: Frame): Side {
  const digits =
    (frame.nodes[num]?.scale ?? 0) - (den === null ? 0 : (frame.nodes[den]?.scale ?? 0))
  const [up, down] = digits > 2 ? [1, 10 ** (digits - 2)] : [10 ** (2 - digits), 1]
  return {
    num: placeOf(num, frame),
    den: den === null ? null : placeOf(den, frame),
    scale: { money, up, down, power: 10 ** digits },
  }
}

/** A comparison's two sides as people read them: fen or plain numbers, quotients divided for display. */
export function measureResult(plan: MeasurePlan, row: number, frame: Frame): MeasureResult {
  const { measure, left, right, fixedLeft, fixedRight, line } = plan
  const { op, money, unit, label } = measure
  return {
    left: fixedLeft ?? endsOf(left, row, frame),
    op,
    right: fixedRight ?? endsOf(right, row, frame),
    line,
    money,
    unit,
    label,
  }
}

function endsOf({ num, den, scale }: Side, row: number, frame: Frame): Ends {
  const slot = num.at + row * num.stride
  if (frame.nul[slot] === 2) return none
  const lo = frame.lo[slot] ?? 0
  const hi = frame.hi[slot] ?? 0
  if (den === null) {
    const min = shown(lo, 1, scale)
    return { min, max: lo === hi ? min : shown(hi, 1, scale) }
  }
  const divisor = den.at + row * den.stride
  const least = frame.lo[divisor] ?? 1
  const most = frame.hi[divisor] ?? 1
  return {
    min: shown(lo, lo >= 0 ? most : least, scale),
    max: shown(hi, hi >= 0 ? least : most, scale),
  }
}

/** For display only: fen rounded half up, other numbers to six decimals. Null where there is no bound. */
function shown(n: number, den: number, { money, up, down, power }: Scale): number | null {
  if (!Number.isFinite(n)) return null
  if (!money) return Math.round((n / den / power) * 1e6) / 1e6 + 0
  return floorDivide(2 * n * up + den * down, 2 * den * down) + 0
}

/** Whether the value lies beyond the line by no more than a tenth of it. */
export function isWithinTenth(plan: MeasurePlan, row: number, { lo, hi }: Frame): boolean {
  const { measure, value, limit } = plan
  if (measure.op === '=' || measure.op === '!=') return false
  const v = value.at + row * value.stride
  const l = limit.at + row * limit.stride
  const lineLo = lo[l] ?? 0
  const lineHi = hi[l] ?? 0
  const below = (measure.op === '<' || measure.op === '<=') === (measure.line === 'b')
  if (below) return lineHi > 0 && Number.isFinite(lineHi) && ((lo[v] ?? 0) - lineHi) * 10 <= lineHi
  return lineLo > 0 && (lineLo - (hi[v] ?? 0)) * 10 <= lineLo
}
