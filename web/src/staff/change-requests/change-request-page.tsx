import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ChangeRequest } from '../../api/views.ts'
import { shortAreaName } from '../../ui/area-name.ts'
import { Day } from '../../ui/day.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { StateReason } from '../households/state-reason.tsx'
import { CompareTable } from './compare-table.tsx'
import { Conflicts } from './conflicts.tsx'
import { RequestState } from './request-state.tsx'
import { Steps } from './steps.tsx'
import { changeRequestQuery } from './use-change-requests.ts'
import './change-requests.css'

/** One request: what stood, what stands now, what is asked for and on what; and what becomes of it. */
export function ChangeRequestPage() {
  const { t } = useTranslation('changeRequests')
  const { requestId } = useParams({ from: '/frame/change-requests/$requestId' })
  const { data, error, refetch } = useQuery(changeRequestQuery(Number(requestId)))
  return (
    <>
      <PageTitle
        title={
          <span className="change-request-title">
            {t('heading', { id: requestId })}
            {data ? <RequestState state={data.state} /> : null}
          </span>
        }
        summary={data ? <Where request={data} /> : null}
        back={<Link to="/change-requests">{t('back')}</Link>}
        action={data ? <Steps key={data.version} request={data} /> : null}
      />
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={8} /> : null}
      {data ? <Request request={data} /> : null}
    </>
  )
}

function Where({ request: { household, area } }: { request: ChangeRequest }) {
  return (
    <>
      <Link to="/households/$householdId" params={{ householdId: String(household.id) }}>
        <span className="number">{household.registerNo}</span>
      </Link>{' '}
      {shortAreaName(area.name)}
    </>
  )
}

function Request({ request }: { request: ChangeRequest }) {
  const { t } = useTranslation('changeRequests')
  const queries = useQueryClient()
  const { id, items, reason, evidenceKind, evidence, seenOn, madeBy, mine, reasonShows } = request
  const waits = request.state === 'open' || request.state === 'returned'
  return (
    <div className="change-request">
      <StateReason
        address={`/api/change-requests/${id}`}
        reasonShows={reasonShows}
        onStated={() => void queries.invalidateQueries({ queryKey: ['change-request', id] })}
      />
      {waits && items.some((item) => item.outOfDate) ? (
        <p className="change-request-notice">{t('outOfDateLead')}</p>
      ) : null}
      <Conflicts request={request} />
      {items.length > 0 ? (
        <CompareTable request={request} />
      ) : (
        <p className="card change-request-hidden">{t('hiddenItems')}</p>
      )}
      <dl className="card change-request-why">
        <dt>{t('reason')}</dt>
        <dd>{reason}</dd>
        <dt>{t('evidence')}</dt>
        <dd>
          {t(`evidenceKinds.${evidenceKind}`)} · {evidence}
        </dd>
        <dt>{t('seenOn')}</dt>
        <dd>
          <Day day={seenOn} />
        </dd>
        <dt>{t('madeBy')}</dt>
        <dd>{mine ? t('me') : madeBy}</dd>
      </dl>
      <section className="card change-request-events" aria-labelledby="request-events">
        <h2 id="request-events">{t('events')}</h2>
        <ol>
          {request.events.map((event) => (
            <li key={`${event.at} ${event.kind}`}>
              <strong>{t(`event.${event.kind as 'asked'}`)}</strong>
              <span className="muted small">
                {event.by} · <Day day={event.at.slice(0, 10)} />
              </span>
              {event.because ? <p>{event.because}</p> : null}
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}
