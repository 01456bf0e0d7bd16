import type { Pack } from '@qiao/rules'
import type { Static } from 'typebox'
import { problem } from '../../platform/http/problem.ts'
import { packOf, type PackFiles } from '../policies/pack-files.ts'
import {
  problemsOfRules,
  type RuleChange,
  type RuleProblem,
  rulesOf,
  withRules,
} from './alternative.ts'
import { type Change, pointsBetween, problemsOf, sliderOf } from './change.ts'
import { type Lab, type Sample, type Tried, valueOn } from './lab.ts'
import type { Effect } from './laboratory.ts'
import { labProblems } from './problems.ts'
import { gapViewOf, type Report, reportOf, type Scope } from './report.ts'
import { stateOf } from './state.ts'
import { isFew } from './suppress.ts'
import type { CurveView, EffectView } from './views.ts'

/** Who looks at what comes out, and how much loss asks for a second approver. */
export type Looking = Readonly<{
  scope: Scope
  massLoss: number
  /** Values of parameters in place of the draft's, as for a day that is still to come. */
  values?: Readonly<Record<string, number>>
}>

/** What came of a change, without the sample it was tried on. */
export type Trial = Omit<Static<typeof EffectView>, 'sample'>

/**
 * Tries other values of parameters, and other rules beside today's.
 *
 * @throws Problem `value-refused`, field by field, for what a parameter cannot be
 * @throws Problem `rules-refused`, with line and column in each rule that does not read
 */
export async function tryChange(
  lab: Lab,
  sample: Sample,
  change: Change,
  looking: Looking,
): Promise<Trial> {
  const { files, values } = triedOf(sample, change)
  const started = performance.now()
  const effect = files
    ? await lab.tryPack(sample, files, values)
    : await lab.tryValues(sample, values)
  return trialOf(sample, effect, looking, { change, started })
}

/**
 * A change as the laboratory tries it.
 *
 * @throws Problem `value-refused`, `rules-refused`
 */
export function triedOf(sample: Sample, change: Change): Tried {
  refuseWrong(sample.pack, change)
  return { files: alternativeOf(sample, change), values: valuesOf(change) }
}

/** What is wrong with rules as they are being written, and at which of their characters. */
export async function checkRules(
  lab: Lab,
  sample: Sample,
  rules: readonly RuleChange[],
): Promise<readonly RuleProblem[]> {
  const made = withRules(sample.files, rules)
  if ('problems' in made) return made.problems
  return problemsOfRules(made.files, rules, await lab.check(sample, made.files))
}

/** The pack's files with the changed rules in them; nothing where no rule changes. */
function alternativeOf({ files }: Sample, { rules = [] }: Change): PackFiles | null {
  if (rules.length === 0) return null
  const made = withRules(files, rules)
  if ('problems' in made) throw problem(labProblems, 'rules-refused', undefined, made.problems)
  const pack = packOf(made.files)
  if (!('problems' in pack)) return made.files
  const wrong = problemsOfRules(made.files, rules, pack.problems)
  throw problem(labProblems, 'rules-refused', undefined, wrong)
}

/**
 * Tries a draft of the policies: the impact that is looked at before it is published.
 *
 * @param files of the draft, whole or only those that differ from what is in force
 * @throws Problem `rules-refused`, with file, line and column, when the draft does not read
 */
export async function impactOf(
  lab: Lab,
  sample: Sample,
  files: PackFiles,
  looking: Looking,
): Promise<Trial> {
  const draft = { ...sample.files, ...files }
  const pack = packOf(draft)
  if ('problems' in pack) {
    throw problem(
      labProblems,
      'rules-refused',
      undefined,
      pack.problems.map(({ file, line, column, message }) => ({
        path: `${file}:${line}:${column}`,
        message,
      })),
    )
  }
  const started = performance.now()
  const effect = await lab.tryPack(sample, draft, looking.values ?? {})
  return trialOf(sample, effect, looking, { change: { parameters: [] }, started })
}

type Asked = Readonly<{ change: Change; started: number }>

function trialOf(
  sample: Sample,
  effect: Effect,
  { scope, massLoss }: Looking,
  { change, started }: Asked,
): Trial {
  const { entitled, lost, ...report }: Report = reportOf(sample, effect, scope)
  const share = entitled > 0 ? lost / entitled : 0
  return {
    ...report,
    ms: Math.round(performance.now() - started),
    changes: change.parameters.map(({ id, value }) => {
      const parameter = sample.pack.parameters.find((one) => one.id === id)
      const today = numberOn(sample, id)
      return { id, name: parameter?.name ?? id, unit: parameter?.unit ?? null, today, value }
    }),
    rules: (change.rules ?? []).map(({ programme, id, expr }) => {
      const rule = rulesOf(sample.files, programme).find((one) => one.id === id)
      const name = sample.pack.programmes.find((one) => one.id === programme)?.name ?? programme
      return { programme: name, text: rule?.text ?? id, today: rule?.expr ?? '', expr }
    }),
    massLoss: { share: isFew(lost) ? null : share, limit: massLoss, exceeded: share > massLoss },
  }
}

function valuesOf({ parameters }: Pick<Change, 'parameters'>): Record<string, number> {
  return Object.fromEntries(parameters.map(({ id, value }) => [id, value]))
}

function refuseWrong(pack: Pack, change: Pick<Change, 'parameters'>): void {
  const wrong = problemsOf(pack, change)
  if (wrong.length === 0) return
  throw problem(
    labProblems,
    'value-refused',
    wrong.map(({ message }) => `${message}。`).join(''),
    wrong,
  )
}

function numberOn({ pack, on }: Sample, id: string): number | null {
  const value = valueOn(pack, id, on)
  return value === null ? null : Number(value)
}

/** Points of a curve: enough to see a bend, few enough to wait for. */
const points = 21

/** What the programmes that a parameter reaches cost over its range, other values staying as tried. */
export async function curveOf(
  lab: Lab,
  sample: Sample,
  { id, change, range }: CurveWish,
  scope: Scope,
): Promise<Static<typeof CurveView>> {
  const parameter = sample.pack.parameters.find((one) => one.id === id)
  const today = numberOn(sample, id)
  const ends = range ?? (parameter && sliderOf(parameter, today))
  if (!parameter || !ends)
    throw problem(labProblems, 'value-refused', '这项标准今天的数值未知，请给出曲线的起止。', [
      { path: '/body/range', message: '请给出起止' },
    ])
  const others = change.parameters.filter((one) => one.id !== id)
  refuseWrong(sample.pack, { parameters: others })
  refuseEnds(sample.pack, id, ends)
  const found: Static<typeof CurveView>['points'] = []
  for (const value of pointsBetween(parameter, ends, points)) {
    const values = { ...valuesOf({ parameters: others }), [id]: value }
    const effect = await lab.tryValues(sample, values)
    found.push({ value, ...pointOf(effect, sample, scope) })
  }
  return { parameter: id, today, points: found }
}

type Point = Omit<Static<typeof CurveView>['points'][number], 'value'>

/** One value's budget, take-up gap and poverty gap; programmes of a few people stay out of the sums. */
function pointOf(effect: Effect, sample: Sample, scope: Scope): Point {
  const states = [...effect.after.values()].map((tally) => stateOf(tally, scope))
  const sum = (
    of: (state: (typeof states)[number]) => number,
    counted: 'eligible' | 'notReceiving',
  ) =>
    states.filter((state) => !isFew(state[counted])).reduce((total, state) => total + of(state), 0)
  return {
    eligible: sum(({ eligible }) => eligible, 'eligible'),
    yearFen: sum(({ month, year }) => month * 12 + year, 'eligible'),
    openHighFen: sum(({ highMonth, highYear }) => highMonth * 12 + highYear, 'eligible'),
    notReceivedFen: sum(({ notReceivedYear }) => notReceivedYear, 'notReceiving'),
    gapFen: gapViewOf(sample, effect, scope)?.changed.monthFen ?? null,
  }
}

export type CurveWish = Readonly<{
  id: string
  change: Change
  range?: Readonly<{ from: number; to: number }>
}>

function refuseEnds(pack: Pack, id: string, { from, to }: { from: number; to: number }): void {
  if (to <= from)
    throw problem(labProblems, 'value-refused', '曲线的止点须大于起点。', [
      { path: '/body/range/to', message: '须大于起点' },
    ])
  for (const value of [from, to]) refuseWrong(pack, { parameters: [{ id, value }] })
}
