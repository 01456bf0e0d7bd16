import Big from 'big.js'
import { wholeTimes } from '../decimal.ts'
import { refuse } from '../refusal.ts'
import type { Zone } from '../value.ts'

/** Days and their seconds as one number: seconds since 1970-01-01T00:00:00 of the same place. */
export function secondsOf(at: Readonly<{ day: number; seconds: Big }>): Big {
  return new Big(at.day).times(86_400).plus(at.seconds)
}

/** The day and the seconds into it. */
export function daysAndSeconds(total: Big): { day: number; seconds: Big } {
  const cut = wholeTimes(total, 86_400)
  const day = cut.times(86_400).gt(total) ? cut.minus(1) : cut
  return { day: Number(day), seconds: total.minus(day.times(86_400)) }
}

/** `Z`, `+08:00`, `-05:30:15` or `@Asia/Shanghai`; undefined where it is none of these. */
export function parseZone(text: string): Zone | undefined {
  if (text === 'Z') return { offset: 0 }
  if (text.startsWith('@')) return isZoneName(text.slice(1)) ? { id: text.slice(1) } : undefined
  const match = /^([+-])(\d\d):([0-5]\d)(?::([0-5]\d))?$/.exec(text)
  if (!match) return undefined
  const [, sign, hours, minutes, seconds] = match
  const offset = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0)
  return offset > MAX_OFFSET ? undefined : { offset: sign === '-' && offset > 0 ? -offset : offset }
}

/** Farthest a zone may lie from Greenwich, in seconds. */
export const MAX_OFFSET = 18 * 3600

function isZoneName(id: string): boolean {
  return /^[A-Za-z][\w/+-]*$/.test(id) && formatter(id) !== null
}

/** A zone as it stands after a time: `Z`, `+08:00`, `@Asia/Shanghai`, or nothing. */
export function formatZone(zone: Zone | null): string {
  if (zone === null) return ''
  if ('id' in zone) return `@${zone.id}`
  if (zone.offset === 0) return 'Z'
  const all = Math.abs(zone.offset)
  const parts = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60]
  if (parts[2] === 0) parts.pop()
  return (zone.offset < 0 ? '-' : '+') + parts.map((n) => String(n).padStart(2, '0')).join(':')
}

/** Whether both say the same zone, or neither says one. */
export function isSameZone(a: Zone | null, b: Zone | null): boolean {
  return formatZone(a) === formatZone(b)
}

/** Seconds since 1970 in Greenwich of what the clocks of `zone` show as `local`. */
export function instantOf(local: Big, zone: Zone): Big {
  if ('offset' in zone) return local.minus(zone.offset)
  const near = local.minus(offsetAt(local, zone.id))
  return local.minus(offsetAt(near, zone.id))
}

/** What the clocks of `zone` show at an instant, as seconds. */
export function localOf(instant: Big, zone: Zone): Big {
  return instant.plus('offset' in zone ? zone.offset : offsetAt(instant, zone.id))
}

/** JavaScript's dates reach so many seconds from 1970. */
const FARTHEST = 8.64e12

function offsetAt(instant: Big, id: string): number {
  const seconds = Number(instant)
  if (Math.abs(seconds) > FARTHEST) refuse(`离今天太远，不知道 ${id} 的时差`)
  const parts = formatter(id)?.formatToParts(new Date(Math.floor(seconds) * 1000))
  const name = parts?.find((part) => part.type === 'timeZoneName')?.value ?? ''
  const zone = name === 'GMT' ? { offset: 0 } : parseZone(name.replace('GMT', ''))
  return zone && 'offset' in zone ? zone.offset : refuse(`不知道 ${id} 的时差`)
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(timeZone: string): Intl.DateTimeFormat | null {
  const known = formatters.get(timeZone)
  if (known) return known
  try {
    const made = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    formatters.set(timeZone, made)
    return made
  } catch {
    return null
  }
}
