import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AssessmentForm, Household, HouseholdAssessment } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { ClassField } from './class-field.tsx'
import { IndicatorField } from './indicator-field.tsx'
import { NeedFields } from './need-fields.tsx'
import { RedLineField } from './red-line-field.tsx'
import { useConfirmAssessment, useSaveAssessment } from './use-assessments.ts'
import { BLOCKS, lastOf, sent, startOf } from './writing.ts'

interface AssessFormProps {
  household: Household
  data: HouseholdAssessment
  onClose: () => void
}

/** The ten questions in four blocks, what must not wait, and the needs; saved as a draft, then confirmed. */
export function AssessForm({ household, data, onClose }: AssessFormProps) {
  const { t } = useTranslation('assessments')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const [written, setWritten] = useState(() => startOf(data))
  const [saved, setSaved] = useState(() => data.open !== null)
  const save = useSaveAssessment(household.id)
  const confirm = useConfirmAssessment(household.id)
  const { open } = data
  const change = (next: Partial<Omit<AssessmentForm, 'seen'>>) => {
    setWritten((now) => ({ ...now, ...next }))
    setSaved(false)
  }
  const missing = written.needs.some(({ outcome }) => outcome.trim().length < 2)
    ? t('form.outcomeNeeded')
    : written.changedTo && (written.changedBecause ?? '').trim().length < 2
      ? t('form.becauseNeeded')
      : null
  const store = () =>
    save.mutate(
      { ...sent(written), seen: open?.edit ?? 0 },
      {
        onSuccess: () => {
          setSaved(true)
          void message.success(t('form.saved'))
        },
      },
    )
  const end = () =>
    confirm.mutate(open?.edit ?? 0, {
      onSuccess: (after) => {
        void message.success(t(after.open ? 'form.submittedNow' : 'form.confirmed'))
        onClose()
      },
    })
  const problem =
    missing ?? ((save.error ?? confirm.error) ? problemText(save.error ?? confirm.error) : null)
  return (
    <section className="card assess-card assess-form" aria-label={t('form.title')}>
      <header>
        <h2>{t('form.title')}</h2>
        <p className="muted">
          {t('form.lead')} {t('form.draftMeaning')}{' '}
          {data.weights.confirmed ? null : <Chip tone="amber">{t('proposed')}</Chip>}
        </p>
      </header>
      {BLOCKS.map(({ block, indicators }) => (
        <section key={block} className="assess-block" aria-label={t(`block.${block}`)}>
          <h3>{t(`block.${block}`)}</h3>
          {indicators.map((indicator) => (
            <IndicatorField
              key={indicator}
              indicator={indicator}
              answer={written.answers[indicator]}
              evidence={written.evidence[indicator] ?? ''}
              last={lastOf(data, indicator)}
              known={data.prefilled.find((one) => one.indicator === indicator)}
              onAnswer={(answer) =>
                change({ answers: { ...written.answers, [indicator]: answer } })
              }
              onEvidence={(seen) => {
                const { [indicator]: _, ...rest } = written.evidence
                change({ evidence: seen === '' ? rest : { ...rest, [indicator]: seen } })
              }}
            />
          ))}
        </section>
      ))}
      <RedLineField value={written.redLines} onChange={(redLines) => change({ redLines })} />
      <NeedFields needs={written.needs} onChange={(needs) => change({ needs })} />
      {open?.proposed && saved && written.redLines.length === 0 ? (
        <ClassField proposed={open.proposed} written={written} onChange={change} />
      ) : null}
      <Outcome data={data} saved={saved} />
      <p role="alert" className="assess-problem">
        {problem}
      </p>
      <div className="assess-buttons assess-foot">
        <Button onClick={onClose}>{t('form.cancel')}</Button>
        <Button
          type={saved ? 'default' : 'primary'}
          disabled={missing !== null || saved}
          loading={save.isPending}
          onClick={store}
        >
          {t('form.save')}
        </Button>
        <Button
          type={saved ? 'primary' : 'default'}
          disabled={!saved || !data.may.includes('confirm')}
          loading={confirm.isPending}
          onClick={end}
        >
          {t('form.confirm')}
        </Button>
      </div>
    </section>
  )
}

/** What the draft as it was saved comes to, and what still stands in the way of confirming it. */
function Outcome({ data, saved }: { data: HouseholdAssessment; saved: boolean }) {
  const { t } = useTranslation('assessments')
  const { open } = data
  if (!open) return null
  if (!saved) return <p className="muted">{t('form.unsaved')}</p>
  const stands = open.changedTo ?? open.proposed
  return (
    <div className="assess-outcome" role="status">
      <p>
        {t('standing.grade')}{' '}
        <strong>{open.grade ? t(`grade.${open.grade}`) : t('grade.open')}</strong>
        {stands ? (
          <>
            {' · '}
            {t('standing.class')} <strong>{t(`class.${stands}`)}</strong>
          </>
        ) : null}
      </p>
      <p className="muted small">
        {open.grade === null && open.redLines.length === 0
          ? t('form.openHint', {
              missing: open.missing.map((one) => t(`indicator.${one}`)).join(t('standing.and')),
            })
          : t('form.confirmHint')}
      </p>
    </div>
  )
}
