import { dayFromText } from '../days.ts'
import type { Node, Target } from '../ir.ts'
import type { Decimal, Pack } from '../pack.ts'
import type { ParameterValue } from '../parameters.ts'
import { parametersOn } from '../parameters.ts'
import { compileSteps, type Item } from './code/compile-steps.ts'
import type { Step } from './frame.ts'
import { Frame } from './frame.ts'
import { neededFor } from './needed.ts'
import type { Verdicts } from './verdicts.ts'
import { emptyVerdicts } from './verdicts.ts'

/** How the parameters of a day are taken: see {@link parametersOn}. */
export type DayOptions = Readonly<{
  parameterValues?: Readonly<Record<string, Decimal>>
  lastKnown?: boolean
}>

/**
 * A pack made ready for one day: parameters resolved, day nodes evaluated once, all others written as
 * functions. Load facts into `frame`, call {@link evaluate}, read `frame` and `verdicts`.
 */
export type DayProgram = Readonly<{
  pack: Pack
  on: string
  day: number
  parameters: readonly ParameterValue[]
  frame: Frame
  verdicts: Verdicts
  /**
   * What works out every answer, or those of one programme. Made when first asked for: not everybody
   * who compiles a day evaluates all of it.
   */
  steps: (programme?: string) => readonly Step[]
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
  const place = { program, frame, verdicts, day }
  const isDays = ({ entity }: Node): boolean => entity === 'day'
  const derived = program.nodes.filter(
    (node) => isDays(node) && !putDayNode(node, frame, day, parameters),
  )
  for (const step of compileSteps(place, derived.map(nodeItem), false)) step(1)
  const written = new Map<string | undefined, readonly Step[]>()
  return {
    pack,
    on,
    day,
    parameters,
    frame,
    verdicts,
    steps: (programme) => {
      const known = written.get(programme)
      if (known) return known
      const { nodes, targets } = programme === undefined ? program : neededFor(pack, programme)
      const rows = nodes.filter((node) => !isDays(node))
      const made = compileSteps(place, itemsOf(rows, targets))
      written.set(programme, made)
      return made
    },
  }
}

function nodeItem({ id }: Pick<Node, 'id'>): Item {
  return { kind: 'node', id }
}

/**
 * Everything to be worked out, in order: a verdict stands before what matches it.
 *
 * @param nodes in the order of the graph
 * @param targets whose verdicts are formed
 */
export function itemsOf(
  nodes: readonly Node[],
  targets: readonly Pick<Target, 'index' | 'readsStatus'>[],
): Item[] {
  const items: Item[] = []
  const left = new Set(targets.map(({ index }) => index))
  for (const node of nodes) {
    const { op } = node
    if (op.kind === 'match' && left.delete(op.target))
      items.push({ kind: 'verdict', target: op.target, second: false })
    items.push(nodeItem(node))
  }
  for (const target of left) items.push({ kind: 'verdict', target, second: false })
  for (const { index, readsStatus } of targets)
    if (readsStatus) items.push({ kind: 'verdict', target: index, second: true })
  return items
}

/** Puts what the day itself says; false for what is worked out from it. */
function putDayNode(
  { id, op, type }: Node,
  frame: Frame,
  day: number,
  parameters: readonly ParameterValue[],
): boolean {
  const at = frame.at(id)
  const put = (lo: number, hi: number, nul = 0): true => {
    frame.lo[at] = lo
    frame.hi[at] = hi
    frame.nul[at] = nul
    return true
  }
  if (op.kind === 'literal') return put(op.value, op.value)
  if (op.kind === 'null') return put(type === 'boolean' ? 4 : Infinity, -Infinity, 2)
  if (op.kind === 'on') return put(day, day)
  if (op.kind === 'parameter')
    return put(parameters[op.parameter]?.lo ?? -Infinity, parameters[op.parameter]?.hi ?? Infinity)
  return false
}

/**
 * Evaluates nodes and verdicts for the facts loaded into the frame: all, or what one programme stands
 * on; the rest is then of whoever was asked about before.
 */
export function evaluate(program: DayProgram, members: number, programme?: string): void {
  for (const step of program.steps(programme)) step(members)
}

const cache = new WeakMap<Pack, Map<string, DayProgram>>()
const KEPT_DAYS = 6

/** The compiled day, from a small cache per pack. Not for use by two evaluations at once. */
export function dayProgram(pack: Pack, on: string, options: DayOptions): DayProgram {
  const days = cache.get(pack) ?? new Map<string, DayProgram>()
  cache.set(pack, days)
  const { lastKnown = false, parameterValues } = options
  const key = `${on} ${lastKnown} ${parameterValues ? JSON.stringify(parameterValues) : ''}`
  const found = days.get(key)
  if (found) return found
  const made = compileDay(pack, on, options)
  if (days.size >= KEPT_DAYS) days.delete(days.keys().next().value ?? '')
  days.set(key, made)
  return made
}
