/**
 * The examination before duty: questions drawn from a bank, marked by whole numbers, each attempt on record. 上岗考试
 *
 * How many questions and what share must be right no document says that was found (待核): the district states both, and
 * until it has, nothing is drawn.
 */
export type ExamRule = Readonly<{ questions: number; passPercent: number; because: string }>

export type ExamQuestion = Readonly<{
  text: string
  options: readonly string[]
  /** Which option is right, from 1. */
  answer: number
  /** Document and clause the answer rests on. */
  source: string
}>

/** What is wrong with a question, by field; none if it can be put. */
export function questionFaults({
  options,
  answer,
}: Pick<ExamQuestion, 'options' | 'answer'>): readonly ['options' | 'answer', string][] {
  if (new Set(options.map((one) => one.trim())).size < options.length)
    return [['options', '有两个选项相同']]
  return answer > options.length ? [['answer', '正确选项不在选项之中']] : []
}
