import type { Graph } from './graph.ts'
import type { CompareOp, NodeId, Rounding } from '../ir.ts'
import type { Ratio } from './typed.ts'

/** Arithmetic on {@link Ratio}s: division is carried as a denominator and never executed. */

function both(graph: Graph, a: NodeId | null, b: NodeId | null): NodeId | null {
  return a === null ? b : b === null ? a : graph.times(a, b)
}

/** Numerators of all over one common denominator. */
function overCommon(graph: Graph, all: readonly Ratio[]): { nums: NodeId[]; den: NodeId | null } {
  const dens = [...new Set(all.map((r) => r.den).filter((d) => d !== null))]
  const product = (list: readonly NodeId[]): NodeId | null =>
    list.reduce<NodeId | null>((a, b) => both(graph, a, b), null)
  const nums = all.map((r) => {
    const rest = product(dens.filter((d) => d !== r.den))
    return rest === null ? r.num : graph.times(r.num, rest)
  })
  return { nums, den: product(dens) }
}

function described(num: NodeId, den: NodeId | null, of: readonly Ratio[]): Ratio {
  return {
    is: 'number',
    num,
    den,
    money: of.some((r) => r.money),
    unit: of.find((r) => r.unit)?.unit ?? '',
    label: '',
  }
}

/** a + b or a - b. */
export function addRatios(graph: Graph, op: 'add' | 'sub', a: Ratio, b: Ratio): Ratio {
  const { nums, den } = overCommon(graph, [a, b])
  return described(graph.sum2(op, nums[0] ?? a.num, nums[1] ?? b.num), den, [a, b])
}

/** a · b. */
export function multiplyRatios(graph: Graph, a: Ratio, b: Ratio): Ratio {
  return described(graph.times(a.num, b.num), both(graph, a.den, b.den), [a, b])
}

/** a / b, or null where b is not surely positive. */
export function divideRatios(graph: Graph, a: Ratio, b: Ratio): Ratio | null {
  const divisor = graph.at(b.num)
  if (divisor.nullable || divisor.low <= 0) return null
  const inverse = b.den === null ? exactInverse(graph, b.num) : null
  if (inverse !== null)
    return { ...described(graph.times(a.num, inverse), a.den, [a]), money: a.money }
  const num = b.den === null ? a.num : graph.times(a.num, b.den)
  return { ...described(num, both(graph, a.den, b.num), [a]), money: a.money && !b.money }
}

/** 1/b as a literal of at most two decimals, so that `/ 2` and `/ 100` need no denominator. */
function exactInverse(graph: Graph, b: NodeId): NodeId | null {
  const { op, scale } = graph.at(b)
  if (op.kind !== 'literal' || scale !== 0) return null
  for (const digits of [0, 1, 2]) {
    const power = 10 ** digits
    if (power % op.value === 0) return graph.literal('number', power / op.value, digits)
  }
  return null
}

/** The least or greatest, compared over one denominator. */
export function extremeRatio(graph: Graph, kind: 'min' | 'max', all: readonly Ratio[]): Ratio {
  const { nums, den } = overCommon(graph, all)
  return described(graph.extreme(kind, nums), den, all)
}

/** a where the test holds, else b. */
export function chooseRatio(graph: Graph, c: NodeId, a: Ratio, b: Ratio): Ratio {
  const { nums, den } = overCommon(graph, [a, b])
  return described(graph.choose(c, nums[0] ?? a.num, nums[1] ?? b.num), den, [a, b])
}

/** The comparison as integers without division, with the two cross-multiplied sides. */
export function compareRatios(graph: Graph, op: CompareOp, a: Ratio, b: Ratio): NodeId {
  const same = a.den === b.den
  const left = same || b.den === null ? a.num : graph.times(a.num, b.den)
  const right = same || a.den === null ? b.num : graph.times(b.num, a.den)
  return graph.compare(op, left, right)
}

/** The next whole number below or above: where the division is carried out. */
export function wholeRatio(graph: Graph, kind: 'floor' | 'ceiling', a: Ratio): Ratio {
  const { up, down } = factors(graph, a, 0)
  const num = up === 1 ? a.num : graph.times(a.num, graph.literal('number', up))
  return { ...a, num: graph.whole(kind, num, a.den, down), den: null, label: '' }
}

/** An amount in yuan, rounded to integer fen. */
export function roundRatio(graph: Graph, a: Ratio, to: Rounding): NodeId {
  return graph.round(a.num, a.den, factors(graph, a, 2), to)
}

/** up/down that turn the integers num/den into the value times 10^digits. */
function factors(graph: Graph, a: Ratio, digits: number): { up: number; down: number } {
  const scale = graph.at(a.num).scale - (a.den === null ? 0 : graph.at(a.den).scale) - digits
  return scale >= 0 ? { up: 1, down: 10 ** scale } : { up: 10 ** -scale, down: 1 }
}
