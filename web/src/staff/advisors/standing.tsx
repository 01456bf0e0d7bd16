import { useTranslation } from 'react-i18next'
import type { Standing } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'

/** Whether somebody is certified, in a word and a colour. */
export function StandingChip({ standing }: { standing: Standing }) {
  const { t } = useTranslation('advisors')
  const tone =
    standing === 'valid' ? 'bridge' : standing === 'not-needed' ? 'plain' : ('amber' as const)
  return <Chip tone={tone}>{t(`standing.${standing}`)}</Chip>
}
