import { addMonths, dayFromText, type Fact, textFromDay } from '@qiao/rules'
import { trustOrder, type WordKind } from '../households/trust.ts'

/** How often a source delivers. 更新频率 */
type Cadence = 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly' | 'on-request'

/** How far data is shared, as the catalogue says: with everybody, on conditions, not at all. 共享类型 */
type SharingClass = 'unconditional' | 'conditional' | 'withheld'

/** How data is handed over. 共享方式 */
export type SharingMethod = 'interface' | 'table' | 'file' | 'lookup' | 'other'

/** Grade of data by what harm its loss does (数据安全法第二十一条). 数据分级 */
type Grade = 'general' | 'important' | 'core'

/** What is agreed with a source; null: nobody has confirmed it. */
export type SourceTerms = Readonly<{
  owner: string | null
  legalBasis: string | null
  cadence: Cadence | null
  contact: string | null
  sharing: SharingClass | null
  method: SharingMethod | null
  grade: Grade | null
}>

export const unconfirmed: SourceTerms = {
  owner: null,
  legalBasis: null,
  cadence: null,
  contact: null,
  sharing: null,
  method: null,
  grade: null,
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

/**
 * How far a source's word goes, which the order of trust says and nothing else: those of its facts of which another kind
 * of source goes first. 可信程度
 *
 * @param stated orders that a data steward set, by fact
 */
export function behindOthers(
  facts: readonly Fact[],
  stated: ReadonlyMap<string, readonly WordKind[]>,
): readonly Fact[] {
  return facts.filter((fact) => (stated.get(fact.id) ?? trustOrder(fact))[0] !== 'owner')
}
