import type { Pack, Parameter, ParameterRow } from '@qiao/rules'
import { parameterScale } from '@qiao/rules'
import type { CasesOfProgramme } from './case-files.ts'
import type { ExampleHouseholds, PolicyCase } from './cases.ts'
import { dayOf, differences } from './cases.ts'

type Context = Readonly<{ pack: Pack; cases: readonly PolicyCase[]; examples: ExampleHouseholds }>

/**
 * Figures of a parameter that no case holds fast, as `parameter from …`.
 *
 * A figure is held if a case on its first day, and one on its last, would notice the smallest change,
 * and cases notice a change upwards and one downwards. The day after a figure's known end needs a case
 * that says so and, after the last figure, what that figure would have said.
 */
export function loose(
  parameter: Parameter,
  pack: Pack,
  programmes: readonly CasesOfProgramme[],
  examples: ExampleHouseholds,
): string[] {
  if (parameter.shownOnly !== undefined) return []
  const readers = readersOf(pack, parameter)
  if (readers.size === 0) return [`${parameter.id} is read by no condition and no amount`]
  const cases = programmes
    .flatMap((one) => one.cases)
    .filter((one) => one.expect.some(({ programme }) => readers.has(programme)))
    // a day is compiled once for all its cases
    .sort((a, b) => (dayOf(a) < dayOf(b) ? -1 : 1))
  const context = { pack, cases, examples }
  return parameter.rows
    .flatMap((row, i) => [
      ...looseRow(parameter, row, context),
      ...(isClosed(parameter, i) ? [] : looseEnd(row, parameter.rows[i + 1], context)),
    ])
    .map((text) => `${parameter.id} ${text}`)
}

/** Programmes whose conditions or amounts read the parameter. */
function readersOf(pack: Pack, parameter: Parameter): Set<string> {
  const index = pack.parameters.findIndex(({ id }) => id === parameter.id)
  const readers = pack.program.targets.filter(({ conditions, tiers }) => {
    const amounts = tiers.flatMap(({ amount }) => (amount.kind === 'computed' ? [amount] : []))
    return [...conditions, ...amounts].some(({ reads }) => reads.parameters.includes(index))
  })
  return new Set(readers.map(({ programme }) => pack.programmes[programme]?.id ?? ''))
}

function looseRow(parameter: Parameter, row: ParameterRow, context: Context): string[] {
  const { knownUntil, from } = row
  const during = context.cases.filter((one) => {
    const day = dayOf(one)
    return day >= from && (knownUntil === null || day <= knownUntil)
  })
  const step = 1 / 10 ** parameterScale(parameter)
  const [up, down] = [step, -step].map((by) => isPossible(parameter, Number(row.value) + by))
  const notice = (one: PolicyCase, by: number): boolean => {
    const changed = { [parameter.id]: Number((Number(row.value) + by).toFixed(4)) }
    return differences(context.pack, one, context.examples, changed).length > 0
  }
  const on = (day: string): PolicyCase[] => during.filter((one) => dayOf(one) === day)
  const held = (day: string): boolean =>
    on(day).some((one) => (up && notice(one, step)) || (down && notice(one, -step)))
  const name = `from ${from}`
  return [
    ...(held(from) ? [] : [`${name}: first day`]),
    ...(knownUntil === null || held(knownUntil) ? [] : [`${name}: last day ${knownUntil}`]),
    ...(!up || during.some((one) => notice(one, step)) ? [] : [`${name}: a little more`]),
    ...(!down || during.some((one) => notice(one, -step)) ? [] : [`${name}: a little less`]),
  ]
}

/** A figure at the end of its range cannot be further out by mistake: the engine refuses that. */
function isPossible({ range: [lo, hi] }: Parameter, value: number): boolean {
  return (lo === null || value >= Number(lo)) && (hi === null || value <= Number(hi))
}

/** Whether the row is the last there will ever be. */
function isClosed({ closed, rows }: Parameter, row: number): boolean {
  return closed !== undefined && row === rows.length - 1
}

/** After a known end that no next figure follows at once, a case must say what is missing. */
function looseEnd(row: ParameterRow, next: ParameterRow | undefined, context: Context): string[] {
  if (row.knownUntil === null) return []
  const after = dayAfter(row.knownUntil)
  if (next && next.from <= after) return []
  const said = context.cases
    .filter((one) => dayOf(one) === after)
    .flatMap((one) => one.expect)
    .some(({ reasons = [], provisional }) =>
      next ? reasons.includes('parameter-missing') : provisional !== undefined,
    )
  return said ? [] : [`after ${row.knownUntil}: ${next ? 'missing' : 'expired'}`]
}

function dayAfter(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + 1)
  return date.toISOString().slice(0, 10)
}
