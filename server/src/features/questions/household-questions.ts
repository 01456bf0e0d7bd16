import type { HouseholdFacts, Pack, Question, QuestionFinder } from '@qiao/rules'
import type { Static } from 'typebox'
import { knownTo } from '../eligibility/clinical.ts'
import type { Reader } from '../households/household.ts'
import {
  askText,
  basisNames,
  chosenQuestions,
  mayRecord,
  programmesOf,
  settlesSomething,
  whyText,
} from './question.ts'
import type { HouseholdQuestionsView, QuestionView } from './views.ts'

export type QuestionsOf = Readonly<{
  pack: Pack
  on: string
  find: QuestionFinder
  household: HouseholdFacts
  /** Members who object to matching: nothing is asked of them. */
  optedOut: ReadonlySet<string>
  memberNames: ReadonlyMap<string, string>
  reader: Reader
}>

/**
 * The best questions of one household, in words. Signs of need that the reader may not see count all
 * the same; clinical facts do not, and nobody is told to ask for one that is on record.
 */
export function questionsOf(of: QuestionsOf): Static<typeof HouseholdQuestionsView> {
  const { household, isWithheld } = knownTo(of.reader, of.pack, of.household)
  const useful = of
    .find(household, of.optedOut)
    .filter(settlesSomething)
    .filter(({ fact, member }) => !isWithheld(fact, member))
  return {
    on: of.on,
    questions: chosenQuestions(useful).map((question) => questionView(of, question)),
  }
}

function questionView(of: QuestionsOf, question: Question): Static<typeof QuestionView> {
  const { pack, memberNames, reader } = of
  const { fact, member, way, department, cost, decided, basis } = question
  const declared = pack.facts.find(({ id }) => id === fact)
  const forFact = pack.facts.find(({ id }) => id === question.for)
  const named = programmesOf(question).map((id) => programmeName(pack, id))
  const name = declared?.name ?? fact
  return {
    fact,
    name,
    ...(member === undefined ? {} : { member, memberName: memberNames.get(member) ?? '' }),
    way,
    ...(department === undefined ? {} : { department }),
    ...(forFact ? { forFact: forFact.name } : {}),
    ask: askText(declared ?? { name }, question),
    why: whyText(question, named),
    settles: question.settles.map((one) => ({
      programme: one.programme,
      programmeName: programmeName(pack, one.programme),
      ...(one.member === undefined
        ? {}
        : { member: one.member, memberName: memberNames.get(one.member) ?? '' }),
      probability: rounded(one.probability),
      eligible: rounded(one.eligible),
    })),
    decided: rounded(decided),
    ...(basis === 'uniform'
      ? {}
      : { found: rounded(question.found), certainFen: Math.round(question.certainFen) }),
    cost,
    basis: basisNames[basis],
    mayRecord: mayRecord(pack, question, reader),
  }
}

function programmeName({ programmes }: Pack, id: string): string {
  return programmes.find((programme) => programme.id === id)?.name ?? id
}

/** Two digits: more would claim to know more. */
function rounded(n: number): number {
  return Math.min(1e6, Math.round(n * 100) / 100)
}
