import { Link } from '@tanstack/react-router'
import { Button, Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Today, TodayStop } from '../../api/views.ts'
import { shortAreaName } from '../../ui/area-name.ts'
import { Day } from '../../ui/day.tsx'
import { Flags } from './flags.tsx'
import { useOutcomeText } from './outcome-text.ts'
import { ReasonLine } from './reason-line.tsx'
import type { Beginning } from './record-dialog.tsx'

interface StopItemProps {
  stop: TodayStop
  /** In the plan of the day, from 1. */
  place: number | null
  may: Today['may']
  planned: boolean
  onMark: (planned: boolean) => void
  onRecord: (beginning: Beginning) => void
}

const BEGINNINGS = {
  visit: { method: 'visit', outcome: 'met' },
  absent: { method: 'visit', outcome: 'nobody-home' },
  phone: { method: 'phone', outcome: 'met' },
} as const

/** One household to see or call: who, where, why today, what was said last, and what came of it in one tap. */
export function StopItem({ stop, place, may, planned, onMark, onRecord }: StopItemProps) {
  const { t } = useTranslation(['services', 'words'])
  const { householdId, head, size, registerNo, address, area, reasons, flags } = stop
  return (
    <li className="card today-stop">
      <div className="today-stop-head">
        {place === null ? null : <span className="today-place number">{place}</span>}
        <h2>
          <Link
            to="/households/$householdId"
            params={{ householdId: String(householdId) }}
            search={{ tab: 'services' }}
          >
            {head || registerNo}
          </Link>
        </h2>
        <span className="muted">{t('words:people', { count: size })}</span>
        <span className="today-where">
          {shortAreaName(area.name)} · {address}
        </span>
        <Flags flags={flags} />
      </div>
      <ul className="today-reasons">
        {reasons.map((reason) => (
          <ReasonLine key={reason.kind} reason={reason} />
        ))}
      </ul>
      <LastTime last={stop.last} />
      <div className="today-acts not-printed">
        {may.includes('record')
          ? (['visit', 'absent', 'phone'] as const).map((act) => (
              <Button
                key={act}
                type={act === 'visit' ? 'primary' : 'default'}
                aria-label={t(`stop.${act}Of`, { name: head || registerNo })}
                onClick={() => onRecord(BEGINNINGS[act])}
              >
                {t(`stop.${act}`)}
              </Button>
            ))
          : null}
        {may.includes('plan') ? (
          <Checkbox
            checked={planned}
            aria-label={t('today.planOf', { name: head || registerNo })}
            onChange={({ target }) => onMark(target.checked)}
          >
            {t('today.planned')}
          </Checkbox>
        ) : null}
      </div>
    </li>
  )
}

function LastTime({ last }: { last: TodayStop['last'] }) {
  const { t } = useTranslation('services')
  const outcomeText = useOutcomeText()
  if (!last) return <p className="muted small today-last">{t('stop.never')}</p>
  return (
    <p className="muted small today-last">
      {t('stop.last')} <Day day={last.on} relative /> · {t(`method.${last.method}`)} ·{' '}
      {outcomeText(last)} · {last.by}
      {last.said ? <> · {t('stop.said', { text: last.said })}</> : null}
      {last.seen ? <> · {t('stop.seen', { text: last.seen })}</> : null}
    </p>
  )
}
