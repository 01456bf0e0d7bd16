import { useTranslation } from 'react-i18next'
import type { Clock } from '../../api/views.ts'
import { Moment } from '../../ui/day.tsx'

type Event = Clock['events'][number]

/** Everything that happened to a clock, the latest first. */
export function ClockHistory({ events }: { events: readonly Event[] }) {
  const { t } = useTranslation('clocks')
  const text = useEventText()
  return (
    <details className="clock-history">
      <summary>{t('section.history', { count: events.length })}</summary>
      <ol>
        {events.map((event, place) => (
          <li key={`${event.at} ${place}`}>
            <span className="muted small">
              <Moment at={event.at} /> · {event.by ?? t('system')}
            </span>
            <span>{text(event)}</span>
          </li>
        ))}
      </ol>
    </details>
  )
}

function useEventText(): (event: Event) => string {
  const { t } = useTranslation('clocks')
  return (event) => {
    const { kind, mark, toName, level, skipped } = event
    const name = toName ?? ''
    if (mark !== null) {
      const levelName = level ? t(`level.${level}`) : ''
      const told =
        toName === null
          ? t(`event.nobody.${mark}`)
          : mark === 50
            ? t('event.reminded', { name })
            : t(`event.escalated.${mark}`, { level: levelName, name })
      const levels = skipped.map((one) => t(`level.${one}`)).join('、')
      return skipped.length > 0 ? `${told}（${t('event.skipped', { levels })}）` : told
    }
    if (kind === 'handed') return toName ? t('event.handed', { name }) : t('event.handedToNobody')
    if (kind === 'paused') return t('event.paused', { because: event.because ?? '' })
    if (kind === 'ended') return t(`event.ended.${endingOf(event.how)}`)
    if (kind === 'started' || kind === 'resumed' || kind === 'reopened') return t(`event.${kind}`)
    return t('event.unknown')
  }
}

function endingOf(how: string | null): 'handled' | 'closed' | 'withdrawn' {
  return how === 'closed' || how === 'withdrawn' ? how : 'handled'
}
