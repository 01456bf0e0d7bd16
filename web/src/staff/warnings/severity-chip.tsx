import { useTranslation } from 'react-i18next'
import type { WarningRow } from '../../api/views.ts'

const SIGNS = { red: '‼', orange: '!', yellow: '•' } as const

/** How grave, as a word, a sign and a colour. */
export function SeverityChip({ severity }: Pick<WarningRow, 'severity'>) {
  const { t } = useTranslation('warnings')
  return (
    <span className={`chip severity-${severity}`}>
      <span aria-hidden="true">{SIGNS[severity]} </span>
      {t(`severity.${severity}`)}
    </span>
  )
}
