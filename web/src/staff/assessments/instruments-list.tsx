import { useQuery } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instrument } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { ErrorState, LoadingState, useProblemText } from '../../ui/states.tsx'
import { AssessorDialog } from './assessor-dialog.tsx'
import { TextDialog } from './text-dialog.tsx'
import { instrumentsQuery, useStateAssessor } from './use-assessments.ts'

/** Every scale: how it is scored, whether its wording is stated, and who is trained to use it. */
export function InstrumentsList() {
  const { t } = useTranslation('assessments')
  const { data, error, refetch } = useQuery(instrumentsQuery)
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <LoadingState rows={8} />
  return (
    <div className="assess">
      <p className="muted">{t('instruments.lead')}</p>
      {data.items.map((one) => (
        <InstrumentItem key={one.id} one={one} mayWrite={data.may.write} />
      ))}
    </div>
  )
}

function InstrumentItem({ one, mayWrite }: { one: Instrument; mayWrite: boolean }) {
  const { t, i18n } = useTranslation('assessments')
  const [open, setOpen] = useState<'text' | 'assessor'>()
  const name = i18n.language === 'en' ? one.en : one.name
  return (
    <section className="card assess-card" aria-label={name}>
      <header className="assess-head">
        <h2>{name}</h2>
        {one.text ? null : <Chip tone="amber">{t('instruments.noText')}</Chip>}
        {one.scoringConfirmed ? null : <Chip tone="amber">{t('instruments.scoringOpen')}</Chip>}
        <span className="muted">
          {one.totalOnly
            ? t('instruments.totalOnly')
            : t('instruments.items', { count: one.items.length })}
        </span>
        {mayWrite ? (
          <div className="assess-action">
            {one.totalOnly ? null : (
              <Button
                aria-label={t('instruments.stateTextOf', { name })}
                onClick={() => setOpen('text')}
              >
                {t('instruments.stateText')}
              </Button>
            )}
            <Button
              aria-label={t('instruments.addAssessorOf', { name })}
              onClick={() => setOpen('assessor')}
            >
              {t('instruments.addAssessor')}
            </Button>
          </div>
        ) : null}
      </header>
      {one.text ? (
        <p className="small">
          {t('instruments.text', { version: one.text.number, source: one.text.source })}{' '}
          <span className="muted">
            {t('instruments.hash', { hash: one.text.hash.slice(0, 12) })}
          </span>
        </p>
      ) : null}
      <p className="muted small">
        {t('instruments.licence')} · {i18n.language === 'en' ? one.licenceEn : one.licence}
      </p>
      {one.assessors.length === 0 && mayWrite ? (
        <p className="muted small">{t('instruments.noAssessors')}</p>
      ) : null}
      {one.assessors.length > 0 ? (
        <ul className="assess-list small" aria-label={t('instruments.assessors')}>
          {one.assessors.map((who) => (
            <AssessorRow
              key={who.staffId}
              instrument={one}
              name={name}
              who={who}
              mayWrite={mayWrite}
            />
          ))}
        </ul>
      ) : null}
      {open === 'text' ? (
        <TextDialog one={one} name={name} onClose={() => setOpen(undefined)} />
      ) : null}
      {open === 'assessor' ? (
        <AssessorDialog one={one} name={name} onClose={() => setOpen(undefined)} />
      ) : null}
    </section>
  )
}

interface AssessorRowProps {
  instrument: Instrument
  name: string
  who: Instrument['assessors'][number]
  mayWrite: boolean
}

function AssessorRow({ instrument, name, who, mayWrite }: AssessorRowProps) {
  const { t } = useTranslation('assessments')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const state = useStateAssessor(instrument.id)
  const end = () =>
    state.mutate(
      { staffId: who.staffId, stands: null },
      {
        onSuccess: () => void message.success(t('instruments.ended')),
        onError: (error) => void message.warning(problemText(error)),
      },
    )
  return (
    <li className="assess-row">
      <span className="assess-row-text">{t('instruments.until', who)}</span>
      {mayWrite ? (
        <Button
          size="small"
          loading={state.isPending}
          aria-label={t('instruments.endOf', { name: who.name, instrument: name })}
          onClick={end}
        >
          {t('instruments.end')}
        </Button>
      ) : null}
    </li>
  )
}
