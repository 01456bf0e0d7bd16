import { useTranslation } from 'react-i18next'
import type { ChangeRequest } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'

const TONES = {
  open: 'amber',
  returned: 'amber',
  approved: 'bridge',
  refused: 'plain',
  withdrawn: 'outline',
} as const

export function RequestState({ state }: { state: ChangeRequest['state'] }) {
  const { t } = useTranslation('changeRequests')
  return <Chip tone={TONES[state]}>{t(`state.${state}`)}</Chip>
}
