import { batchOf } from '../columns/batch-of.ts'
import type { ColumnProgram } from '../columns/program.ts'
import type { Pack } from '../pack.ts'
import type { HouseholdFacts } from '../results.ts'
import { batchOfCopies, type Copies, copiesFor, type Trial } from './copies.ts'
import { monthsOf, type OpenAnswers } from './open-answers.ts'

/** How likely an answer is to be decided, and to be decided for the household. */
export type Chance = Readonly<{ probability: number; eligible: number }>

/** What asking one question is expected to settle. */
export type Settled = Readonly<{
  /** By place in the list of open answers; only those with a chance of being decided. */
  decided: ReadonlyMap<number, Chance>
  /** Fen a month more that become certain. */
  certainFen: number
}>

type Asked = Readonly<{ pack: Pack; columns: ColumnProgram; household: HouseholdFacts }>

/**
 * Tries every value of every question on copies of the household, all in one run of the columns.
 *
 * @returns one entry per question
 */
export function lookAhead(
  { pack, columns, household }: Asked,
  open: OpenAnswers,
  trials: readonly Omit<Trial, 'copy'>[],
  questions: number,
): Settled[] {
  const answers = open.list.length
  const copies = copiesFor(trials, answers)
  const batch = batchOfCopies(pack, batchOf(pack, [household]), copies)
  const verdicts = new Uint8Array(copies.count * answers)
  const certain = new Float64Array(copies.count * answers)
  const members = household.members.length
  columns.judge(batch, (entries) => {
    const target = pack.program.targets[entries.target]
    if (!target) return
    const months = monthsOf(target)
    const rows = target.entity === 'person' ? members : 1
    for (let i = 0; i < entries.count; i++) {
      const at = entries.first + (entries.rows[i] ?? 0)
      const copy = Math.floor(at / rows)
      const place = open.placeOf(entries.target, at - copy * rows)
      if (place < 0) continue
      verdicts[copy * answers + place] = entries.verdict[i] ?? 0
      const paid = entries.verdict[i] === ELIGIBLE && hasBounds(entries.kind[i] ?? 0) && months > 0
      certain[copy * answers + place] = paid ? (entries.lo[i] ?? 0) / months : 0
    }
  })
  return tallied(open, copies, { verdicts, certain }, questions)
}

const ELIGIBLE = 1
const UNDECIDED = 2

/** Places in amountKinds. */
function hasBounds(kind: number): boolean {
  return kind === 1 || kind === 2
}

function tallied(
  { list }: OpenAnswers,
  { trials }: Copies,
  found: Readonly<{ verdicts: Uint8Array; certain: Float64Array }>,
  questions: number,
): Settled[] {
  const settled = Array.from({ length: questions }, () => ({
    decided: new Map<number, { probability: number; eligible: number }>(),
    certainFen: 0,
  }))
  for (const { question, share, copy, touches } of trials) {
    const into = settled[question]
    if (!into) continue
    for (const place of touches) {
      const answer = list[place]
      const at = copy * list.length + place
      if (!answer) continue
      if (answer.verdict === 'unknown' && found.verdicts[at] !== UNDECIDED)
        addChance(into.decided, place, share, found.verdicts[at] === ELIGIBLE)
      into.certainFen += share * Math.max(0, (found.certain[at] ?? 0) - answer.certain)
    }
  }
  return settled
}

function addChance(
  into: Map<number, { probability: number; eligible: number }>,
  place: number,
  share: number,
  isEligible: boolean,
): void {
  const chance = into.get(place) ?? { probability: 0, eligible: 0 }
  chance.probability += share
  if (isEligible) chance.eligible += share
  into.set(place, chance)
}
