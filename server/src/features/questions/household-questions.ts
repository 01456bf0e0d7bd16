import type { Pack, Question, QuestionFinder } from '@qiao/rules'
import type { Static } from 'typebox'
import type { CountedFacts } from '../households/counted-facts.ts'
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

export type QuestionsOf = CountedFacts &
  Readonly<{
    pack: Pack
    on: string
    find: QuestionFinder
    memberNames: ReadonlyMap<string, string>
    reader: Reader
  }>

/** The best questions of one household, in words: nothing is asked that is on record already. */
export function questionsOf(of: QuestionsOf): Static<typeof HouseholdQuestionsView> {
  const useful = of
    .find(of.household)
    .filter(({ fact, member }) => !of.isWithheld(fact, member))
    .filter(settlesSomething)
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
