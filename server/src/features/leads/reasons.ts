import { explain, type HouseholdFacts, type Pack, type Result } from '@qiao/rules'
import type { Tx } from '../../platform/db/database.ts'
import { currentFacts } from '../households/current-facts.ts'
import { why } from './why.ts'

/** A line as far as it has a reason. */
export type Reasoned = Readonly<{
  householdId: number
  personId: number | null
  programme: string
  verdict: 'eligible' | 'unknown'
  amountKind: string
}>

/** Households read at a time: their facts are forgotten again before the next come. */
const atATime = 500

/**
 * The sentence of each line, in their order, worked out from today's facts.
 *
 * Facts may be newer than the answer, when a household changed while the run was reading; then the
 * sentence says no figures, and the household's own job says them.
 *
 * @param tx a transaction of the program, which sees every fact
 */
export async function reasonsOf(
  tx: Tx,
  { pack, today }: Readonly<{ pack: Pack; today: string }>,
  lines: readonly Reasoned[],
): Promise<readonly string[]> {
  const households = [...new Set(lines.map(({ householdId }) => householdId))]
  const sentences = new Map<Reasoned, string>()
  for (let at = 0; at < households.length; at += atATime) {
    const some = households.slice(at, at + atATime)
    const facts = await currentFacts(tx, pack.facts, some)
    const chosen = new Set(some)
    for (const line of lines) {
      if (!chosen.has(line.householdId)) continue
      const result = resultOf(pack, today, line, facts.get(line.householdId))
      sentences.set(line, why({ ...line, pack, pays: line.amountKind !== 'none', result }))
    }
  }
  return lines.map((line) => sentences.get(line) ?? '')
}

/** One programme alone takes a tenth of the time of all. */
function resultOf(
  pack: Pack,
  today: string,
  line: Reasoned,
  facts: HouseholdFacts | undefined,
): Result | undefined {
  if (!facts) return undefined
  const { programme } = line
  return explain(pack, facts, today, { programme }).find((one) => isAnswerTo(one, line))
}

function isAnswerTo(result: Result, { programme, personId, verdict }: Reasoned): boolean {
  return (
    result.programme === programme &&
    result.member === (personId === null ? undefined : String(personId)) &&
    result.verdict === verdict
  )
}
