import { batchOf } from '../columns/batch-of.ts'
import type { ColumnProgram, Entries } from '../columns/program.ts'
import type { Pack } from '../pack.ts'
import type { HouseholdFacts } from '../results.ts'
import { batchOfCopies, type Copies, copiesFor, type Tried } from './copies.ts'
import { monthsOf, type OpenAnswers } from './open-answers.ts'

/** How likely an answer is to be decided, and to be decided for the household. */
export type Chance = Readonly<{ probability: number; eligible: number }>

/** What asking one question is expected to settle. */
export type Settled = Readonly<{
  /** Open answers, by place in their list, that have a chance of being decided. */
  decided: readonly (Chance & Readonly<{ place: number }>)[]
  /** Fen a month more that become certain. */
  certainFen: number
}>

type Asked = Readonly<{ pack: Pack; columns: ColumnProgram; household: HouseholdFacts }>

/** By copy and open answer: copy · answers + place. */
type Found = Readonly<{ verdicts: Uint8Array; certain: Float64Array }>

/**
 * Tries every value of every question on copies of the household, all in one run of the columns.
 *
 * @returns one entry per question
 */
export function lookAhead(
  { pack, columns, household }: Asked,
  open: OpenAnswers,
  tried: readonly Tried[],
): Settled[] {
  const answers = open.list.length
  const copies = copiesFor(tried, answers)
  const batch = batchOfCopies(pack, batchOf(pack, [household]), tried, copies)
  const found = {
    verdicts: new Uint8Array(copies.count * answers),
    certain: new Float64Array(copies.count * answers),
  }
  const members = household.members.length
  columns.judge(batch, (entries) => {
    const target = pack.program.targets[entries.target]
    if (!target) return
    const rows = target.entity === 'person' ? members : 1
    note(found, entries, { months: monthsOf(target), rows, answers, open })
  })
  return talliesOf(open, tried, copies, found)
}

const ELIGIBLE = 1
const UNDECIDED = 2

/** Puts down what the copies lead to, of the answers that are open. */
function note(
  { verdicts, certain }: Found,
  entries: Entries,
  {
    months,
    rows,
    answers,
    open,
  }: Readonly<{ months: number; rows: number; answers: number; open: OpenAnswers }>,
): void {
  const { first, count, verdict, kind, lo } = entries
  const places = open.placesOf(entries.target)
  for (let i = 0; i < count; i++) {
    const at = (first + (entries.rows[i] ?? 0)) | 0
    const copy = (at / rows) | 0
    const place = places[at - copy * rows] ?? -1
    if (place < 0) continue
    const said = verdict[i] ?? 0
    verdicts[copy * answers + place] = said
    if (said === ELIGIBLE && months > 0 && hasBounds(kind[i] ?? 0))
      certain[copy * answers + place] = (lo[i] ?? 0) / months
  }
}

/** Places in amountKinds. */
function hasBounds(kind: number): boolean {
  return kind === 1 || kind === 2
}

function talliesOf(
  { list }: OpenAnswers,
  tried: readonly Tried[],
  { places }: Copies,
  { verdicts, certain }: Found,
): Settled[] {
  const answers = list.length
  const probability = new Float64Array(answers)
  const eligible = new Float64Array(answers)
  const isListed = new Uint8Array(answers)
  let next = 0
  return tried.map(({ values, touches }): Settled => {
    const order: number[] = []
    let certainFen = 0
    for (const { share } of values) {
      const first = (places[next++] ?? 0) * answers
      for (const place of touches) {
        const answer = list[place]
        if (!answer) continue
        const said = verdicts[first + place] ?? 0
        if (answer.verdict === 'unknown' && said !== UNDECIDED) {
          if (isListed[place] === 0) order.push(place)
          isListed[place] = 1
          probability[place] = (probability[place] ?? 0) + share
          if (said === ELIGIBLE) eligible[place] = (eligible[place] ?? 0) + share
        }
        certainFen += share * Math.max(0, (certain[first + place] ?? 0) - answer.certain)
      }
    }
    const decided = order.map((place) => ({
      place,
      probability: probability[place] ?? 0,
      eligible: eligible[place] ?? 0,
    }))
    for (const place of order) probability[place] = eligible[place] = isListed[place] = 0
    return { decided, certainFen }
  })
}
