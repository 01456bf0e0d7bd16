import { useTranslation } from 'react-i18next'
import type { VisitRule } from '../../api/views.ts'

/** An interval in words: 每周一次, 每 3 个月一次. */
export function useEveryText(): (every: VisitRule['contact']) => string {
  const { t } = useTranslation('services')
  return (every) => {
    if (!every) return t('rules.none')
    if (every.unit === 'day' && every.amount === 7) return t('rules.weekly')
    if (every.unit === 'month' && every.amount === 1) return t('rules.monthly')
    return t(`rules.every.${every.unit}`, { count: every.amount })
  }
}
