import { addMonths, dayFromText, textFromDay } from '@qiao/rules'

/** How often a source delivers. 更新频率 */
type Cadence = 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'on-request'

/** How far its word goes against that of others. 可信程度 */
type Trust = 'authoritative' | 'corroborating' | 'reference'

/** What is agreed with a source; null: nobody has confirmed it. */
export type SourceTerms = Readonly<{
  owner: string | null
  legalBasis: string | null
  cadence: Cadence | null
  trust: Trust | null
  contact: string | null
}>

export const unconfirmed: SourceTerms = {
  owner: null,
  legalBasis: null,
  cadence: null,
  trust: null,
  contact: null,
}

const steps: Readonly<Record<Cadence, ((day: number) => number) | null>> = {
  daily: (day) => day + 1,
  weekly: (day) => day + 7,
  monthly: (day) => addMonths(day, 1),
  quarterly: (day) => addMonths(day, 3),
  yearly: (day) => addMonths(day, 12),
  'on-request': null,
}

/**
 * The day by which the next delivery is expected: one step of its cadence after the day of the facts it last delivered.
 *
 * @param last 'YYYY-MM-DD'; null where it has delivered nothing
 * @returns null where nothing is agreed, or nothing was delivered yet to count from
 */
export function dueOn(cadence: Cadence | null, last: string | null): string | null {
  const step = cadence === null ? null : steps[cadence]
  const day = last === null ? null : dayFromText(last)
  return step === null || day === null ? null : textFromDay(step(day))
}
