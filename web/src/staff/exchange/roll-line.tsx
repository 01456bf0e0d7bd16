import { useTranslation } from 'react-i18next'
import type { Delivery } from '../../api/views.ts'

/** Whose roll it is, of where, and whether it lists everybody. */
export function RollLine({ roll }: { roll: NonNullable<Delivery['roll']> }) {
  const { t } = useTranslation('deliveries')
  const { programmeName, areaName, complete } = roll
  const kind = t(`rollKind.${complete ? 'complete' : 'partial'}`)
  return <span>{t('rollLine', { programme: programmeName, area: areaName, kind })}</span>
}
