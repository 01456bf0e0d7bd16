import { Input, Radio } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { HouseholdAssessment, IndicatorAnswer, IndicatorId } from '../../api/views.ts'

const ANSWERS = ['yes', 'no', 'unknown'] as const

interface IndicatorFieldProps {
  indicator: IndicatorId
  answer: IndicatorAnswer
  evidence: string
  known: HouseholdAssessment['prefilled'][number] | undefined
  last: { answer: IndicatorAnswer; day: string } | undefined
  onAnswer: (answer: IndicatorAnswer) => void
  onEvidence: (seen: string) => void
}

/** One question: when it is a lack, what the record says with its source, the answer, and what was seen. */
export function IndicatorField(props: IndicatorFieldProps) {
  const { indicator, answer, evidence, known, last, onAnswer, onEvidence } = props
  const { t } = useTranslation('assessments')
  const label = useId()
  const name = t(`indicator.${indicator}`)
  return (
    <div className="assess-field">
      <div>
        <strong id={label}>{name}</strong>
        <p className="muted small">{t(`meaning.${indicator}`)}</p>
        {known && known.lack !== null ? <OnRecord known={known} /> : null}
        {last ? (
          <p className="muted small">
            {t('form.last', { answer: t(`answer.${last.answer}`), day: last.day })}
          </p>
        ) : null}
      </div>
      <Radio.Group
        aria-labelledby={label}
        name={indicator}
        optionType="button"
        value={answer}
        options={ANSWERS.map((value) => ({ value, label: t(`answer.${value}`) }))}
        onChange={({ target }) => onAnswer(target.value as IndicatorAnswer)}
      />
      <Input
        className="assess-seen"
        aria-label={t('form.evidenceOf', { indicator: name })}
        placeholder={t('form.evidence')}
        maxLength={500}
        value={evidence}
        onChange={({ target }) => onEvidence(target.value)}
      />
    </div>
  )
}

function OnRecord({ known }: { known: HouseholdAssessment['prefilled'][number] }) {
  const { t } = useTranslation('assessments')
  const grounds = known.grounds
    .slice(0, 3)
    .map(({ factName, source, day }) =>
      t('form.ground', { fact: factName, source: source ?? '', day: day ?? '' }),
    )
  return (
    <p className="assess-known small">
      {t('form.record', { answer: t(`answer.${known.lack ? 'yes' : 'no'}`) })} ·{' '}
      {[...new Set(grounds)].join(t('standing.and'))}
    </p>
  )
}
