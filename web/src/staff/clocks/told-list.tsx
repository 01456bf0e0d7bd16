import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ToldClock } from '../../api/views.ts'
import { shortAreaName } from '../../ui/area-name.ts'
import { Chip } from '../../ui/chip.tsx'
import { Moment } from '../../ui/day.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { ClockButton } from './clock-section.tsx'
import { MARKS } from './clock-history.tsx'
import { TimeLeft } from './time-left.tsx'
import { toldQuery } from './use-clocks.ts'

/** What one was reminded of or got from below, and what nobody has handled yet. */
export function ToldList() {
  const { t } = useTranslation('clocks')
  const { data, error, refetch } = useQuery(toldQuery)
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <LoadingState rows={4} />
  if (data.items.length === 0)
    return (
      <section className="card">
        <EmptyState title={t('told.title')} body={t('told.body')} />
      </section>
    )
  return (
    <>
      <p className="muted">{t('told.summary', { count: data.total })}</p>
      <ul className="clocks-list">
        {data.items.map((one) => (
          <ToldItem key={one.id} one={one} />
        ))}
      </ul>
    </>
  )
}

function ToldItem({ one }: { one: ToldClock }) {
  const { t } = useTranslation('clocks')
  const name = `${t(`kind.${one.kind}`)} · ${one.registerNo}`
  return (
    <li className="card clocks-item">
      <p className="clocks-head">
        {one.subject === 'lead' ? (
          <Link to="/leads" search={{ open: String(one.subjectId) }}>
            {name}
          </Link>
        ) : one.subject === 'warning' ? (
          <Link to="/warnings/$warningId" params={{ warningId: String(one.subjectId) }}>
            {name}
          </Link>
        ) : one.subject === 'case' ? (
          <Link to="/cases/$caseId" params={{ caseId: String(one.subjectId) }}>
            {name}
          </Link>
        ) : one.subject === 'relief' ? (
          <Link to="/reliefs/$reliefId" params={{ reliefId: String(one.subjectId) }}>
            {name}
          </Link>
        ) : (
          <Link
            to="/households/$householdId"
            params={{ householdId: String(one.householdId) }}
            search={one.subject === 'visit-due' ? { tab: 'services' } : {}}
          >
            {name}
          </Link>
        )}
        <Chip tone={one.mark === 50 ? 'outline' : 'amber'}>
          {t(`told.mark.${MARKS[one.mark]}`)}
        </Chip>
        <TimeLeft clock={one} />
        <ClockButton clock={one} of={name} />
      </p>
      <p className="muted small">
        {shortAreaName(one.areaName)} ·{' '}
        {one.owner ? t('section.owner', { name: one.owner }) : t('section.noOwner')} ·{' '}
        {t('told.at')} <Moment at={one.toldAt} />
      </p>
    </li>
  )
}
