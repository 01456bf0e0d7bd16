import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Warning } from '../../api/views.ts'
import { shortAreaName } from '../../ui/area-name.ts'
import { Chip } from '../../ui/chip.tsx'
import { Moment } from '../../ui/day.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { TimeLeft } from '../clocks/time-left.tsx'
import { StateReason } from '../households/state-reason.tsx'
import { SeverityChip } from './severity-chip.tsx'
import { warningQuery } from './use-warnings.ts'
import { WarningEvents } from './warning-events.tsx'
import { WarningEvidence } from './warning-evidence.tsx'
import { WallChips } from './warning-item.tsx'
import { WarningProgress } from './warning-progress.tsx'
import { WarningSteps } from './warning-steps.tsx'
import './warning-page.css'
import './warnings.css'

/** One warning: what it rests on, what is to be done next, and what was done. */
export function WarningPage() {
  const { warningId } = useParams({ from: '/frame/warnings/$warningId' })
  const id = Number(warningId) || 0
  const { data, error, refetch } = useQuery(warningQuery(id))
  const queries = useQueryClient()
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <LoadingState rows={10} />
  return (
    <>
      <Title warning={data} />
      <StateReason
        address={`/api/warnings/${data.id}`}
        reasonShows={data.reasonShows}
        onStated={() => void queries.invalidateQueries({ queryKey: ['warning', data.id] })}
      />
      <WarningProgress warning={data} />
      <div className="warning-columns">
        <div className="warning-column">
          <WarningSteps warning={data} />
          <WarningEvidence warning={data} />
        </div>
        <div className="warning-column">
          <Facts warning={data} />
          <WarningEvents warning={data} />
        </div>
      </div>
    </>
  )
}

function Title({ warning }: { warning: Warning }) {
  const { t } = useTranslation('warnings')
  return (
    <PageTitle
      back={<Link to="/warnings">{t('page.back')}</Link>}
      title={
        <span className="warning-title">
          {warning.head} · {t(`topic.${warning.topic}`)}
          <SeverityChip severity={warning.severity} />
          <WallChips row={warning} />
        </span>
      }
      summary={warning.why}
      action={
        <Link to="/households/$householdId" params={{ householdId: String(warning.householdId) }}>
          {t('page.household')}
        </Link>
      }
    />
  )
}

function Facts({ warning }: { warning: Warning }) {
  const { t } = useTranslation('warnings')
  const { report, outcome, disposal, leadId, clocks, named } = warning
  return (
    <section className="card warning-part">
      <dl className="warning-facts">
        <dt>{t('page.since')}</dt>
        <dd>
          <Moment at={warning.since} />
        </dd>
        <dt>{t('page.area')}</dt>
        <dd>
          {shortAreaName(warning.area.name)} <span className="muted">{warning.registerNo}</span>
        </dd>
        <dt>{t('page.group')}</dt>
        <dd>{t(`group.${warning.group}`)}</dd>
        <dt>{t('page.assignee')}</dt>
        <dd>{warning.assignee?.name ?? t('unassigned')}</dd>
        <dt>{t('page.clocks')}</dt>
        <dd>
          {clocks.length === 0 ? <span className="muted">{t('page.noClocks')}</span> : null}
          <ClockList warning={warning} />
        </dd>
        {leadId ? (
          <>
            <dt>{t('page.lead')}</dt>
            <dd>
              <Link to="/leads" search={{ open: String(leadId) }}>
                {leadId}
              </Link>
            </dd>
          </>
        ) : null}
        {outcome ? (
          <>
            <dt>{t('page.outcome')}</dt>
            <dd>{t(`outcome.${outcome}`)}</dd>
          </>
        ) : null}
        {disposal ? (
          <>
            <dt>{t('page.disposal')}</dt>
            <dd>{t(`disposal.${disposal}`)}</dd>
          </>
        ) : null}
        {report ? (
          <>
            <dt>{t('page.reportTitle')}</dt>
            <dd>
              {t('page.report', {
                to: t(`authority.${report.to}`),
                at: momentOf(report.at),
                receipt: report.receipt,
              })}
            </dd>
          </>
        ) : null}
        {named.length > 0 ? (
          <>
            <dt>{t('page.named')}</dt>
            <dd>
              {named.map(({ id, name }) => (
                <Chip key={id}>{name}</Chip>
              ))}
            </dd>
          </>
        ) : null}
      </dl>
      {warning.closedOn ? (
        <p className="muted">
          {t('page.closed', { day: warning.closedOn, until: warning.coolsUntil ?? '' })}
        </p>
      ) : null}
    </section>
  )
}

function ClockList({ warning: { clocks } }: { warning: Warning }) {
  const { t } = useTranslation('clocks')
  return (
    <ul className="warning-clocks">
      {clocks.map((clock) => (
        <li key={clock.id}>
          {t(`kind.${clock.kind}`)} <TimeLeft clock={clock} />
        </li>
      ))}
    </ul>
  )
}

/** As day and minute in Shanghai, within a sentence. */
function momentOf(at: string): string {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(new Date(at))
}
