import { emptyOutputs } from '../workload/outputs.ts'
import { totalsOf } from '../workload/totals.ts'
import * as figures from '../workload/thresholds.ts'
import {
  completeVerdicts,
  householdObject,
  type MemberObject,
  writeAnswer,
} from './household-object.ts'
import {
  type Almanac,
  type Event,
  householdRules,
  lateRules,
  memberRules,
  type Rule,
} from './json-rules-conditions.ts'
import { peerPackage } from './packages.ts'
import type { Peer } from './peer.ts'

type Engine = {
  addFact: (name: string, value: unknown) => void
  run: (facts: object) => Promise<{ events: Event[]; almanac: Almanac }>
}
type Package = { Engine: new (rules: Rule[]) => Engine }

const total = (members: readonly MemberObject[], of: (member: MemberObject) => number) =>
  members.reduce((sum, member) => sum + of(member), 0)
const amountOf = (events: readonly Event[], type: string) =>
  events.find((event) => event.type === type)?.params?.amount ?? 0

/** json-rules-engine: conditions as JSON, sums and amounts as callbacks, as it has neither. */
export const jsonRules: Peer = {
  name: 'json-rules-engine 7.3.1',
  persons: 2_000,
  prepare: async (p) => {
    const { Engine } = await peerPackage<Package>('json-rules-engine')
    const early = new Engine(memberRules)
    early.addFact('own', async (_: unknown, almanac: Almanac) => {
      return (await almanac.factValue('income')) + (await almanac.factValue('pension'))
    })
    const household = new Engine(householdRules)
    household.addFact('dibao', false)
    household.addFact('low', false)
    const late = new Engine(lateRules)
    const outputs = emptyOutputs(p)
    const evaluate = async (h: number) => {
      const { assets, floorArea, car, members } = householdObject(p, h)
      const first = await Promise.all(members.map((member) => early.run(member)))
      const tekun = first.map(({ events }) => amountOf(events, 'tekun'))
      const size = members.length
      const family = total(members, ({ income, pension }) => income + pension)
      const rest = family - total(members, ({ medical, education }) => medical + education)
      const { events } = await household.run({
        car,
        allLocal: members.every(({ local }) => local),
        tekuns: tekun.filter((amount) => amount > 0).length,
        incomePerHead: family / size,
        restPerHead: rest / size,
        assetsPerHead: assets / size,
        areaPerHead: floorArea / size,
      })
      const has = (type: string) => events.some((event) => event.type === type)
      const line = figures.subsistenceLine * size
      const verdicts = { dibao: has('dibao'), low: has('low'), expense: has('expense') }
      const last = await Promise.all(
        members.map((member, m) => late.run({ ...member, ...verdicts, tekun: tekun[m] })),
      )
      const { floorAreaPerHead, rentPerSquareMetre, utilities } = figures
      writeAnswer(outputs, p, h, {
        dibao: verdicts.dibao ? line - family : 0,
        low: verdicts.low ? 1 : 0,
        expense: verdicts.expense ? line - Math.max(rest, 0) : 0,
        rent: has('rent') ? (floorAreaPerHead * size - floorArea) * rentPerSquareMetre : 0,
        utilities: has('utilities') ? utilities.household + utilities.head * size : 0,
        tekun,
        nursing: first.map((one) => amountOf(one.events, 'nursing')),
        oldAge: first.map((one) => amountOf(one.events, 'oldAge')),
        living: last.map((one) => amountOf(one.events, 'living')),
        education: last.map((one) => amountOf(one.events, 'education')),
      })
    }
    const run = async () => {
      for (let h = 0; h < p.households; h++) await evaluate(h)
      completeVerdicts(outputs)
    }
    return { run, totals: () => totalsOf(outputs) }
  },
}
