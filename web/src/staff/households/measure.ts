import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Bounds, Condition } from '../../api/views.ts'
import { yuanText } from '../../ui/yuan.ts'

type Measure = NonNullable<Condition['measure']>

const OPERATORS = ['<', '<=', '>', '>=', '=', '!='] as const

/** Beyond this many fen a bound is the edge of the possible, not something known (21,000,000 yuan). */
const OPEN_END = 2_100_000_000

function figure(value: number, unit: string | undefined): string {
  const money = unit?.startsWith('元')
  const text = money ? yuanText(value) : value.toLocaleString('zh-CN')
  return unit ? `${text} ${unit}` : text
}

function boundsText(
  bounds: Bounds,
  unit: string | undefined,
  t: TFunction<['households', 'words']>,
) {
  const { min, max } = bounds
  const hasMax = max !== null && max < OPEN_END
  if (min !== null && min === max) return figure(min, unit)
  if (min !== null && min > 0 && hasMax) {
    return t('between', { min: figure(min, undefined), max: figure(max, unit) })
  }
  if (hasMax) return t('atMost', { max: figure(max, unit) })
  if (min !== null && min > 0) return t('atLeast', { min: figure(min, unit) })
  return t('words:unknown')
}

function distanceOf(measure: Measure, t: TFunction<['households', 'words']>): string | null {
  const { left, right, unit } = measure
  if (left.min === null || right.min === null || left.min !== left.max || right.min !== right.max) {
    return null
  }
  const gap = left.min - right.min
  if (gap === 0) return null
  const text = figure(Math.abs(gap), unit)
  return gap > 0 ? t('distanceOver', { gap: text }) : t('distanceUnder', { gap: text })
}

interface MeasureText {
  own: string
  standard: string
  distance: string | null
}

/** A measured value against its line, in words: `人均收入 1,180 元/人/月`, `低于 1,595 元/人/月`. */
export function useMeasureText(measure: Measure | undefined): MeasureText | null {
  const { t } = useTranslation(['households', 'words'])
  if (!measure) return null
  const line = boundsText(measure.right, measure.unit, t)
  const operator = OPERATORS.find((known) => known === measure.op)
  const own = boundsText(measure.left, measure.unit, t)
  return {
    own: measure.label ? `${measure.label} ${own}` : own,
    standard: operator ? t(`standard.${operator}`, { line }) : line,
    distance: distanceOf(measure, t),
  }
}
