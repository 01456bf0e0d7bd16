import { BLOCK, type Block } from './block.ts'
import { type TargetPlan, UNDECIDED } from './outcome.ts'
import { amountKinds, type Found, isPending, type Judged, WAITS } from './results.ts'

/** Rows of a block that a confirmed match can concern: of households in which somebody has one. */
export type Likely = {
  household: Int32Array
  householdCount: number
  person: Int32Array
  personCount: number
}

/** Room for the rows of a block. */
export function emptyLikely(): Likely {
  return {
    household: new Int32Array(BLOCK),
    householdCount: 0,
    person: new Int32Array(BLOCK),
    personCount: 0,
  }
}

const marks = new Uint8Array(BLOCK)

/** Finds the households with a match, and all their members. */
export function findLikely(
  likely: Likely,
  { households, start, owner, persons }: Block,
  matched: readonly Readonly<{ entity: 'household' | 'person'; first: Uint8Array }>[],
): void {
  marks.fill(0)
  for (const { entity, first } of matched) {
    const rows = entity === 'person' ? persons : households
    for (let row = first.indexOf(1); row >= 0 && row < rows; row = first.indexOf(1, row + 1))
      marks[entity === 'person' ? (owner[row] ?? 0) : row] = 1
  }
  likely.householdCount = 0
  likely.personCount = 0
  for (let h = marks.indexOf(1); h >= 0; h = marks.indexOf(1, h + 1)) {
    likely.household[likely.householdCount++] = h
    const end = start[h + 1] ?? 0
    for (let p = start[h] ?? 0; p < end; p++) likely.person[likely.personCount++] = p
  }
}

/**
 * Rows that a match of this run would make eligible once confirmed are undecided until then: finds
 * them among the rows that may be, and turns or adds their entries.
 *
 * @returns how many entries there are then
 */
export function settleWaiting(
  plan: TargetPlan,
  found: Found,
  candidates: number,
  count: number,
  look: (row: number) => void,
): number {
  const { rows, waiting, waits } = found
  let open = 0
  for (let i = 0; i < candidates; i++) {
    const row = waiting[i] ?? 0
    look(row)
    if (!isPending(plan)) continue
    waits[row] = 1
    waiting[open++] = row
  }
  if (open === 0) return count
  for (let entry = 0; entry < count; entry++) {
    const row = rows[entry] ?? 0
    if (waits[row] === 0) continue
    waits[row] = 0
    turn(found, entry)
  }
  let end = count
  for (let i = 0; i < open; i++) {
    const row = waiting[i] ?? 0
    if (waits[row] === 0) continue
    waits[row] = 0
    rows[end] = row
    turn(found, end++)
  }
  return end
}

/**
 * The same where answers are in columns of the batch.
 *
 * @param base row of the batch at which the block begins
 */
export function settleColumns(
  plan: TargetPlan,
  waiting: Int32Array,
  judged: Judged,
  base: number,
  look: (row: number) => void,
): void {
  for (const row of waiting) {
    look(row)
    if (!isPending(plan)) continue
    judged.verdict[base + row] = UNDECIDED
    if (judged.lo.length > 0) judged.lo[base + row] = -1
    if (judged.hi && judged.hi.length > 0) judged.hi[base + row] = -1
  }
}

function turn({ verdict, look, kind, tier, period, lo, hi }: Found, entry: number): void {
  verdict[entry] = UNDECIDED
  look[entry] = WAITS
  kind[entry] = amountKinds.indexOf('unknown')
  tier[entry] = -1
  period[entry] = -1
  lo[entry] = 0
  hi[entry] = 0
}
