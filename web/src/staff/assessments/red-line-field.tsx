import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RedLine } from '../../api/views.ts'
import { RED_LINES } from './writing.ts'

interface RedLineFieldProps {
  value: readonly RedLine[]
  onChange: (value: RedLine[]) => void
}

/** What must not wait, whatever the score. */
export function RedLineField({ value, onChange }: RedLineFieldProps) {
  const { t } = useTranslation('assessments')
  return (
    <section className="assess-block" aria-label={t('form.redLines')}>
      <h3>{t('form.redLines')}</h3>
      <p className="muted small">{t('form.redLinesHint')}</p>
      <Checkbox.Group
        className="assess-reds"
        value={[...value]}
        options={RED_LINES.map((one) => ({ value: one, label: t(`redLine.${one}`) }))}
        onChange={(chosen) => onChange(chosen as RedLine[])}
      />
    </section>
  )
}
