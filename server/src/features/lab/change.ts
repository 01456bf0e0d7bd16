import { type Pack, type Parameter, parameterScale } from '@qiao/rules'
import type { FieldProblem } from '../../platform/http/problem.ts'
import type { RuleChange } from './alternative.ts'

/** What is tried: other values of parameters, in yuan or plain numbers, and other rules beside today's. */
export type Change = Readonly<{
  parameters: readonly Readonly<{ id: string; value: number }>[]
  rules?: readonly RuleChange[]
}>

/** Parameters changed at a time: the sentence at the top of the page must stay one. */
export const mostParameters = 8

/** What is wrong with a change, field by field; nothing where it can be tried. */
export function problemsOf(pack: Pack, { parameters }: Pick<Change, 'parameters'>): FieldProblem[] {
  return parameters.flatMap(({ id, value }, i) => {
    const path = `/body/parameters/${i}`
    const parameter = pack.parameters.find((one) => one.id === id)
    if (!parameter) return [{ path: `${path}/id`, message: '没有这项标准' }]
    if (parameters.findIndex((other) => other.id === id) !== i)
      return [{ path: `${path}/id`, message: '这项标准改了两次' }]
    const message = valueProblem(parameter, value)
    return message === undefined ? [] : [{ path: `${path}/value`, message }]
  })
}

/** Why a parameter cannot have a value, in words for the field; nothing where it can. */
function valueProblem(parameter: Parameter, value: number): string | undefined {
  const [low, high] = parameter.range
  if (!Number.isFinite(value)) return '请填一个数'
  if (low !== null && value < Number(low))
    return value < 0 && Number(low) === 0 ? '不能是负数' : `不能小于 ${low}`
  if (low === null && value < 0 && parameter.type === 'money') return '不能是负数'
  if (high !== null && value > Number(high)) return `不能大于 ${high}`
  const digits = parameterScale(parameter)
  const whole = value * 10 ** digits
  if (Math.abs(whole - Math.round(whole)) < 1e-6) return undefined
  return digits === 0 ? '须为整数' : `最多 ${digits} 位小数`
}

/** Where a slider begins and ends: half and one and a half times today's value, within the range. */
export function sliderOf(parameter: Parameter, today: number | null): Slider | null {
  const step = 10 ** -parameterScale(parameter)
  const [low, high] = parameter.range.map((end) => (end === null ? null : Number(end)))
  if (today === null) return null
  const coarse = today >= 500 ? 5 : today >= 20 ? 1 : step
  const from = Math.max(low ?? 0, toStep(today * 0.5, coarse))
  const to = Math.min(high ?? Infinity, Math.max(toStep(today * 1.5, coarse), from + 10 * coarse))
  return { from, to, step: coarse }
}

export type Slider = Readonly<{ from: number; to: number; step: number }>

function toStep(value: number, step: number): number {
  return Number((Math.round(value / step) * step).toFixed(6))
}

/** So many values from one end to the other, each one that the parameter can have. */
export function pointsBetween(
  parameter: Parameter,
  { from, to }: Readonly<{ from: number; to: number }>,
  count: number,
): number[] {
  const digits = parameterScale(parameter)
  const points = Array.from({ length: count }, (_, i) =>
    Number((from + ((to - from) * i) / (count - 1)).toFixed(digits)),
  )
  return [...new Set(points)]
}
