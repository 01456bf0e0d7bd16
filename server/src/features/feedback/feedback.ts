/** That a programme works or does not, and why, by somebody who works with it. 下情上传 */
export type FeedbackForm = Readonly<{
  programme: string
  works: boolean
  because: string
  households: readonly number[]
}>

/** What was said of one programme, counted. */
export type FeedbackCount = Readonly<{
  programme: string
  works: number
  fails: number
  /** Not answered yet. */
  open: number
  households: number
}>

/** A number of an identity card or a telephone, which has no place in what many read. */
export const numberOfSomebody = /\d{17}[\dXx]|1[3-9]\d{9}/

/** Why a text cannot be passed on, in words for its field; nothing where it can. */
export function textProblem(text: string, least: number): string | undefined {
  if (Array.from(text.trim()).length < least) return `请写明理由，至少 ${least} 个字`
  if (numberOfSomebody.test(text)) return '请不要写证件号、手机号；有关家庭请用“附上家庭”'
  return undefined
}
