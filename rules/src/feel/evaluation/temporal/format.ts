import type Big from 'big.js'
import { ymdFromDay } from '../../../days.ts'
import { wholeTimes } from '../decimal.ts'
import type { Months, Seconds, Temporal } from '../value.ts'
import { formatZone } from './zones.ts'

/** The text that `@"…"` would read back. */
export function formatTemporal(value: Temporal): string {
  switch (value.kind) {
    case 'date':
      return formatDay(value.day)
    case 'time':
      return formatClock(value.seconds) + formatZone(value.zone)
    case 'date and time':
      return `${formatDay(value.day)}T${formatClock(value.seconds)}${formatZone(value.zone)}`
    case 'years and months duration':
      return formatMonths(value)
    case 'days and time duration':
      return formatSeconds(value)
  }
}

function formatDay(dayNumber: number): string {
  const { year, month, day } = ymdFromDay(dayNumber)
  return `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}-${two(month)}-${two(day)}`
}

function formatClock(seconds: Big): string {
  const whole = Number(seconds.round(0, 0))
  const rest = seconds.minus(Math.floor(whole / 60) * 60).toFixed()
  return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${whole % 60 < 10 ? '0' : ''}${rest}`
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}

function formatMonths({ months }: Months): string {
  const all = months.abs()
  const years = wholeTimes(all, 12)
  const text = written([
    [years, 'Y'],
    [all.minus(years.times(12)), 'M'],
  ])
  return `${months.lt(0) ? '-' : ''}P${text || '0M'}`
}

function formatSeconds({ seconds }: Seconds): string {
  const all = seconds.abs()
  const [days, hours, minutes] = [
    wholeTimes(all, 86_400),
    wholeTimes(all.mod(86_400), 3600),
    wholeTimes(all.mod(3600), 60),
  ]
  const clock = written([
    [hours, 'H'],
    [minutes, 'M'],
    [all.mod(60), 'S'],
  ])
  const text = written([[days, 'D']]) + (clock && `T${clock}`)
  return `${seconds.lt(0) ? '-' : ''}P${text || 'T0S'}`
}

function written(parts: readonly (readonly [Big, string])[]): string {
  return parts.map(([n, letter]) => (n.eq(0) ? '' : n.toFixed() + letter)).join('')
}
