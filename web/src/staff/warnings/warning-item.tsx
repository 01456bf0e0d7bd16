import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { WarningRow } from '../../api/views.ts'
import { shortAreaName } from '../../ui/area-name.ts'
import { Chip } from '../../ui/chip.tsx'
import { TimeLeft } from '../clocks/time-left.tsx'
import { SeverityChip } from './severity-chip.tsx'

/** One warning of a list: how grave, whose, why, and what time is left. */
export function WarningItem({ row, bare = false }: { row: WarningRow; bare?: boolean }) {
  const { t } = useTranslation('warnings')
  const topic = t(`topic.${row.topic}`)
  return (
    <li className="warning-item">
      <p className="warning-head">
        <SeverityChip severity={row.severity} />
        <Link
          className="warning-link"
          to="/warnings/$warningId"
          params={{ warningId: String(row.id) }}
          aria-label={t('open', { head: row.head, topic })}
        >
          {bare ? topic : `${row.head} · ${topic}`}
        </Link>
        <Chip tone={row.state === 'raised' ? 'amber' : 'plain'}>{t(`step.${row.state}`)}</Chip>
        <WallChips row={row} />
      </p>
      <p className="warning-why">{row.why}</p>
      <p className="warning-foot muted small">
        <span>
          {bare ? null : `${row.registerNo} · ${shortAreaName(row.area.name)} · `}
          {t(`group.${row.group}`)} · {row.assignee?.name ?? t('unassigned')}
        </span>
        {row.clock ? (
          <span className="warning-clock">
            {t('column.left')} <TimeLeft clock={row.clock} />
          </span>
        ) : null}
      </p>
    </li>
  )
}

/** That only some may know of it, and that it must be reported. */
export function WallChips({ row }: { row: Pick<WarningRow, 'restricted' | 'mustReport'> }) {
  const { t } = useTranslation('warnings')
  return (
    <>
      {row.restricted ? (
        <span title={t('restrictedHint')}>
          <Chip tone="outline">{t('restricted')}</Chip>
        </span>
      ) : null}
      {row.mustReport ? <Chip tone="amber">{t('mustReport')}</Chip> : null}
    </>
  )
}
