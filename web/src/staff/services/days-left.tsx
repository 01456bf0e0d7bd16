import { useTranslation } from 'react-i18next'
import { Chip } from '../../ui/chip.tsx'

/** What is left of a time, in days: overdue, today, or still to come. */
export function DaysLeft({ left }: { left: number }) {
  const { t } = useTranslation('services')
  if (left < 0) return <Chip tone="amber">{t('left.overdue', { count: -left })}</Chip>
  if (left === 0) return <Chip tone="bridge">{t('left.today')}</Chip>
  return <Chip tone="outline">{t('left.soon', { count: left })}</Chip>
}
