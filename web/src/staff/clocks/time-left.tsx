import { useTranslation } from 'react-i18next'
import type { ClockStanding } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import './time-left.css'

/** How long something may still take, in words; what is half over or more stands out, by a sign as well as by colour. */
export function TimeLeft({ clock }: { clock: ClockStanding }) {
  const text = useTimeLeft(clock)
  const { t } = useTranslation('clocks')
  const title = clock.dueDay ? t('left.dueDay', { day: clock.dueDay }) : undefined
  const unsure = clock.certain ? null : (
    <span className="time-unsure" title={t('left.unsureHint')}>
      {t('left.unsure')}
    </span>
  )
  if (clock.urgency === 'calm')
    return (
      <span className="time-left muted" title={title}>
        {text} {unsure}
      </span>
    )
  const isOver = clock.urgency === 'overdue'
  return (
    <span className="time-left" title={title}>
      <Chip tone={isOver ? 'amber' : 'outline'}>
        <span aria-hidden="true">{isOver ? '! ' : '◔ '}</span>
        {text}
      </Chip>{' '}
      {unsure}
    </span>
  )
}

function useTimeLeft({ state, urgency, unit, left }: ClockStanding): string {
  const { t } = useTranslation('clocks')
  if (state === 'paused') return `‖ ${t('left.paused')}`
  if (state === 'ended') return t('left.ended')
  if (left === null || (urgency === 'overdue' && left === 0)) return t('left.over')
  if (left < 0) return t(`left.overBy.${unit}`, { count: -left })
  return left === 0 ? t('left.today') : t(`left.${unit}`, { count: left })
}
