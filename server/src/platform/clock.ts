/** Where days come from: nothing in Qiao asks the machine which day it is. */
export type Clock = Readonly<{
  /** The day in Shanghai, 'YYYY-MM-DD', or the day that QIAO_TODAY names. */
  today: () => string
  now: () => Date
}>

const inShanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })

/** @param fixed the day every verdict is for, when it is not the real one */
export function makeClock(fixed: string | undefined): Clock {
  const now = () => new Date()
  return { now, today: () => fixed ?? inShanghai.format(now()) }
}

const day = 86_400_000
/** Shanghai is eight hours ahead all year. */
export const shanghaiAhead = 8 * 3_600_000

/**
 * The instant in the time of the installation, in milliseconds since 1970: its day, at the time of day that it is in
 * Shanghai. Where days stand still, a morning is followed by its own evening.
 */
export function instantOn(today: string, now = new Date()): number {
  return Date.parse(`${today}T00:00:00+08:00`) + ((now.getTime() + shanghaiAhead) % day)
}
