import { useTranslation } from 'react-i18next'
import type { DraftState } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'

const TONES = {
  draft: 'plain',
  'in-review': 'amber',
  approved: 'bridge',
  returned: 'amber',
  published: 'bridge',
  withdrawn: 'outline',
} as const

export function DraftStateChip({ state }: { state: DraftState }) {
  const { t } = useTranslation('drafts')
  return <Chip tone={TONES[state]}>{t(`state.${state}`)}</Chip>
}
