import { useTranslation } from 'react-i18next'
import type { CaseRow } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'

const TONES = {
  open: 'outline',
  assessing: 'outline',
  planning: 'outline',
  submitted: 'amber',
  'in-service': 'bridge',
  reviewing: 'bridge',
  closing: 'amber',
  'follow-up': 'bridge',
  archived: 'plain',
  suspended: 'plain',
} as const

export function CaseState({ state, urgent }: Pick<CaseRow, 'state' | 'urgent'>) {
  const { t } = useTranslation('cases')
  return (
    <>
      {urgent ? (
        <Chip tone="amber">
          <span aria-hidden="true">! </span>
          {t('urgent')}
        </Chip>
      ) : null}
      <Chip tone={TONES[state]}>{t(`state.${state}`)}</Chip>
    </>
  )
}
