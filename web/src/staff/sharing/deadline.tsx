import { Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Sharing } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'

type Deadline = NonNullable<Sharing['deadline']>

/** Until when, and how much of it is left; a day that was counted without a calendar is marked. */
export function DeadlineText({ deadline }: { deadline: Deadline }) {
  const { t } = useTranslation('sharing')
  const { what, due, overdue, certain } = deadline
  return (
    <span className="sharing-deadline">
      <span className="number">{t('deadline.due', { what: t(`deadline.${what}`), day: due })}</span>
      <Chip tone={overdue ? 'amber' : 'plain'}>
        <LeftText deadline={deadline} />
      </Chip>
      {certain ? null : (
        <Tooltip title={t('deadline.uncertainHint')}>
          <span>
            <Chip tone="outline">{t('deadline.uncertain')}</Chip>
          </span>
        </Tooltip>
      )}
    </span>
  )
}

function LeftText({ deadline: { what, left, overdue } }: { deadline: Deadline }) {
  const { t } = useTranslation('sharing')
  const inDays = what === 'destruction'
  // A day that fell on a weekend may be over before a working day has gone by.
  if (overdue && left === 0) return t('deadline.overdueToday')
  if (left === 0) return t('deadline.today')
  if (overdue) return t(inDays ? 'deadline.overdueDays' : 'deadline.overdue', { count: -left })
  return t(inDays ? 'deadline.leftDays' : 'deadline.left', { count: left })
}
