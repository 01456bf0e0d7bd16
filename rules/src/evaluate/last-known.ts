import type { Target } from '../ir.ts'
import { compileSteps } from './code/compile-steps.ts'
import { type DayOptions, type DayProgram, dayProgram, itemsOf } from './day-program.ts'
import { dependentsOf } from './dependents.ts'
import type { Step } from './frame.ts'

/** What the last known figures alter. */
type Part = Readonly<{ last: DayProgram; steps: readonly Step[] }>

const parts = new WeakMap<DayProgram, Part>()

/**
 * The same household on the same day with expired figures at their last known value. Only what
 * reads those is worked out again.
 *
 * @param day evaluated for the household
 */
export function withLastKnown(day: DayProgram, members: number, options: DayOptions): DayProgram {
  const last = dayProgram(day.pack, day.on, { ...options, lastKnown: true })
  const { steps } = partOf(day, last)
  const { firstHousehold, firstPerson, persons, lo, hi, nul, given } = day.frame
  const end = firstPerson + members * persons
  last.frame.lo.set(lo.subarray(firstHousehold, end), firstHousehold)
  last.frame.hi.set(hi.subarray(firstHousehold, end), firstHousehold)
  last.frame.nul.set(nul.subarray(firstHousehold, end), firstHousehold)
  last.frame.given.set(given.subarray(firstHousehold, end), firstHousehold)
  last.verdicts.all.set(day.verdicts.all)
  for (const step of steps) step(members)
  return last
}

function partOf(day: DayProgram, last: DayProgram): Part {
  const found = parts.get(day)
  if (found?.last === last) return found
  const made = { last, steps: stepsFor(day, last) }
  parts.set(day, made)
  return made
}

function stepsFor(day: DayProgram, last: DayProgram): readonly Step[] {
  const { program } = last.pack
  const [before, after] = [day.frame, last.frame]
  const { nodes, targets } = dependentsOf(program, ({ id, entity }) => {
    const at = before.at(id)
    const isSame =
      before.lo[at] === after.lo[at] &&
      before.hi[at] === after.hi[at] &&
      before.nul[at] === after.nul[at]
    return entity === 'day' && !isSame ? 'itself' : 'no'
  })
  const rows = nodes.flatMap((id) => program.nodes[id] ?? []).filter((n) => n.entity !== 'day')
  const reached = new Set(rows.map(({ id }) => id))
  const isReached = ({ index, conditions }: Target): boolean =>
    targets.has(index) || conditions.some(({ pendingRoot }) => reached.has(pendingRoot))
  return compileSteps({ ...last, program }, itemsOf(rows, program.targets.filter(isReached)))
}
