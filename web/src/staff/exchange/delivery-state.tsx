import { useTranslation } from 'react-i18next'
import type { Delivery } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'

const WAITS: readonly Delivery['state'][] = ['received', 'checked']
const GOOD: readonly Delivery['state'][] = ['applied']

/** In one word where a delivery is; those that wait for the reader stand out. */
export function DeliveryState({ delivery: { state } }: { delivery: Pick<Delivery, 'state'> }) {
  const { t } = useTranslation('deliveries')
  const tone = WAITS.includes(state) ? 'amber' : GOOD.includes(state) ? 'bridge' : 'plain'
  return <Chip tone={tone}>{t(`state.${state}`)}</Chip>
}
