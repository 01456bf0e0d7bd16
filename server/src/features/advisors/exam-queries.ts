import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { ExamQuestion, ExamRule } from './exam.ts'

export type BankQuestion = ExamQuestion & Readonly<{ id: number; retired: boolean }>

export type Attempt = Readonly<{
  id: number
  onDay: string
  questions: number
  passPercent: number
  /** Null while it is open. */
  correct: number | null
  passed: boolean | null
}>

export async function readRule(tx: Tx): Promise<ExamRule | null> {
  const { rows } = await sql<ExamRule>`
    select questions, pass_percent as "passPercent", because from app.exam_rule where superseded_at is null`.execute(
    tx,
  )
  return rows[0] ?? null
}

/** The bank with the right answers, for whoever keeps it; nothing for others. */
export async function readBank(tx: Tx): Promise<BankQuestion[]> {
  const { rows } = await sql<BankQuestion>`
    select id, text, options, answer, source, retired_at is not null as retired
    from app.exam_question order by retired_at is not null, id desc`.execute(tx)
  return rows
}

/** Attempts of somebody, the latest first. */
export async function readAttempts(tx: Tx, staffId: string): Promise<Attempt[]> {
  const { rows } = await sql<Attempt>`
    select id, on_day as "onDay", cardinality(questions) as questions, pass_percent as "passPercent", correct, passed
    from app.exam_attempt where staff_id = ${staffId}::uuid order by id desc`.execute(tx)
  return rows
}

export async function stateRule(tx: Tx, rule: ExamRule): Promise<void> {
  await sql`select app.state_exam_rule(${rule.questions}, ${rule.passPercent}, ${rule.because})`.execute(
    tx,
  )
}

/** @returns its number */
export async function addQuestion(tx: Tx, question: ExamQuestion): Promise<number> {
  const { text, options, answer, source } = question
  const { rows } = await sql<{ id: number }>`
    select app.add_exam_question(${text}, ${options}::text[], ${answer}, ${source}) as id`.execute(
    tx,
  )
  return rows[0]?.id ?? 0
}

/** @returns false where there is none that is drawn */
export async function retireQuestion(tx: Tx, id: number): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select app.retire_exam_question(${id}) as done`.execute(tx)
  return rows[0]?.done ?? false
}

/** The open attempt of the reader, or one drawn now. @returns null where no rule stands or the bank is too small */
export async function drawExam(tx: Tx, today: string): Promise<number | null> {
  const { rows } = await sql<{ id: number | null }>`
    select app.draw_exam(${today}::date) as id`.execute(tx)
  return rows[0]?.id ?? null
}

/** What is put in the reader's open attempt, in order; nothing for any other. */
export async function readPaper(
  tx: Tx,
  attempt: number,
): Promise<{ text: string; options: string[] }[]> {
  const { rows } = await sql<{ text: string; options: string[] }>`
    select text, options from app.exam_paper(${attempt}) order by place`.execute(tx)
  return rows
}

/** Marks the reader's open attempt. @returns how many are right; null where none is open or not all are answered */
export async function answerExam(
  tx: Tx,
  attempt: number,
  answers: readonly number[],
): Promise<number | null> {
  const { rows } = await sql<{ correct: number | null }>`
    select app.answer_exam(${attempt}, ${answers}::int[]) as correct`.execute(tx)
  return rows[0]?.correct ?? null
}
