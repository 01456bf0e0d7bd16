import { emptyOutputs } from '../workload/outputs.ts'
import { totalsOf } from '../workload/totals.ts'
import * as figures from '../workload/thresholds.ts'
import { completeVerdicts, householdObject, writeAnswer } from './household-object.ts'
import { peerPackage } from './packages.ts'
import type { Peer } from './peer.ts'

type Engine = {
  setSituation: (situation: Record<string, number>) => void
  evaluate: (name: string) => { nodeValue: unknown }
}
type Package = { default: new (rules: Record<string, unknown>) => Engine }

const all = (...conditions: unknown[]) => ({ 'toutes ces conditions': conditions })
const any = (...conditions: unknown[]) => ({ 'une de ces conditions': conditions })
const when = (...cases: (readonly [unknown, unknown])[]) => ({
  variations: [...cases.map(([si, alors]) => ({ si, alors })), { sinon: 0 }],
})
const facts = [
  'age',
  'disability',
  'income',
  'pension',
  'employment',
  'student',
  'medical',
  'education',
  'local',
  'supporter',
] as const
const { subsistenceLine, lowIncomeLine, lowAssetsLine, assetsLine } = figures
const [, nursingFirst, nursingSecond] = figures.disabilityNursing
const hardship = any('dibao > 0', 'low = 1')

function memberRules(m: number): Record<string, unknown> {
  const fact = (name: string) => `m${m} ${name}`
  const heavy = any(`${fact('disability')} = 1`, `${fact('disability')} = 2`)
  const local = `${fact('local')} = 1`
  return {
    ...Object.fromEntries(facts.map((name) => [fact(name), null])),
    [fact('tekun')]: when([
      all(
        local,
        any(`${fact('age')} >= 60`, `${fact('age')} < 16`, heavy),
        `${fact('employment')} != 1`,
        `${fact('income')} + ${fact('pension')} < ${subsistenceLine}`,
        `${fact('supporter')} = 0`,
      ),
      figures.extremePovertyAmount,
    ]),
    [fact('nursing')]: when(
      [all(local, `${fact('disability')} = 1`), nursingFirst],
      [all(local, `${fact('disability')} = 2`), nursingSecond],
    ),
    [fact('old age')]: when(
      ...figures.oldAgeBands
        .toReversed()
        .map(([from, amount]) => [all(local, `${fact('age')} >= ${from}`), amount] as const),
    ),
    [fact('living')]: when(
      [all(local, `${fact('tekun')} = 0`, hardship, heavy), figures.disabilityLiving.heavy],
      [
        all(local, `${fact('tekun')} = 0`, hardship, `${fact('disability')} > 0`),
        figures.disabilityLiving.light,
      ],
    ),
    [fact('study')]: when(
      ...figures.educationAmounts
        .slice(1)
        .map(
          (amount, stage) =>
            [
              all(any(hardship, 'expense > 0'), `${fact('student')} = ${stage + 1}`),
              amount,
            ] as const,
        ),
    ),
  }
}

/** publicodes has no lists: the rules of households of one size, a slot for each member. */
function rulesFor(size: number): Record<string, unknown> {
  const slots = Array.from({ length: size }, (_, m) => m + 1)
  const sum = (name: string) => ({ somme: slots.map((m) => `m${m} ${name}`) })
  const allLocal = `locals = ${size}`
  const lowAssets = `assets <= ${lowAssetsLine * size}`
  const line = subsistenceLine * size
  const area = figures.floorAreaPerHead * size
  return {
    assets: null,
    'floor area': null,
    car: null,
    ...Object.assign({}, ...slots.map(memberRules)),
    locals: sum('local'),
    tekuns: sum('tekun'),
    family: { somme: slots.flatMap((m) => [`m${m} income`, `m${m} pension`]) },
    spent: { somme: slots.flatMap((m) => [`m${m} medical`, `m${m} education`]) },
    rest: 'family - spent',
    dibao: when([
      all(allLocal, 'tekuns = 0', 'car = 0', `family < ${line}`, `assets <= ${assetsLine * size}`),
      `${line} - family`,
    ]),
    low: when([all(allLocal, 'dibao = 0', `family < ${lowIncomeLine * size}`, lowAssets), 1]),
    expense: when(
      [all(allLocal, 'dibao = 0', lowAssets, 'rest < 0'), line],
      [all(allLocal, 'dibao = 0', lowAssets, `rest < ${line}`), `${line} - rest`],
    ),
    rent: when([
      all(hardship, `floor area < ${area}`),
      `(${area} - floor area) * ${figures.rentPerSquareMetre}`,
    ]),
    utilities: when([
      any(hardship, 'tekuns > 0'),
      figures.utilities.household + figures.utilities.head * size,
    ]),
  }
}

/** publicodes, one engine for each size of household. */
export const publicodes: Peer = {
  name: 'publicodes 1.10.3',
  persons: 500,
  prepare: async (p) => {
    const { default: Engine } = await peerPackage<Package>('publicodes')
    const engines = new Map<number, Engine>()
    const engineFor = (size: number) => {
      const engine = engines.get(size) ?? new Engine(rulesFor(size))
      engines.set(size, engine)
      return engine
    }
    const outputs = emptyOutputs(p)
    const evaluate = (h: number) => {
      const { assets, floorArea, car, members } = householdObject(p, h)
      const engine = engineFor(members.length)
      const situation: Record<string, number> = {
        assets,
        'floor area': floorArea,
        car: Number(car),
      }
      members.forEach((member, m) => {
        for (const name of facts) situation[`m${m + 1} ${name}`] = Number(member[name])
      })
      engine.setSituation(situation)
      const value = (name: string) => Number(engine.evaluate(name).nodeValue)
      const each = (name: string) => members.map((_, m) => value(`m${m + 1} ${name}`))
      writeAnswer(outputs, p, h, {
        dibao: value('dibao'),
        low: value('low'),
        expense: value('expense'),
        rent: value('rent'),
        utilities: value('utilities'),
        tekun: each('tekun'),
        living: each('living'),
        nursing: each('nursing'),
        oldAge: each('old age'),
        education: each('study'),
      })
    }
    const run = () => {
      for (let h = 0; h < p.households; h++) evaluate(h)
      completeVerdicts(outputs)
    }
    return { run, totals: () => totalsOf(outputs) }
  },
}
