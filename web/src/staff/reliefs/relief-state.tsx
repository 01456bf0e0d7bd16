import { useTranslation } from 'react-i18next'
import type { ReliefRow } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'

const TONES = {
  reported: 'amber',
  visited: 'amber',
  granted: 'bridge',
  explained: 'bridge',
  closed: 'plain',
  refused: 'plain',
  withdrawn: 'outline',
} as const

export function ReliefState({ state }: { state: ReliefRow['state'] }) {
  const { t } = useTranslation('reliefs')
  return <Chip tone={TONES[state]}>{t(`state.${state}`)}</Chip>
}
