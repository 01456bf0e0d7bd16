import { PrinterOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Case } from '../../api/views.ts'
import { shortAreaName } from '../../ui/area-name.ts'
import { Day } from '../../ui/day.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { ClockSection } from '../clocks/clock-section.tsx'
import { StateReason } from '../households/state-reason.tsx'
import { CaseState } from './case-state.tsx'
import { Goals } from './goals.tsx'
import { Handover } from './handover.tsx'
import { Steps } from './steps.tsx'
import { caseQuery } from './use-cases.ts'
import './cases.css'

/** One case: its plan with goals for the household and each member, what it still lacks, and what was done. */
export function CasePage() {
  const { t } = useTranslation(['cases', 'words'])
  const { caseId } = useParams({ from: '/frame/cases/$caseId' })
  const { data, error, refetch } = useQuery(caseQuery(Number(caseId)))
  return (
    <div className="case-page">
      <PageTitle
        title={
          <span className="case-title">
            {data ? t('heading', { name: data.head }) : t('title')}
            {data ? <CaseState state={data.state} urgent={data.urgent} /> : null}
          </span>
        }
        summary={data ? <Where one={data} /> : null}
        back={<Link to="/cases">{t('back')}</Link>}
        action={
          data ? (
            <>
              <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
                {t('words:print')}
              </Button>
              <Steps key={data.version} one={data} />
            </>
          ) : null
        }
      />
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={8} /> : null}
      {data ? <Whole one={data} /> : null}
    </div>
  )
}

function Where({ one }: { one: Case }) {
  const { t } = useTranslation('cases')
  return (
    <>
      <Link to="/households/$householdId" params={{ householdId: String(one.householdId) }}>
        <span className="number">{one.registerNo}</span>
      </Link>{' '}
      {shortAreaName(one.areaName)} · {t(`cause.${one.cause}`)} · {t('openedOn')}{' '}
      <Day day={one.openedOn} /> · {t('ownerIs', { name: one.owner.name })}
    </>
  )
}

function Whole({ one }: { one: Case }) {
  const queries = useQueryClient()
  return (
    <div className="case">
      <StateReason
        address={`/api/cases/${one.id}`}
        reasonShows={one.reasonShows}
        onStated={() => void queries.invalidateQueries({ queryKey: ['case', one.id] })}
      />
      <Handover one={one} />
      <Needs one={one} />
      <Goals key={one.version} one={one} />
      <Agreed one={one} />
      {one.clock ? (
        <div className="card case-clock">
          <ClockSection clock={one.clock} />
        </div>
      ) : null}
      <Events one={one} />
    </div>
  )
}

/** Needs that no goal answers yet: what the plan still has to say. */
function Needs({ one: { needs } }: { one: Case }) {
  const { t } = useTranslation('cases')
  const left = needs.filter(({ planned }) => !planned)
  if (left.length === 0) return null
  return (
    <section className="case-notice" aria-labelledby="case-needs">
      <h2 id="case-needs">{t('needsLeft', { count: left.length })}</h2>
      <ul>
        {left.map((need) => (
          <li key={need.id}>
            {t(`dimension.${need.dimension as 'health'}`)}：{need.outcome}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Agreed({ one }: { one: Case }) {
  const { t } = useTranslation('cases')
  const { agreedHow, agreedOn, closingReason, householdWord, closedOn } = one
  return (
    <>
      {agreedHow || closingReason ? (
        <dl className="card case-facts">
          {agreedHow && agreedOn ? (
            <>
              <dt>{t('agreed')}</dt>
              <dd>
                {t(`agreedHow.${agreedHow}`)} · <Day day={agreedOn} />
              </dd>
            </>
          ) : null}
          {closingReason ? (
            <>
              <dt>{t('closingReason')}</dt>
              <dd>
                {t(`reason.${closingReason}`)}
                {closedOn ? (
                  <>
                    {' '}
                    · <Day day={closedOn} />
                  </>
                ) : null}
              </dd>
            </>
          ) : null}
          {householdWord ? (
            <>
              <dt>{t('householdWord')}</dt>
              <dd>{householdWord}</dd>
            </>
          ) : null}
        </dl>
      ) : null}
      <div className="case-signatures">
        <span>{t('signature.household')}</span>
        <span>{t('signature.worker')}</span>
        <span>{t('signature.official')}</span>
      </div>
    </>
  )
}

function Events({ one: { events } }: { one: Case }) {
  const { t } = useTranslation('cases')
  return (
    <section className="card case-events" aria-labelledby="case-events">
      <h2 id="case-events">{t('events')}</h2>
      <ol>
        {events.map((event, at) => (
          // Steps have no number of their own; none goes or changes its place.
          <li key={`${at} ${event.step}`}>
            <strong>{t(`event.${event.step as 'open'}`)}</strong>
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
