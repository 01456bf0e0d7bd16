import { useTranslation } from 'react-i18next'
import type { Amount, Per } from '../api/views.ts'
import { yuanText } from './yuan.ts'

/** Money in fen with its unit, in figures that line up. */
export function Money({ fen, per }: { fen: number; per?: Per | undefined }) {
  const { t } = useTranslation()
  return (
    <span className="number">
      {yuanText(fen)} <span className="muted small">{t(`per.${per ?? 'none'}`)}</span>
    </span>
  )
}

/** What a programme would pay, as far as it is known. */
export function AmountText({ amount }: { amount: Amount }) {
  const { t } = useTranslation()
  if (amount.kind === 'exact') return <Money fen={amount.fen} per={amount.per} />
  if (amount.kind !== 'range') return <span className="muted">{t(`amount.${amount.kind}`)}</span>
  const min = yuanText(amount.min)
  const max = amount.max === null ? null : yuanText(amount.max)
  const text =
    max === null
      ? t('amount.atLeast', { min })
      : amount.min <= 0
        ? t('amount.upTo', { max })
        : t('amount.range', { min, max })
  return (
    <span className="number">
      {text} <span className="muted small">{t(`per.${amount.per}`)}</span>
    </span>
  )
}

/** Above this many fen (one million yuan) an upper end only repeats what the facts may range over. */
const TELLING = 100_000_000

/** The same where one compares: a range that says nothing yet is not printed as a figure. */
export function AmountInShort({ amount }: { amount: Amount }) {
  const says = amount.kind !== 'range' || amount.min > 0 || (amount.max ?? TELLING) < TELLING
  return <AmountText amount={says ? amount : { kind: 'unknown' }} />
}
