import { no, open, yes } from './truth.ts'
import type { Outputs, PolicyId } from './outputs.ts'

/** How verdicts on facts of which some are hidden stand to those on all of them. */
export type Soundness = Readonly<{ rows: number; open: number; wrong: number }>

/** Every decided verdict must be the one that all facts give; an open one is never wrong. */
export function soundnessOf(
  verdicts: Readonly<Record<PolicyId, Uint8Array>>,
  truth: Outputs['verdicts'],
): Soundness {
  let [rows, undecided, wrong] = [0, 0, 0]
  for (const [id, column] of Object.entries(verdicts)) {
    const right = truth[id as PolicyId]
    for (let row = 0; row < column.length; row++) {
      if (column[row] === open) undecided++
      else if (column[row] !== (right[row] === 1 ? yes : no)) wrong++
    }
    rows += column.length
  }
  return { rows, open: undecided, wrong }
}
