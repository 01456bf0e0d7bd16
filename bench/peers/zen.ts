import { emptyOutputs } from '../workload/outputs.ts'
import { totalsOf } from '../workload/totals.ts'
import * as figures from '../workload/thresholds.ts'
import {
  completeVerdicts,
  type HouseholdAnswer,
  householdObject,
  writeAnswer,
} from './household-object.ts'
import { peerPackage } from './packages.ts'
import type { Peer } from './peer.ts'

type Decision = { evaluate: (context: unknown) => Promise<{ result: HouseholdAnswer }> }
type Engine = { createDecision: (content: object) => Decision; dispose: () => void }
type Package = { ZenEngine: new () => Engine }

const { subsistenceLine, lowIncomeLine, lowAssetsLine, assetsLine } = figures
const [, first, second] = figures.disabilityNursing
const bands = figures.oldAgeBands
  .toReversed()
  .map(([from, amount]) => `#.age >= ${from} ? ${amount} : `)
  .join('')
const stages = figures.educationAmounts
  .map((amount, stage) => `#.student == ${stage} ? ${amount} : `)
  .join('')

/** The named expressions of one node; `$` is what stands above in it. */
const expressions: Readonly<Record<string, string>> = {
  size: 'len(members)',
  family: 'sum(map(members, #.income + #.pension))',
  spent: 'sum(map(members, #.medical + #.education))',
  allLocal: 'all(members, #.local)',
  tekun: `map(members, #.local and (#.age >= 60 or #.age < 16 or #.disability in [1, 2]) and #.employment != 1 and #.income + #.pension < ${subsistenceLine} and not(#.supporter) ? ${figures.extremePovertyAmount} : 0)`,
  tekuns: 'count($.tekun, # > 0)',
  dibao: `$.allLocal and $.tekuns == 0 and not(car) and $.family < ${subsistenceLine} * $.size and assets <= ${assetsLine} * $.size ? ${subsistenceLine} * $.size - $.family : 0`,
  low: `$.allLocal and $.dibao == 0 and $.family < ${lowIncomeLine} * $.size and assets <= ${lowAssetsLine} * $.size ? 1 : 0`,
  expense: `$.allLocal and $.dibao == 0 and $.family - $.spent < ${subsistenceLine} * $.size and assets <= ${lowAssetsLine} * $.size ? ${subsistenceLine} * $.size - max([$.family - $.spent, 0]) : 0`,
  hardship: '$.dibao > 0 or $.low == 1',
  rent: `$.hardship and floorArea < ${figures.floorAreaPerHead} * $.size ? (${figures.floorAreaPerHead} * $.size - floorArea) * ${figures.rentPerSquareMetre} : 0`,
  utilities: `$.hardship or $.tekuns > 0 ? ${figures.utilities.household} + ${figures.utilities.head} * $.size : 0`,
  living: `$.hardship ? map([0..$.size - 1], members[#].local and members[#].disability > 0 and $.tekun[#] == 0 ? (members[#].disability <= 2 ? ${figures.disabilityLiving.heavy} : ${figures.disabilityLiving.light}) : 0) : map(members, 0)`,
  nursing: `map(members, #.local and #.disability == 1 ? ${first} : #.local and #.disability == 2 ? ${second} : 0)`,
  oldAge: `map(members, #.local ? (${bands}0) : 0)`,
  education: `$.hardship or $.expense > 0 ? map(members, ${stages}0) : map(members, 0)`,
}

const graph = {
  nodes: [
    { id: 'in', type: 'inputNode', name: 'in' },
    {
      id: 'policies',
      type: 'expressionNode',
      name: 'policies',
      content: {
        expressions: Object.entries(expressions).map(([key, value]) => ({ id: key, key, value })),
      },
    },
    { id: 'out', type: 'outputNode', name: 'out' },
  ],
  edges: [
    { id: 'a', sourceId: 'in', targetId: 'policies', type: 'edge' },
    { id: 'b', sourceId: 'policies', targetId: 'out', type: 'edge' },
  ],
}

/** Calls in flight: with one at a time the engine waits for the event loop most of the time. */
const inFlight = 64

/** GoRules zen: the ten policies as one node of named expressions. */
export const zen: Peer = {
  name: `@gorules/zen-engine 0.54.0, ${inFlight} calls in flight`,
  persons: 20_000,
  prepare: async (p) => {
    const { ZenEngine } = await peerPackage<Package>('@gorules/zen-engine')
    const engine = new ZenEngine()
    const decision = engine.createDecision(graph)
    const outputs = emptyOutputs(p)
    const evaluate = async (h: number) => {
      const { result } = await decision.evaluate(householdObject(p, h))
      writeAnswer(outputs, p, h, result)
    }
    const run = async () => {
      for (let h = 0; h < p.households; h += inFlight) {
        const many = Math.min(inFlight, p.households - h)
        await Promise.all(Array.from({ length: many }, (_, i) => evaluate(h + i)))
      }
      completeVerdicts(outputs)
    }
    const close = async () => engine.dispose()
    return { run, totals: () => totalsOf(outputs), close }
  },
}
