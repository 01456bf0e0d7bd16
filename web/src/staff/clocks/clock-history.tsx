import { useTranslation } from 'react-i18next'
import type { Clock } from '../../api/views.ts'
import { Moment } from '../../ui/day.tsx'

/** Half of the limit, all of it, and half as long again. */
export const MARKS = { 50: 'half', 100: 'full', 150: 'beyond' } as const

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
  const toldText = ({ mark, toName: name, level }: Event): string => {
    const how = MARKS[mark ?? 50]
    if (name === null) return t(`event.nobody.${how}`)
    if (how === 'half') return t('event.reminded', { name })
    return t(`event.escalated.${how}`, { level: level ? t(`level.${level}`) : '', name })
  }
  return (event) => {
    const { kind, mark, toName, skipped } = event
    const name = toName ?? ''
    if (mark !== null) {
      const told = toldText(event)
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
