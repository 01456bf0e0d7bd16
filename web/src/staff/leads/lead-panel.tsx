import { DownOutlined, UpOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import { leadQuery } from '../../api/lead.ts'
import type { Lead, LeadRow } from '../../api/views.ts'
import { Advice } from '../../ui/advice.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Day } from '../../ui/day.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { ClockSection } from '../clocks/clock-section.tsx'
import { TimeLeft } from '../clocks/time-left.tsx'
import { LeadEvents } from './lead-events.tsx'
import { LeadLineCard } from './lead-line-card.tsx'
import './lead-panel.css'

interface LeadPanelProps {
  id: string | undefined
  items: readonly LeadRow[]
  onOpen: (id: number | undefined) => void
}

/** One lead beside the list: who, what is missing, why, and what came of it. */
export function LeadPanel({ id, items, onOpen }: LeadPanelProps) {
  const { t } = useTranslation(['leads', 'words'])
  const query = useQuery({ ...leadQuery(id ?? '0'), enabled: id !== undefined })
  const at = items.findIndex((lead) => String(lead.id) === id)
  const lead = query.data
  return (
    <Drawer
      open={id !== undefined}
      onClose={() => onOpen(undefined)}
      size={520}
      mask={{ enabled: false }}
      rootClassName="lead-panel"
      title={lead ? `${lead.head} · ${t('words:people', { count: lead.size })}` : t('panel.title')}
      extra={
        <>
          <Button
            type="text"
            icon={<UpOutlined />}
            aria-label={t('panel.previousLead')}
            disabled={at <= 0}
            onClick={() => onOpen(items[at - 1]?.id)}
          />
          <Button
            type="text"
            icon={<DownOutlined />}
            aria-label={t('panel.nextLead')}
            disabled={at < 0 || at >= items.length - 1}
            onClick={() => onOpen(items[at + 1]?.id)}
          />
        </>
      }
    >
      {query.error ? <ErrorState error={query.error} retry={() => void query.refetch()} /> : null}
      {query.isPending && id ? <LoadingState /> : null}
      {lead ? <LeadInShort lead={lead} /> : null}
    </Drawer>
  )
}

function LeadInShort({ lead }: { lead: Lead }) {
  const { t } = useTranslation(['leads', 'words'])
  return (
    <div className="lead-short">
      {lead.clinical ? (
        <p className="lead-clinical-note" role="note">
          <Chip tone="outline">{t('clinical.chip')}</Chip> {t('clinical.why')}
        </p>
      ) : null}
      <dl className="lead-facts">
        <dt>{t('column.area')}</dt>
        <dd>
          {lead.area.township ? `${lead.area.township} ` : null}
          {lead.area.name}
        </dd>
        <dt>{t('panel.assignee')}</dt>
        <dd>{lead.assignee?.name ?? t('unassigned')}</dd>
        <dt>{t('column.since')}</dt>
        <dd>
          <Day day={lead.since} relative />
          {lead.snoozedUntil ? ` · ${t('panel.snoozed', { day: lead.snoozedUntil })}` : null}
        </dd>
        {lead.clock ? (
          <>
            <dt>{t('filter.due')}</dt>
            <dd>
              <TimeLeft clock={lead.clock} />
            </dd>
          </>
        ) : null}
        <dt>{t('panel.why')}</dt>
        <dd>{lead.why}</dd>
      </dl>
      <Link
        to="/households/$householdId"
        params={{ householdId: String(lead.householdId) }}
        className="lead-household-link"
      >
        {t('panel.household')} <span aria-hidden="true">→</span>
      </Link>
      <section>
        <h2>{t('panel.missing')}</h2>
        <Advice />
        {lead.lines.map((line) => (
          <LeadLineCard key={line.id} lead={lead} line={line} />
        ))}
      </section>
      {lead.clock ? <ClockSection clock={lead.clock} /> : null}
      <LeadEvents lead={lead} />
    </div>
  )
}
