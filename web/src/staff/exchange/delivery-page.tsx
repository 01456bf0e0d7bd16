import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { App, Button, Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import type { DeliveryPage as Page, DeliveryStep } from '../../api/views.ts'
import { Moment } from '../../ui/day.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { ErrorState, LoadingState, useProblemText } from '../../ui/states.tsx'
import { DeliveredRows } from './delivered-rows.tsx'
import { DeliveryState } from './delivery-state.tsx'
import { MappingForm } from './mapping-form.tsx'
import { RollLine } from './roll-line.tsx'
import { deliveryQuery, isAtWork, useStep } from './use-deliveries.ts'
import './deliveries.css'

/** One delivery from its columns to what became of its rows. */
export function DeliveryPage() {
  const { t } = useTranslation('deliveries')
  const { deliveryId } = useParams({ from: '/frame/deliveries/$deliveryId' })
  const { data, error, refetch } = useQuery(deliveryQuery(Number(deliveryId)))
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <LoadingState rows={8} />
  const { sourceName, id, roll, fileName, format, encoding, onDay, receivedBy, receivedAt } = data
  const kind = [format?.toUpperCase(), encoding?.toUpperCase()].filter(Boolean).join(' · ')
  return (
    <>
      <PageTitle
        title={t('called', { source: sourceName, id })}
        summary={
          <>
            <DeliveryState delivery={data} /> {roll ? <RollLine roll={roll} /> : null}{' '}
            {roll ? '· ' : ''}
            {fileName} {kind ? `· ${kind}` : ''} · {t(roll ? 'rollOfDay' : 'ofDay', { day: onDay })}{' '}
            · {receivedBy} <Moment at={receivedAt} />
          </>
        }
        back={<Link to="/deliveries">{t('title')}</Link>}
        action={<Steps delivery={data} />}
      />
      <div className="delivery">
        {data.sameAs !== null && data.state !== 'applied' ? (
          <p className="card delivery-notice" role="status">
            {t('sameAs', { id: data.sameAs })}
          </p>
        ) : null}
        {data.problem ? (
          <p className="card delivery-notice delivery-alarm" role="alert">
            {data.problem}
          </p>
        ) : null}
        {isAtWork(data) ? <AtWork delivery={data} /> : null}
        {data.rows > 0 && !isAtWork(data) ? <Outcome delivery={data} /> : null}
        {data.held + data.refused + (data.ending ?? 0) > 0 && !isAtWork(data) ? (
          <DeliveredRows delivery={data} />
        ) : null}
        {data.reading && data.state === 'received' ? (
          <MappingForm delivery={data} reading={data.reading} />
        ) : null}
        {data.reading && data.state === 'checked' ? (
          <details className="delivery-again">
            <summary>{t('mappingAgain')}</summary>
            <MappingForm delivery={data} reading={data.reading} />
          </details>
        ) : null}
      </div>
    </>
  )
}

/** What may be done with it as a whole. */
function Steps({ delivery }: { delivery: Page }) {
  const { id, state, steps, applied, settled, roll } = delivery
  // What ends was agreed to when the rest was written.
  const ending = state === 'checked' ? (delivery.ending ?? 0) : 0
  const { t } = useTranslation('deliveries')
  const { modal, message } = App.useApp()
  const problemText = useProblemText()
  const step = useStep(id)
  const take = (asked: DeliveryStep) =>
    step.mutate(asked === 'apply' ? { step: asked, ending } : { step: asked }, {
      onError: (failure) => void message.warning(problemText(failure)),
    })
  const confirm = (asked: DeliveryStep) => {
    const words = asked === 'apply' && ending > 0 ? 'ending' : asked
    const count = state === 'applied' ? settled : applied - ending
    void modal.confirm({
      title: t(`confirm.${words}.title`, { count, ending }),
      content: t(`confirm.${words}.body`),
      okText: t(`step.${asked}`),
      okButtonProps: { danger: asked !== 'apply' || ending > 0 },
      onOk: () => take(asked),
    })
  }
  return (
    <div className="delivery-steps">
      {steps.includes('discard') ? (
        <Button onClick={() => confirm('discard')}>{t('step.discard')}</Button>
      ) : null}
      {steps.includes('undo') ? (
        <Button danger onClick={() => confirm('undo')}>
          {t('step.undo')}
        </Button>
      ) : null}
      {steps.includes('apply') ? (
        <Button
          type={state === 'checked' ? 'primary' : 'default'}
          loading={step.isPending}
          disabled={applied === 0 && !roll}
          onClick={() => confirm('apply')}
        >
          {t('step.apply')}
        </Button>
      ) : null}
    </div>
  )
}

function AtWork({ delivery: { state, done, of } }: { delivery: Page }) {
  const { t } = useTranslation('deliveries')
  return (
    <section className="card delivery-at-work" aria-label={t(`state.${state}`)} role="status">
      <strong>{t(`state.${state}`)}</strong>
      {of > 0 ? (
        <Progress percent={Math.floor((done / of) * 100)} aria-label={t(`state.${state}`)} />
      ) : null}
      <span className="muted number">
        {of > 0 ? t('households', { done, of }) : done > 0 ? t('read', { count: done }) : t('soon')}
      </span>
    </section>
  )
}

const OUTCOMES = ['applied', 'unchanged', 'held', 'refused'] as const

/** What became of the rows, or before they are written, what would. */
function Outcome({ delivery }: { delivery: Page }) {
  const { t } = useTranslation('deliveries')
  const before = delivery.state === 'checked'
  const ending = delivery.ending ?? 0
  return (
    <section className="card delivery-outcome" aria-label={t('outcome')}>
      <h2>{before ? t('wouldBe') : t('outcome')}</h2>
      <dl className="delivery-figures">
        <div>
          <dt>{t('all')}</dt>
          <dd className="number">{delivery.rows.toLocaleString()}</dd>
        </div>
        {OUTCOMES.map((outcome) => (
          <div key={outcome}>
            <dt>{t(before ? `would.${outcome}` : `became.${outcome}`)}</dt>
            <dd className="number">
              {(delivery[outcome] - (outcome === 'applied' ? ending : 0)).toLocaleString()}
            </dd>
          </div>
        ))}
        {delivery.roll?.complete ? (
          <div>
            <dt>{t(before ? 'ending.would' : 'ending.became')}</dt>
            <dd className="number">{ending.toLocaleString()}</dd>
          </div>
        ) : null}
      </dl>
      {delivery.unsettled > 0 ? (
        <p className="delivery-found">{t('unsettled', { count: delivery.unsettled })}</p>
      ) : null}
      {delivery.state === 'applied' ? (
        <p className="delivery-found">
          {delivery.found === null
            ? t('notCounted')
            : t(delivery.roll ? 'foundByRoll' : 'found', { count: delivery.found })}
        </p>
      ) : null}
      {delivery.state === 'undone' ? <p className="muted">{t('undoneHint')}</p> : null}
    </section>
  )
}
