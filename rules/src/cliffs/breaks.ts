import type { Supposing } from '../combination/supposing.ts'

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
      if (node.type === 'boolean') ways.push(frame.lo[frame.at(id) + row] ?? 0)
      else if (node.op.kind === 'min' || node.op.kind === 'max') {
        const value = frame.lo[frame.at(id) + row]
        ways.push(node.op.of.findIndex((one) => frame.lo[frame.slot(one, row)] === value) & 255)
      }
    }
  }
  return Uint8Array.from(ways)
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
