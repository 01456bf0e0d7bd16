import { useTranslation } from 'react-i18next'
import type { WorkdayYear } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { dayAfter } from '../../ui/days.ts'

type SpecialDay = WorkdayYear['days'][number]

interface MonthProps {
  year: number
  /** 1 to 12. */
  month: number
  special: ReadonlyMap<string, SpecialDay>
  /** Left out: the days are only shown. */
  onPick?: ((day: string) => void) | undefined
}

/** One month, Monday first; a day off or worked against its weekday says so in colour and in words. */
export function MonthGrid({ year, month, special, onPick }: MonthProps) {
  const { t } = useTranslation('workdays')
  const today = useToday()
  return (
    <section className="workdays-month">
      <h2>{t('month', { month })}</h2>
      <div className="workdays-grid">
        {Array.from(t('weekdays'), (letter, place) => (
          <span key={place} className="workdays-letter" aria-hidden="true">
            {letter}
          </span>
        ))}
        {daysOf(year, month).map((day, place) => (
          <MonthDay
            key={day}
            day={day}
            column={place === 0 ? weekdayOf(day) : undefined}
            special={special.get(day)}
            isToday={day === today}
            onPick={onPick}
          />
        ))}
      </div>
    </section>
  )
}

interface DayProps extends Pick<MonthProps, 'onPick'> {
  day: string
  /** Where the first of a month stands. */
  column: number | undefined
  special: SpecialDay | undefined
  isToday: boolean
}

function MonthDay({ day, column, special, isToday, onPick }: DayProps) {
  const { t } = useTranslation('workdays')
  const rests = weekdayOf(day) > 5
  const what = special
    ? [special.name, t(`kind.${special.kind}`)].filter(Boolean).join(' ')
    : t(rests ? 'ordinary.rest' : 'ordinary.work')
  const kind = special?.kind ?? (rests ? 'weekend' : 'work')
  const shared = {
    className: `workdays-day workdays-${kind}${isToday ? ' workdays-today' : ''}`,
    style: column === undefined ? {} : { gridColumnStart: column },
    title: what,
  }
  const number = Number(day.slice(8))
  if (!onPick)
    return (
      <time dateTime={day} {...shared}>
        {number}
        {special ? <span className="visually-hidden">{what}</span> : null}
      </time>
    )
  return (
    <button
      type="button"
      {...shared}
      aria-label={t('day', { month: Number(day.slice(5, 7)), day: number, what })}
      onClick={() => onPick(day)}
    >
      {number}
    </button>
  )
}

/** 1 Monday to 7 Sunday. */
function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7
}

function daysOf(year: number, month: number): string[] {
  const first = `${year}-${String(month).padStart(2, '0')}-01`
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return Array.from({ length }, (_, place) => dayAfter(first, place))
}
