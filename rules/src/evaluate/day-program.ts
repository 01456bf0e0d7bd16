import { booleanStep } from './booleans.ts'
import { choiceStep } from './choices.ts'
import { memberStep } from './members.ts'
import { numberStep } from './numbers.ts'
import { dayFromText } from '../days.ts'
import type { Step } from './frame.ts'
import { Frame } from './frame.ts'
import type { Node } from '../ir.ts'
import type { Decimal, Pack } from '../pack.ts'
import type { ParameterValue } from '../parameters.ts'
import { parametersOn } from '../parameters.ts'
import type { Verdicts } from './verdicts.ts'
import { decideStep, emptyVerdicts } from './verdicts.ts'

/** How the parameters of a day are taken: see {@link parametersOn}. */
export type DayOptions = Readonly<{
  parameterValues?: Readonly<Record<string, Decimal>>
  lastKnown?: boolean
}>

/**
 * A pack made ready for one day: parameters resolved, day nodes evaluated once, every other node a
 * closure. Load facts into `frame`, call {@link evaluate}, read `frame` and `verdicts`.
 */
export type DayProgram = Readonly<{
  pack: Pack
  on: string
  day: number
  parameters: readonly ParameterValue[]
  frame: Frame
  verdicts: Verdicts
  steps: readonly Step[]
}>

/** Compiles a pack for a day. Takes milliseconds; {@link dayProgram} keeps the last few. */
export function compileDay(pack: Pack, on: string, options: DayOptions): DayProgram {
  const day = dayFromText(on)
  if (day === null) throw new RangeError(`not a day: ${on}`)
  const { program } = pack
  const parameters = parametersOn(pack.parameters, on, {
    ...(options.parameterValues ? { overrides: options.parameterValues } : {}),
    lastKnown: options.lastKnown ?? false,
  })
  const frame = new Frame(program)
  const verdicts = emptyVerdicts(program)
  const steps: Step[] = []
  const decided = new Set<number>()
  const decide = (target: number): void => {
    if (decided.has(target)) return
    decided.add(target)
    steps.push(decideStep(program, target, false, frame, verdicts))
  }
  for (const node of program.nodes) {
    if (node.entity === 'day') evaluateDayNode(node, frame, day, parameters, program.facts)
    else {
      if (node.op.kind === 'match') decide(node.op.target)
      const step = stepOf(node, frame, day, pack, verdicts)
      if (step) steps.push(step)
    }
  }
  program.targets.forEach((_, t) => decide(t))
  program.targets.forEach(
    (t) => t.readsStatus && steps.push(decideStep(program, t.index, true, frame, verdicts)),
  )
  return { pack, on, day, parameters, frame, verdicts, steps }
}

/** What works one node out; null for a fact, which is loaded. */
export function stepOf(
  node: Node,
  frame: Frame,
  day: number,
  pack: Pack,
  verdicts: Verdicts,
): Step | null {
  const { op } = node
  if (op.kind === 'fact') return null
  if (op.kind === 'match') {
    const R = frame.at(node.id)
    const { first } = verdicts
    return (members) => {
      const n = node.entity === 'person' ? members : 1
      for (let i = 0; i < n; i++) frame.lo[R + i] = first[op.target]?.[i] ?? 3
    }
  }
  const step =
    numberStep(node, frame, day) ??
    booleanStep(node, frame) ??
    memberStep(node, frame) ??
    choiceStep(node, frame, pack.program.facts)
  if (!step) throw new Error(`no evaluator for ${op.kind}`)
  return step
}

function evaluateDayNode(
  node: Node,
  frame: Frame,
  day: number,
  parameters: readonly ParameterValue[],
  facts: Pack['program']['facts'],
): void {
  const R = frame.at(node.id)
  const put = (lo: number, hi: number, nul = 0): void => {
    frame.lo[R] = lo
    frame.hi[R] = hi
    frame.nul[R] = nul
  }
  const { op } = node
  if (op.kind === 'literal') put(op.value, op.value)
  else if (op.kind === 'null') put(node.type === 'boolean' ? 4 : Infinity, -Infinity, 2)
  else if (op.kind === 'on') put(day, day)
  else if (op.kind === 'parameter')
    put(parameters[op.parameter]?.lo ?? -Infinity, parameters[op.parameter]?.hi ?? Infinity)
  else {
    const step =
      numberStep(node, frame, day) ?? booleanStep(node, frame) ?? choiceStep(node, frame, facts)
    step?.(1)
  }
}

/** Evaluates all nodes and verdicts for the facts loaded into the frame. */
export function evaluate(program: DayProgram, members: number): void {
  for (const step of program.steps) step(members)
}

const cache = new WeakMap<Pack, Map<string, DayProgram>>()
const KEPT_DAYS = 6

/** The compiled day, from a small cache per pack. Not for use by two evaluations at once. */
export function dayProgram(pack: Pack, on: string, options: DayOptions): DayProgram {
  const days = cache.get(pack) ?? new Map<string, DayProgram>()
  cache.set(pack, days)
  const key = `${on} ${options.lastKnown ?? false} ${JSON.stringify(options.parameterValues ?? {})}`
  const found = days.get(key)
  if (found) return found
  const made = compileDay(pack, on, options)
  if (days.size >= KEPT_DAYS) days.delete(days.keys().next().value ?? '')
  days.set(key, made)
  return made
}
