import { PrinterOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Relief } from '../../api/views.ts'
import { shortAreaName } from '../../ui/area-name.ts'
import { Day } from '../../ui/day.tsx'
import { Money } from '../../ui/money.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { ClockSection } from '../clocks/clock-section.tsx'
import { StateReason } from '../households/state-reason.tsx'
import { ReliefFacts } from './relief-facts.tsx'
import { ReliefState } from './relief-state.tsx'
import { Steps } from './steps.tsx'
import { reliefQuery } from './use-reliefs.ts'
import './reliefs.css'

/** One quick relief: what happened, what was seen, decided and explained, and what is next. */
export function ReliefPage() {
  const { t } = useTranslation(['reliefs', 'words'])
  const { reliefId } = useParams({ from: '/frame/reliefs/$reliefId' })
  const { data, error, refetch } = useQuery(reliefQuery(Number(reliefId)))
  return (
    <>
      <PageTitle
        title={
          <span className="relief-title">
            {t('heading', { id: reliefId })}
            {data ? <ReliefState state={data.state} /> : null}
          </span>
        }
        summary={data ? <Where relief={data} /> : null}
        back={<Link to="/reliefs">{t('back')}</Link>}
        action={
          data ? (
            <>
              <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
                {t('words:print')}
              </Button>
              <Steps key={data.version} relief={data} />
            </>
          ) : null
        }
      />
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={8} /> : null}
      {data ? <Whole relief={data} /> : null}
    </>
  )
}

function Where({ relief: { householdId, head, registerNo, areaName } }: { relief: Relief }) {
  return (
    <>
      <Link to="/households/$householdId" params={{ householdId: String(householdId) }}>
        {head} <span className="number">{registerNo}</span>
      </Link>{' '}
      {shortAreaName(areaName)}
    </>
  )
}

function Whole({ relief }: { relief: Relief }) {
  const queries = useQueryClient()
  return (
    <div className="relief">
      <StateReason
        address={`/api/reliefs/${relief.id}`}
        reasonShows={relief.reasonShows}
        onStated={() => void queries.invalidateQueries({ queryKey: ['relief', relief.id] })}
      />
      <Earlier relief={relief} />
      <ReliefFacts relief={relief} />
      {relief.clock ? (
        <div className="card relief-clock">
          <ClockSection clock={relief.clock} />
        </div>
      ) : null}
      <Events relief={relief} />
    </div>
  )
}

/** Double help is told of, never stopped. */
function Earlier({ relief: { earlier } }: { relief: Relief }) {
  const { t } = useTranslation('reliefs')
  if (earlier.length === 0) return null
  return (
    <div className="relief-notice">
      <p>{t('earlier', { count: earlier.length })}</p>
      <ul>
        {earlier.map(({ id, on, fen }) => (
          <li key={id}>
            <Link to="/reliefs/$reliefId" params={{ reliefId: String(id) }}>
              <Day day={on} />
            </Link>{' '}
            <Money fen={fen} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function Events({ relief: { events } }: { relief: Relief }) {
  const { t } = useTranslation('reliefs')
  return (
    <section className="card relief-events" aria-labelledby="relief-events">
      <h2 id="relief-events">{t('events')}</h2>
      <ol>
        {events.map((event, at) => (
          // Steps have no number of their own; none goes or changes its place.
          <li key={`${at} ${event.step}`}>
            <strong>{t(`event.${event.step as 'visit'}`)}</strong>
            <span className="muted small">
              {event.by} · <Day day={event.day} />
            </span>
            {event.text ? <p>{event.text}</p> : null}
          </li>
        ))}
      </ol>
    </section>
  )
}
