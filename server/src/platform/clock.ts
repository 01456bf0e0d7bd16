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
