import { useTranslation } from 'react-i18next'
import type { SharingState as State } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'

/** What waits for us stands out; what is in use is ours. */
const OURS: readonly State[] = ['draft', 'missing', 'ended']

export function SharingState({ state }: { state: State }) {
  const { t } = useTranslation('sharing')
  const tone = OURS.includes(state) ? 'amber' : state === 'delivered' ? 'bridge' : 'plain'
  return <Chip tone={tone}>{t(`state.${state}`)}</Chip>
}
