import { Tooltip } from 'antd'
import { createContext, useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { daysBetween, momentText } from './days.ts'

/** The server's day (YYYY-MM-DD): in demonstration mode the machine's own clock is wrong. */
export const TodayContext = createContext('')

export function useToday(): string {
  return useContext(TodayContext)
}

function useRelativeDay(): (day: string) => string {
  const { t } = useTranslation()
  const today = useToday()
  return (day) => {
    const ago = daysBetween(day, today)
    if (ago === 0) return t('day.today')
    if (ago === 1) return t('day.yesterday')
    if (ago < 0) return t('day.inDays', { count: -ago })
    if (ago < 60) return t('day.daysAgo', { count: ago })
    if (ago < 730) return t('day.monthsAgo', { count: Math.floor(ago / 30.44) })
    return t('day.yearsAgo', { count: Math.floor(ago / 365.25) })
  }
}

/** A day as `2025-06-01`, or in lists as "3 天前" with the day on hover. */
export function Day({
  day,
  relative = false,
}: {
  day: string | null | undefined
  relative?: boolean
}) {
  const { t } = useTranslation()
  const relativeDay = useRelativeDay()
  if (!day) return <span className="muted">{t('day.none')}</span>
  const plain = day.slice(0, 10)
  if (!relative) {
    return (
      <time className="number" dateTime={plain}>
        {plain}
      </time>
    )
  }
  return (
    <Tooltip title={plain}>
      <time className="number" dateTime={plain}>
        {relativeDay(plain)}
      </time>
    </Tooltip>
  )
}

/** An instant as day and minute in Shanghai. */
export function Moment({ at }: { at: string | null | undefined }) {
  if (!at) return null
  return (
    <time className="number" dateTime={at}>
      {momentText(at)}
    </time>
  )
}
