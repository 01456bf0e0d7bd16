/**
 * A session of a course for advisors: before duty, or of the yearly hours. 培训
 *
 * How many hours are wanted no document says that was found (待核); what was attended is counted and shown.
 */

/** What is stated of a session; a change states all of it anew. */
export type TrainingContent = Readonly<{
  areaId: string
  course: string
  kind: 'before-duty' | 'yearly'
  onDay: string
  minutes: number
  place: string
  /** Staff who were there, for all of it. */
  attendees: readonly string[]
}>

/** Minutes attended by year, the latest first. */
export function minutesByYear(
  sessions: readonly Pick<TrainingContent, 'onDay' | 'minutes'>[],
): { year: number; minutes: number }[] {
  const years = new Map<number, number>()
  for (const { onDay, minutes } of sessions) {
    const year = Number(onDay.slice(0, 4))
    years.set(year, (years.get(year) ?? 0) + minutes)
  }
  return [...years]
    .map(([year, minutes]) => ({ year, minutes }))
    .toSorted((a, b) => b.year - a.year)
}
