import type { Question } from '@qiao/rules'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { type Because, programmesOf } from './question.ts'

/** One question of a household as it is kept. */
export type QuestionRow = Readonly<{
  householdId: number
  areaId: string
  version: number
  because: Because
  place: number
  personId: number | null
  question: Question
}>

/** Puts the questions of these households in the place of those kept of them before. */
export async function replaceQuestions(
  tx: Tx,
  run: number,
  households: readonly number[],
  rows: readonly QuestionRow[],
): Promise<void> {
  await sql`select app.keep_questions(${run}, ${households}::bigint[],
    ${JSON.stringify(rows.map(record))}::jsonb)`.execute(tx)
}

function record({ householdId, areaId, version, because, place, personId, question }: QuestionRow) {
  const { fact, way, department = null, decided, found, certainFen, worth, basis } = question
  const isKnown = basis !== 'uniform'
  return {
    household_id: householdId,
    area_id: areaId,
    version,
    because,
    place,
    fact,
    way,
    department,
    decided,
    worth,
    basis,
    person_id: personId,
    for_fact: question.for ?? null,
    found: isKnown ? found : null,
    certain_fen: isKnown ? Math.round(certainFen) : null,
    programmes: programmesOf(question),
  }
}
