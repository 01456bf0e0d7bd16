import { useQuery } from '@tanstack/react-query'
import { App, Button, Popconfirm, Progress } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Erasure } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Moment } from '../../ui/day.tsx'
import { EmptyState, ErrorState, LoadingState, useProblemText } from '../../ui/states.tsx'
import { PersonDialog } from './person-dialog.tsx'
import { erasuresQuery, useDecide } from './use-retention.ts'

/** What was asked to be erased, how far it has come, and what is left to confirm. */
export function Erasures() {
  const { t } = useTranslation('retention')
  const [asking, setAsking] = useState(false)
  const { data, error, refetch } = useQuery(erasuresQuery)
  return (
    <section aria-label={t('tab.erasures')}>
      <div className="retention-tools">
        <Button onClick={() => setAsking(true)}>{t('erasure.person')}</Button>
      </div>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={4} /> : null}
      {data?.items.length === 0 ? (
        <EmptyState title={t('erasure.empty.title')} body={t('erasure.empty.body')} />
      ) : null}
      <ul className="retention-list">
        {data?.items.map((erasure) => (
          <ErasureCard key={erasure.id} erasure={erasure} />
        ))}
      </ul>
      <PersonDialog open={asking} onClose={() => setAsking(false)} />
    </section>
  )
}

function ErasureCard({ erasure }: { erasure: Erasure }) {
  const { t } = useTranslation('retention')
  const { id, kind, state, basis, onDay, askedBy, askedAt, decidedBy, decidedAt } = erasure
  const { done, of, households, records } = erasure
  return (
    <li className="card retention-card">
      <div className="retention-head">
        <h2>{t('erasure.called', { kind: t(`erasure.kind.${kind}`), id })}</h2>
        <Chip tone={state === 'asked' ? 'amber' : state === 'done' ? 'bridge' : 'plain'}>
          {t(`erasure.state.${state}`)}
        </Chip>
      </div>
      <p className="retention-note">
        {basis} <span className="muted">{t('erasure.onDay', { day: onDay })}</span>
      </p>
      <p className="muted retention-note retention-who">
        <span>
          {t('erasure.asked', { by: askedBy })} <Moment at={askedAt} />
        </span>
        {decidedBy ? (
          <span>
            {t(state === 'withdrawn' ? 'erasure.withdrawnBy' : 'erasure.decided', {
              by: decidedBy,
            })}{' '}
            <Moment at={decidedAt} />
          </span>
        ) : null}
      </p>
      {state === 'running' ? (
        <div>
          <Progress
            percent={of > 0 ? Math.floor((done / of) * 100) : 0}
            aria-label={t('erasure.state.running')}
          />
          <p className="muted retention-note number">{t('erasure.progress', { done, of })}</p>
        </div>
      ) : null}
      {state === 'done' ? (
        <p className="retention-note number">{t('erasure.result', { households, records })}</p>
      ) : null}
      {erasure.failed > 0 ? (
        <p className="retention-problem">{t('erasure.failed', { n: erasure.failed })}</p>
      ) : null}
      {state === 'stopped' ? <p className="retention-note">{t('erasure.stopped')}</p> : null}
      {state === 'asked' ? <Decision erasure={erasure} /> : null}
    </li>
  )
}

function Decision({ erasure: { id, steps } }: { erasure: Erasure }) {
  const { t } = useTranslation('retention')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const decide = useDecide(id)
  const make = async (decision: 'confirm' | 'withdraw') => {
    await decide.mutateAsync(decision).then(
      () => message.success(t(decision === 'confirm' ? 'erasure.confirmed' : 'erasure.taken')),
      // Why it was refused is shown beneath.
      () => {},
    )
  }
  return (
    <>
      <div className="retention-steps">
        {steps.includes('confirm') ? (
          <Popconfirm
            title={t('erasure.confirmSure')}
            okText={t('erasure.confirm')}
            okButtonProps={{ danger: true }}
            onConfirm={() => void make('confirm')}
          >
            <Button danger type="primary" loading={decide.isPending}>
              {t('erasure.confirm')}
            </Button>
          </Popconfirm>
        ) : (
          <span className="muted">{t('erasure.two')}</span>
        )}
        <Button onClick={() => void make('withdraw')}>{t('erasure.withdraw')}</Button>
      </div>
      <p role="alert" className="retention-problem">
        {decide.error ? problemText(decide.error) : null}
      </p>
    </>
  )
}
