import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SharingPage as Page, SharingStep } from '../../api/views.ts'
import { Day, Moment } from '../../ui/day.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { Content } from './content.tsx'
import { Corrections } from './corrections.tsx'
import { DeadlineText } from './deadline.tsx'
import { SharingState } from './sharing-state.tsx'
import { StepDialog } from './step-dialog.tsx'
import { sharingQuery } from './use-sharing.ts'
import { Uses } from './uses.tsx'
import './sharing.css'

/** The one step that moves it on; the others stand beside it. */
const MAIN: readonly SharingStep[] = ['sent', 'supplemented', 'accepted', 'delivered', 'destroyed']

/** One request: where it stands and until when, what it states, what became of it. */
export function SharingPage() {
  const { t } = useTranslation('sharing')
  const { sharingId } = useParams({ from: '/frame/sharing/$sharingId' })
  const { data, error, refetch } = useQuery(sharingQuery(Number(sharingId)))
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <LoadingState rows={8} />
  const wasDelivered = data.steps.some(({ kind }) => kind === 'delivered')
  return (
    <>
      <PageTitle
        title={data.content.data}
        summary={
          <span className="sharing-summary">
            <SharingState state={data.state} />
            {data.deadline ? <DeadlineText deadline={data.deadline} /> : null}
            <span>
              {t('called', { source: data.sourceName, id: data.id })} ·{' '}
              {t('madeBy', { by: data.madeBy })}
            </span>
          </span>
        }
        back={<Link to="/sharing">{t('title')}</Link>}
      />
      <div className="sharing">
        {data.state === 'ended' ? (
          <p className="sharing-notice" role="status">
            {t('destroy', {
              day: data.since,
              data: data.content.data,
              scope: data.content.scope,
            })}
          </p>
        ) : null}
        <Steps request={data} />
        <Content request={data} />
        {wasDelivered ? (
          <>
            <Uses request={data} />
            <Corrections request={data} />
          </>
        ) : null}
      </div>
    </>
  )
}

function Steps({ request }: { request: Page }) {
  const { t } = useTranslation('sharing')
  const [taking, setTaking] = useState<SharingStep>()
  const { next, state, steps } = request
  return (
    <section className="card sharing-part" aria-label={t('steps')}>
      <h2>{t('steps')}</h2>
      {steps.length === 0 ? <p className="muted">{t('noSteps')}</p> : null}
      <ol className="sharing-steps">
        {steps.map((one) => (
          <li key={one.kind}>
            <Day day={one.onDay} /> <strong>{t(`took.${one.kind}`)}</strong>
            {one.text ? <span className="sharing-step-text">{one.text}</span> : null}
            <span className="muted">
              {one.recordedBy} · <Moment at={one.recordedAt} />
            </span>
          </li>
        ))}
      </ol>
      {next.length > 0 ? (
        <div className="sharing-next">
          {next.map((kind) => (
            <Button
              key={kind}
              type={MAIN.includes(kind) && state !== 'delivered' ? 'primary' : 'default'}
              onClick={() => setTaking(kind)}
            >
              {t(`step.${kind}`)}
            </Button>
          ))}
        </div>
      ) : null}
      {taking ? (
        <StepDialog request={request} kind={taking} onClose={() => setTaking(undefined)} />
      ) : null}
    </section>
  )
}
