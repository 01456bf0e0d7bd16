import type { Pack } from '@qiao/rules'
import type { Static } from 'typebox'
import { problem } from '../../platform/http/problem.ts'
import { packOf, type PackFiles } from '../policies/pack-files.ts'
import { type Change, pointsBetween, problemsOf, sliderOf } from './change.ts'
import { type Lab, type Sample, valueOn } from './lab.ts'
import type { Effect } from './laboratory.ts'
import { labProblems } from './problems.ts'
import { type Report, reportOf, type Scope } from './report.ts'
import { stateOf } from './state.ts'
import { isFew } from './suppress.ts'
import type { CurveView, EffectView } from './views.ts'

/** Who looks at what comes out, and how much loss asks for a second approver. */
export type Looking = Readonly<{ scope: Scope; massLoss: number }>

/** What came of a change, without the sample it was tried on. */
export type Trial = Omit<Static<typeof EffectView>, 'sample'>

/**
 * Tries other values of parameters.
 *
 * @throws Problem `value-refused`, field by field, for what a parameter cannot be
 */
export async function tryChange(
  lab: Lab,
  sample: Sample,
  change: Change,
  looking: Looking,
): Promise<Trial> {
  refuseWrong(sample.pack, change)
  const started = performance.now()
  const effect = await lab.tryValues(sample, valuesOf(change))
  return trialOf(sample, effect, looking, { change, started })
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
  const effect = await lab.tryPack(sample, draft, {})
  return trialOf(sample, effect, looking, { change: { parameters: [] }, started })
}

type Tried = Readonly<{ change: Change; started: number }>

function trialOf(
  sample: Sample,
  effect: Effect,
  { scope, massLoss }: Looking,
  { change, started }: Tried,
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
    massLoss: { share: isFew(lost) ? null : share, limit: massLoss, exceeded: share > massLoss },
  }
}

function valuesOf({ parameters }: Change): Record<string, number> {
  return Object.fromEntries(parameters.map(({ id, value }) => [id, value]))
}

function refuseWrong(pack: Pack, change: Change): void {
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
    const tallies = await lab.tallyValues(sample, {
      ...valuesOf({ parameters: others }),
      [id]: value,
    })
    const states = [...tallies.values()]
      .map((tally) => stateOf(tally, scope))
      .filter((state) => !isFew(state.eligible))
    const sum = (of: (state: (typeof states)[number]) => number) =>
      states.reduce((total, state) => total + of(state), 0)
    found.push({
      value,
      eligible: sum(({ eligible }) => eligible),
      yearFen: sum(({ month, year }) => month * 12 + year),
      openHighFen: sum(({ highMonth, highYear }) => highMonth * 12 + highYear),
    })
  }
  return { parameter: id, today, points: found }
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
