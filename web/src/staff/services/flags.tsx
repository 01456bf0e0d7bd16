import { useTranslation } from 'react-i18next'
import type { TodayStop } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'

/** What whoever comes next has to know of mood and danger. */
export function Flags({ flags }: { flags: TodayStop['flags'] }) {
  const { t } = useTranslation('services')
  if (flags.length === 0) return null
  return (
    <span className="service-flags">
      <span className="visually-hidden">{t('stop.take')}：</span>
      {flags.map((flag) => (
        <Chip key={flag} tone="amber">
          {t(`flag.${flag}`)}
        </Chip>
      ))}
    </span>
  )
}
