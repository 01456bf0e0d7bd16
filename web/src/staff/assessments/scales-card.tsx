import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Household, Scales } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Day } from '../../ui/day.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { SafetyItem } from './safety-item.tsx'
import { ScaleDialog } from './scale-dialog.tsx'
import { scalesQuery } from './use-assessments.ts'

/** What members answered to scales, for whoever is trained for them, and whom to speak with at once. */
export function ScalesCard({ household }: { household: Household }) {
  const { t } = useTranslation('assessments')
  const { data, error, refetch } = useQuery(scalesQuery(household.id))
  const [asking, setAsking] = useState(false)
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <LoadingState rows={3} />
  const mayUse = data.trained.length > 0
  return (
    <section className="card assess-card" aria-label={t('scales.title')}>
      <header className="assess-head">
        <h2>{t('scales.title')}</h2>
        {mayUse ? (
          <div className="assess-action">
            <Button onClick={() => setAsking(true)}>{t('scales.use')}</Button>
          </div>
        ) : null}
      </header>
      <p className="muted small">{t('scales.lead')}</p>
      {data.safety.length > 0 ? (
        <ul className="assess-list">
          {data.safety.map((task) => (
            <SafetyItem key={task.id} task={task} inHousehold />
          ))}
        </ul>
      ) : null}
      {data.items.length === 0 ? (
        <p className="muted">{t(mayUse ? 'scales.none' : 'scales.notTrained')}</p>
      ) : null}
      <ul className="assess-list">
        {data.items.map((one) => (
          <Result key={one.id} one={one} />
        ))}
      </ul>
      {asking ? (
        <ScaleDialog
          household={household}
          trained={data.trained}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </section>
  )
}

function Result({ one }: { one: Scales['items'][number] }) {
  const { t, i18n } = useTranslation('assessments')
  const named = ({ name, en }: { name: string; en: string }) => (i18n.language === 'en' ? en : name)
  const meant = [...(one.band ? [one.band] : []), ...one.lines]
  return (
    <li className="assess-row">
      <Day day={one.onDay} />
      <span className="assess-row-text">
        {t('scales.of', { name: one.personName, instrument: one.instrumentName })}
      </span>
      {one.total === null ? null : (
        <strong className="number">{t('scales.total', { total: one.total })}</strong>
      )}
      {meant.map((each) => (
        <span key={each.en}>
          {named(each)}
          {each.confirmed ? null : <Chip tone="amber">{t('scales.confidence')}</Chip>}
        </span>
      ))}
      {one.parts.map((part) => (
        <span key={part.en} className="muted small">
          {named(part)} {part.score}
        </span>
      ))}
      <span className="muted small">
        {one.textVersion === null
          ? t('scales.byNumber')
          : t('scales.withText', { version: one.textVersion })}
        {one.prorated ? ` · ${t('scales.prorated')}` : ''} · {one.assessor}
      </span>
    </li>
  )
}
