import type { Alone } from './district/alone.ts'
import { measuredAlone } from './measured-alone.ts'
import type { Finding } from './measure.ts'

/**
 * How long does a whole district take from PostgreSQL to PostgreSQL, with as many workers as there are
 * cores: the first time, without changes, after changes? Beside it a bare COPY of the same rows.
 */
export async function benchDistrict(residents: number): Promise<Finding[]> {
  const found = await measuredAlone<Alone>(residents, './district/alone.ts')
  const { households, first, again, onePercent, delivery, single, floor } = found
  const whole = residents === 1_271_424
  const finding = (question: string, value: string, limit = '', holds = true): Finding => ({
    question: `${residents.toLocaleString('en')} residents: ${question}`,
    value,
    limit: whole ? limit : '',
    holds: !whole || holds,
  })
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
  const named = (n: number) => n.toLocaleString('en')
  const perSecond = (n: number, ms: number) => Math.round((n / ms) * 1000)
  const rate = perSecond(delivery.households, delivery.ms)
  return [
    finding(
      'first run, rows to leads',
      `${seconds(first.ms)}, ${named(first.written)} rows written`,
      '≤ 120 s',
      first.ms <= 120_000,
    ),
    finding(
      'full pass without changes',
      `${seconds(again.ms)}, ${again.written} written`,
      '≤ 90 s',
      again.ms <= 90_000 && again.written === 0,
    ),
    finding(
      `after 1 % of ${named(households)} households changed`,
      `${seconds(onePercent.ms)} for ${named(onePercent.households)} (median of 3)`,
      '≤ 5 s',
      onePercent.ms <= 5000,
    ),
    finding(
      'a delivery of changes, written and marked',
      `${named(perSecond(delivery.households, delivery.writing))} households/s, ${named(delivery.households)} at once`,
    ),
    finding(
      'a delivery of changes, every household of it answered otherwise than before',
      `${named(rate)} households/s, ${named(delivery.households)} at once`,
      '≥ 10,000/s',
      rate >= 10_000,
    ),
    finding(
      'one household, from the commit of its change to the commit of its answers',
      `${Math.round(single)} ms (median of 7)`,
      '≤ 1 s',
      single <= 1000,
    ),
    finding(
      'floor: COPY of the same rows, wide rows out, answers in',
      `${seconds(floor)}, ${(first.ms / floor).toFixed(1)} × less than the first run`,
    ),
    finding(
      'greatest memory of the process with its workers',
      `${Math.round(found.memory)} MB, and ${Math.round(found.postgres)} MB of PostgreSQL`,
      '≤ 3000 MB',
      found.memory + found.postgres <= 3000,
    ),
  ]
}
