import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Bounds, Condition, Measure } from '../../api/views.ts'
import { yuanText } from '../../ui/yuan.ts'
import { distanceText } from './distance.ts'

type Words = TFunction<['households', 'words']>

/** Read from the other side: `18 > 年龄` is `年龄 < 18`. */
const TURNED = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '=': '=', '!=': '!=' } as const

type Operator = keyof typeof TURNED

function isOperator(op: string): op is Operator {
  return op in TURNED
}

function figure(value: number, { money, unit }: Pick<Measure, 'money' | 'unit'>): string {
  const text = money ? yuanText(value) : value.toLocaleString('zh-CN')
  return unit ? `${text} ${unit}` : text
}

/**
 * What is known of a side.
 *
 * While a condition is open its upper end is only what the fact's declared range allows, and a lower
 * end of nothing says nothing: neither is shown.
 */
function boundsText(bounds: Bounds, measure: Measure, isOpen: boolean, t: Words): string | null {
  const { min, max } = bounds
  if (min !== null && min === max) return figure(min, measure)
  const least = min !== null && min > 0 ? figure(min, measure) : null
  const most = max !== null && !isOpen ? figure(max, measure) : null
  if (least && most) return t('between', { min: least, max: most })
  if (most) return t('atMost', { max: most })
  return least ? t('atLeast', { min: least }) : null
}

export interface MeasureText {
  /** What is measured, `人均收入`; empty where the condition says it itself. */
  label: string
  own: string
  standard: string
  /** How far from the line it is, where that is known. */
  distance: string | null
}

/** A measured value against its line, in words: `人均收入 1,180 元/人/月`, `低于 1,595 元/人/月`. */
export function measureText(
  { measure, verdict, distance }: Condition,
  t: Words,
): MeasureText | null {
  if (!measure || !isOperator(measure.op)) return null
  const turned = measure.line === 'left'
  const own = turned ? measure.right : measure.left
  const line = turned ? measure.left : measure.right
  const operator = turned ? TURNED[measure.op] : measure.op
  const isOpen = verdict === 'unknown'
  const lineText = boundsText(line, measure, isOpen, t)
  return {
    label: measure.label,
    own: boundsText(own, measure, isOpen, t) ?? t('words:unknown'),
    standard: lineText === null ? t('lineUnknown') : t(`standard.${operator}`, { line: lineText }),
    distance: distance ? distanceText(distance, measure, isOpen, t) : null,
  }
}

export function useMeasureText(condition: Condition): MeasureText | null {
  const { t } = useTranslation(['households', 'words'])
  return measureText(condition, t)
}
