import { Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AssessmentForm, HouseholdClass } from '../../api/views.ts'
import { CLASSES } from './writing.ts'

interface ClassFieldProps {
  proposed: HouseholdClass
  written: Omit<AssessmentForm, 'seen'>
  onChange: (next: Partial<Omit<AssessmentForm, 'seen'>>) => void
}

/** The class as it is proposed, or another with a reason. */
export function ClassField({ proposed, written, onChange }: ClassFieldProps) {
  const { t } = useTranslation('assessments')
  return (
    <section className="assess-block" aria-label={t('standing.class')}>
      <h3>{t('standing.class')}</h3>
      <div className="assess-class">
        <Select
          aria-label={t('form.changeClass')}
          value={written.changedTo ?? 'keep'}
          options={[
            { value: 'keep', label: `${t('form.keepClass')} · ${t(`class.${proposed}`)}` },
            ...CLASSES.filter((one) => one !== proposed).map((value) => ({
              value,
              label: t(`class.${value}`),
            })),
          ]}
          onChange={(value) =>
            onChange(
              value === 'keep'
                ? { changedTo: null, changedBecause: null }
                : { changedTo: value as HouseholdClass },
            )
          }
        />
        {written.changedTo ? (
          <Input
            aria-label={t('form.because')}
            placeholder={t('form.because')}
            maxLength={300}
            value={written.changedBecause ?? ''}
            onChange={({ target }) => onChange({ changedBecause: target.value })}
          />
        ) : null}
      </div>
    </section>
  )
}
