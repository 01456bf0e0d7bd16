import type { Supposing } from '../combination/supposing.ts'
import type { NodeId, Op } from '../ir.ts'

/** Which way every comparison and choice went in the world that was settled last. */
export type Signature = Uint8Array

/**
 * The ways taken by everything that depends on what is supposed. Between two incomes of one signature
 * every comparison goes the same way throughout, so that verdicts stay and amounts run straight:
 * the sides of the innermost comparisons are straight lines, which cannot cross and cross back.
 */
export function signatureOf({ day: { frame }, nodes, members }: Supposing): Signature {
  const ways: number[] = []
  for (const id of nodes) {
    const node = frame.nodes[id]
    if (!node) continue
    const rows = node.entity === 'person' ? members : 1
    for (let row = 0; row < rows; row++) {
      const at = frame.slot(id, row)
      if (node.type === 'boolean') ways.push(frame.lo[at] ?? 0)
      else if (node.op.kind === 'round') ways.push(frame.lo[at] === 0 ? 1 : 0)
      else
        for (const ends of [frame.lo, frame.hi])
          ways.push(chosen(node.op, ends[at], (one) => ends[frame.slot(one, row)]))
    }
  }
  return Uint8Array.from(ways)
}

/** Which operand a choice took its value from; 0 for what chooses nothing. */
function chosen(op: Op, value: number | undefined, of: (id: NodeId) => number | undefined): number {
  const among =
    op.kind === 'min' || op.kind === 'max' ? op.of : op.kind === 'if' ? [op.a, op.b] : []
  return among.findIndex((one) => of(one) === value) + 1
}

/**
 * Every whole fen in (from, to] at which the signature is another than one fen before.
 *
 * @param at settles the world of an income and gives its signature
 */
export function breaksBetween(
  from: number,
  to: number,
  steps: number,
  at: (fen: number) => Signature,
): number[] {
  const breaks: number[] = []
  const search = (low: number, high: number, before: Signature, after: Signature): void => {
    if (isSame(before, after)) return
    if (high - low === 1) {
      breaks.push(high)
      return
    }
    const middle = Math.floor((low + high) / 2)
    const between = at(middle)
    search(low, middle, before, between)
    search(middle, high, between, after)
  }
  let [low, before] = [from, at(from)]
  for (let step = 1; step <= steps; step++) {
    const high = from + Math.round(((to - from) * step) / steps)
    if (high <= low) continue
    const after = at(high)
    search(low, high, before, after)
    ;[low, before] = [high, after]
  }
  return breaks
}

export function isSame(a: Signature, b: Signature): boolean {
  return a.length === b.length && a.every((way, i) => way === b[i])
}
