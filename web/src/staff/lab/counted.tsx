import { useTranslation } from 'react-i18next'
import type { SampleCell } from '../../api/views.ts'
import { useCount } from './words.ts'

interface CountedProps {
  count: number | null
  cell: SampleCell
  /** Whose figure it is, for those who hear it. */
  name: string
  /** Left out: the figure only stands there. */
  onOpen?: ((cell: SampleCell) => void) | undefined
}

/** A figure of the result; where it counts enough households, the way to some of them. */
export function Counted({ count, cell, name, onOpen }: CountedProps) {
  const { t } = useTranslation('lab')
  const text = useCount()(count)
  if (!onOpen || count === null || count === 0) return text
  return (
    <button
      type="button"
      className="plain-button lab-counted"
      aria-label={t('samples.of', { name, outcome: t(`outcome.${cell.outcome}`), count: text })}
      onClick={() => onOpen(cell)}
    >
      {text}
    </button>
  )
}
