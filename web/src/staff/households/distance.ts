import type { TFunction } from 'i18next'
import type { Condition, Measure } from '../../api/views.ts'
import { yuanText } from '../../ui/yuan.ts'

type Words = TFunction<['households', 'words']>
type Distance = NonNullable<Condition['distance']>

/** Of whole years, months or rooms a share of the line says nothing to anybody. */
const COUNTED = /^(周岁|岁|年|月|人|套|次)$/

interface Gap {
  fen: number
  permille: number | null
}

function gapText({ fen, permille }: Gap, { money, unit }: Measure, t: Words): string {
  const size = Math.abs(fen)
  const text = `${money ? yuanText(size) : size.toLocaleString('zh-CN')}${unit ? ` ${unit}` : ''}`
  if (permille === null || COUNTED.test(unit)) return text
  return t('distance.share', { gap: text, percent: (Math.abs(permille) / 10).toFixed(1) })
}

/**
 * How far a value lies from its line, in words: `高出 85 元/人/月（5.3%）`.
 *
 * Where a side is a range only what is sure is said; null if not even the direction is.
 */
export function distanceText(
  { gap, permille }: Distance,
  measure: Measure,
  isOpen: boolean,
  t: Words,
): string | null {
  const least = gap.min === null ? null : { fen: gap.min, permille: permille.min }
  const most = gap.max === null ? null : { fen: gap.max, permille: permille.max }
  if (least && most && least.fen === most.fen) {
    if (least.fen === 0) return t(measure.money ? 'distance.underFen' : 'distance.none')
    const text = gapText(least, measure, t)
    return t(least.fen > 0 ? 'distance.over' : 'distance.under', { gap: text })
  }
  if (least && least.fen > 0) {
    return t('distance.overAtLeast', { gap: gapText(least, measure, t) })
  }
  // While a condition is open, an upper end is only what the fact's declared range allows.
  if (most && most.fen < 0 && !isOpen) {
    return t('distance.underAtLeast', { gap: gapText(most, measure, t) })
  }
  return null
}
