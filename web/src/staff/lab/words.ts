import { useTranslation } from 'react-i18next'
import type { Trial } from '../../api/views.ts'
import { yuanText } from '../../ui/yuan.ts'

/** A count as it is shown: hidden ones by the word for few. */
export function useCount(): (count: number | null) => string {
  const { t } = useTranslation('lab')
  return (count) => (count === null ? t('few') : count.toLocaleString('zh-CN'))
}

/** Fen as yuan; hidden sums by the word for it. */
export function useYuan(): (fen: number | null) => string {
  const { t } = useTranslation('lab')
  return (fen) => (fen === null ? t('hidden') : yuanText(fen))
}

const AGES = ['0-17', '18-44', '45-59', '60-69', '70-79', '80+', 'unknown'] as const
const KINDS = ['elder-alone', 'alone', 'elders', 'minors', 'other'] as const

export type Table = 'townships' | 'ages' | 'kinds' | 'deciles'
export const TABLES = ['townships', 'deciles', 'ages', 'kinds'] as const satisfies Table[]

/** The name of a row in one of the four tables. */
export function useRowName(): (table: Table, row: { id: string; name: string | null }) => string {
  const { t } = useTranslation('lab')
  return (table, { id, name }) => {
    if (table === 'ages') return t(`age.${AGES.find((age) => age === id) ?? 'unknown'}`)
    if (table === 'kinds') return t(`kind.${KINDS.find((kind) => kind === id) ?? 'other'}`)
    if (table === 'townships') return name ?? t('kind.other')
    if (id === 'unknown') return t('decile.unknown')
    return id === '1' ? t('decile.lowest') : t('decile.nth', { n: id })
  }
}

/** The change in one sentence. */
export function useSentence(): (trial: Pick<Trial, 'changes' | 'rules'>) => string {
  const { t } = useTranslation('lab')
  return ({ changes, rules }) =>
    [
      ...changes.map(({ name, today, value, unit }) =>
        today === null
          ? t('sentence.unknown', { name, value, unit: unit ?? '' })
          : t('sentence.one', { name, today, value, unit: unit ?? '' }),
      ),
      ...rules.map(({ programme, text, expr }) => t('sentence.rule', { programme, text, expr })),
    ].join(t('sentence.join'))
}
