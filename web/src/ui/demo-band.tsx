import { useTranslation } from 'react-i18next'
import { Day } from './day.tsx'
import './demo-band.css'

/** Said on every page of a demonstration: nobody here is real, and which day it is. */
export function DemoBand({ today }: { today: string }) {
  const { t } = useTranslation()
  return (
    <div className="demo-band" role="note">
      {t('demo')} <Day day={today} />
    </div>
  )
}
