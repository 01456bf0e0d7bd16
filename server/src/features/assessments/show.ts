import type { Fact } from '@qiao/rules'
import type { FieldCipher } from '../../platform/crypto/field-cipher.ts'
import type { Tx } from '../../platform/db/database.ts'
import { householdFacts } from '../households/facts.ts'
import type { HouseholdRecord } from '../households/queries.ts'
import { indicatorIds, indicators } from './assessment.ts'
import { prefill } from './prefill.ts'
import {
  changesSince,
  readAssessments,
  readNeeds,
  readObjections,
  type StoredAssessment,
} from './queries.ts'
import type { HouseholdAssessment } from './views.ts'
import { readWeights, type WeightVersion } from './weight-queries.ts'
import { openText, openWords } from './words.ts'
import { mayAssess } from './write.ts'

type Parts = Readonly<{
  cipher: FieldCipher
  today: string
  facts: readonly Fact[]
  may: readonly string[]
}>
type Shown = NonNullable<HouseholdAssessment['current']>

/** What a household's assessment says, what it rests on, and what the reader may do with it. */
export async function showAssessment(
  tx: Tx,
  household: HouseholdRecord,
  parts: Parts,
): Promise<HouseholdAssessment> {
  const versions = await readWeights(tx)
  const inForce = versions.find(({ state }) => state === 'in-force')
  if (!inForce) throw new Error('no weights are in force')
  const { id, area } = household
  const { confirmed, weights, cuts } = inForce
  const about = {
    area: { id: area.id, name: area.name },
    weights: { id: inForce.id, confirmed, weights: [...weights], ...cuts },
  }
  if (!(await mayAssess(tx, household)))
    return { ...about, withheld: true, current: null, open: null, ...nothing }
  const all = await readAssessments(tx, id)
  const view = (one: StoredAssessment) => viewOf(one, versions, parts.cipher)
  const current = all.find(({ state }) => state === 'confirmed')
  const open = all.find(({ state }) => state === 'draft' || state === 'submitted')
  const known = await householdFacts(tx, id, parts.today)
  return {
    ...about,
    withheld: false,
    current: current ? view(current) : null,
    open: open ? view(open) : null,
    earlier: all.filter(({ state }) => state === 'superseded').map(view),
    needs: (await readNeeds(tx, id)).map(({ outcome, assessmentId: _, ...need }) => ({
      ...need,
      outcome: openText(parts.cipher, outcome),
    })),
    objections: (await readObjections(tx, id)).map(({ text, reply, ...rest }) => ({
      ...rest,
      text: openText(parts.cipher, text),
      reply: reply === null ? null : openText(parts.cipher, reply),
    })),
    prefilled: prefill(known, parts.today).map(({ indicator, answer, grounds }) => ({
      indicator,
      sensitivity: indicators[indicator].sensitivity,
      lack: answer === 'yes',
      grounds: grounds.map(({ fact, ...rest }) => ({
        ...rest,
        factName: parts.facts.find((one) => one.id === fact)?.name ?? fact,
      })),
    })),
    again: current ? await whyAgain(tx, id, current, parts.today) : [],
    may: stepsOf(current, open, parts.may),
  }
}

const nothing = {
  earlier: [],
  needs: [],
  objections: [],
  prefilled: [],
  again: [],
  may: [],
}

async function whyAgain(
  tx: Tx,
  householdId: number,
  { validUntil, confirmedAt }: StoredAssessment,
  today: string,
): Promise<HouseholdAssessment['again']> {
  return [
    ...(validUntil !== null && validUntil < today ? (['expired'] as const) : []),
    ...(confirmedAt === null ? [] : await changesSince(tx, householdId, confirmedAt)),
  ]
}

function stepsOf(
  current: StoredAssessment | undefined,
  open: StoredAssessment | undefined,
  may: readonly string[],
): HouseholdAssessment['may'] {
  const writes = may.includes('assessments.write')
  const decides = may.includes('assessments.decide')
  return [
    ...(writes && open?.state !== 'submitted' ? (['write'] as const) : []),
    ...(writes && open?.state === 'draft' && open.proposed !== null ? (['confirm'] as const) : []),
    ...(decides && open?.state === 'submitted' && !open.own ? (['decide'] as const) : []),
    ...(writes && current ? (['object', 'settle'] as const) : []),
    ...(decides && current ? (['reply'] as const) : []),
  ]
}

function viewOf(
  one: StoredAssessment,
  versions: readonly WeightVersion[],
  cipher: FieldCipher,
): Shown {
  const weighed = versions.find(({ id }) => id === one.weights)
  const words = openWords(cipher, one.words)
  const { weights: weightsId, answers, needs, words: _words, own: _own, ...rest } = one
  return {
    ...rest,
    weightsId,
    weightsConfirmed: weighed?.confirmed ?? false,
    redLines: [...one.redLines],
    missing: indicatorIds.filter((id) => answers[id] === 'unknown'),
    changedBecause: words.changedBecause,
    items: indicatorIds.map((indicator, place) => ({
      indicator,
      ...indicators[indicator],
      weight: weighed?.weights[place] ?? 0,
      unknown: answers[indicator] === 'unknown',
      lack: answers[indicator] === 'unknown' ? null : answers[indicator] === 'yes',
      evidence: words.evidence[indicator] ?? null,
    })),
    drafted: needs.map((need, place) => ({ ...need, outcome: words.outcomes[place] ?? '' })),
  }
}
