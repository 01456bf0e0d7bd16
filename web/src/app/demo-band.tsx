import { useTranslation } from 'react-i18next'
import { Day } from '../ui/day.tsx'

export function DemoBand({ today }: { today: string }) {
  const { t } = useTranslation('app')
  return (
    <div className="demo-band" role="note">
      {t('demo')} <Day day={today} />
    </div>
  )
}
