import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Training } from '../../api/views.ts'
import { Day } from '../../ui/day.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { TrainingDialog } from './training-dialog.tsx'
import { trainingsQuery } from './use-trainings.ts'
import './advisors.css'

/** 培训: which sessions were held and who attended; for an advisor those attended. */
export function TrainingsPage() {
  const { t } = useTranslation(['trainings', 'advisors'])
  const { data, error, refetch } = useQuery(trainingsQuery())
  const [stating, setStating] = useState<Training | 'new'>()
  return (
    <>
      <PageTitle
        back={<Link to="/advisors">{t('advisors:title')}</Link>}
        title={t('title')}
        summary={data ? t('count', { count: data.items.length }) : null}
        action={
          data?.may.write ? (
            <Button type="primary" onClick={() => setStating('new')}>
              {t('new')}
            </Button>
          ) : null
        }
      />
      <p className="muted advisors-lead">{t('lead')}</p>
      <section className="card" aria-label={t('title')}>
        {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
        {!data && !error ? <LoadingState rows={6} /> : null}
        {data?.items.length === 0 ? <EmptyState title={t('empty')} body={t('emptyHint')} /> : null}
        <ul className="advisors-list">
          {data?.items.map((one) => (
            <li key={one.id} className="advisor-row">
              <div>
                <strong>{one.course}</strong>
                <p className="muted small">
                  {t(`kind.${one.kind}`)} · {one.areaName}
                </p>
              </div>
              <p>
                <Day day={one.onDay} /> · {t('minutes', { count: one.minutes })}
                <span className="muted small"> {one.place}</span>
              </p>
              <span className="advisor-chips">
                {data.may.write ? t('attended', { count: one.attendees.length }) : null}
                {one.may.write ? (
                  <Button size="small" onClick={() => setStating(one)}>
                    {t('edit')}
                  </Button>
                ) : null}
              </span>
            </li>
          ))}
        </ul>
      </section>
      {stating ? (
        <TrainingDialog
          training={stating === 'new' ? undefined : stating}
          onClose={() => setStating(undefined)}
        />
      ) : null}
    </>
  )
}
