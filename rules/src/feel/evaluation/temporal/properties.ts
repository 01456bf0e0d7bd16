import Big from 'big.js'
import { ymdFromDay } from '../../../days.ts'
import { wholeTimes } from '../decimal.ts'
import { refuse } from '../refusal.ts'
import type { Months, Seconds, Temporal, Time, Value } from '../value.ts'
import { seconds as secondsDuration } from './arithmetic.ts'

/** A property such as `.year`; null where values of this kind have none of that name. */
export function propertyOf(value: Temporal, name: string): Value {
  switch (value.kind) {
    case 'date':
      return ofDay(value.day, name)
    case 'time':
      return ofClock(value, name)
    case 'date and time':
      return ofDay(value.day, name) ?? ofClock(value, name)
    case 'years and months duration':
      return ofMonths(value, name)
    case 'days and time duration':
      return ofSeconds(value, name)
  }
}

function ofDay(dayNumber: number, name: string): Value {
  const ymd = ymdFromDay(dayNumber)
  if (name === 'year' || name === 'month' || name === 'day') return new Big(ymd[name])
  return name === 'weekday' ? new Big(weekday(dayNumber)) : null
}

/** Monday is 1, Sunday 7. */
export function weekday(dayNumber: number): number {
  return ((((dayNumber + 3) % 7) + 7) % 7) + 1
}

function ofClock({ seconds, zone }: Pick<Time, 'seconds' | 'zone'>, name: string): Value {
  const whole = Number(seconds.round(0, 0))
  switch (name) {
    case 'hour':
      return new Big(Math.floor(whole / 3600))
    case 'minute':
      return new Big(Math.floor(whole / 60) % 60)
    case 'second':
      return seconds.mod(60)
    case 'timezone':
      return zone && 'id' in zone ? zone.id : null
    case 'time offset':
      if (zone && 'id' in zone) return refuse('以地名表示的时区，时差随日期而变')
      return zone && secondsDuration(new Big(zone.offset))
    default:
      return null
  }
}

function ofMonths({ months }: Months, name: string): Value {
  if (name === 'years') return wholeTimes(months, 12)
  return name === 'months' ? months.mod(12) : null
}

function ofSeconds({ seconds }: Seconds, name: string): Value {
  switch (name) {
    case 'days':
      return wholeTimes(seconds, 86_400)
    case 'hours':
      return wholeTimes(seconds.mod(86_400), 3600)
    case 'minutes':
      return wholeTimes(seconds.mod(3600), 60)
    case 'seconds':
      return seconds.mod(60)
    default:
      return null
  }
}
