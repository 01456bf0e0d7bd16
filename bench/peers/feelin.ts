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

type Package = {
  evaluate: (text: string, context: unknown) => { value: HouseholdAnswer; warnings: unknown[] }
}

const { subsistenceLine, lowIncomeLine, lowAssetsLine, assetsLine } = figures
const [, first, second] = figures.disabilityNursing
const bands = figures.oldAgeBands
  .toReversed()
  .map(([from, amount]) => `if m.age >= ${from} then ${amount} else `)
  .join('')
const stages = figures.educationAmounts
  .map((amount, stage) => `if m.student = ${stage} then ${amount} else `)
  .join('')

/** All ten policies as one FEEL context: later entries read earlier ones. */
const policies = `{
  size: count(members),
  family: sum(for m in members return m.income + m.pension),
  spent: sum(for m in members return m.medical + m.education),
  allLocal: every m in members satisfies m.local,
  tekun: for m in members return
    if m.local and (m.age >= 60 or m.age < 16 or m.disability in (1, 2)) and m.employment != 1
      and m.income + m.pension < ${subsistenceLine} and not(m.supporter)
    then ${figures.extremePovertyAmount} else 0,
  tekuns: count(tekun[item > 0]),
  dibao: if allLocal and tekuns = 0 and not(car) and family < ${subsistenceLine} * size
      and assets <= ${assetsLine} * size
    then ${subsistenceLine} * size - family else 0,
  low: if allLocal and dibao = 0 and family < ${lowIncomeLine} * size
      and assets <= ${lowAssetsLine} * size
    then 1 else 0,
  expense: if allLocal and dibao = 0 and family - spent < ${subsistenceLine} * size
      and assets <= ${lowAssetsLine} * size
    then ${subsistenceLine} * size - max(family - spent, 0) else 0,
  hardship: dibao > 0 or low = 1,
  rent: if hardship and floorArea < ${figures.floorAreaPerHead} * size
    then (${figures.floorAreaPerHead} * size - floorArea) * ${figures.rentPerSquareMetre} else 0,
  utilities: if hardship or tekuns > 0
    then ${figures.utilities.household} + ${figures.utilities.head} * size else 0,
  living: for i in 1..size return
    if members[i].local and members[i].disability > 0 and tekun[i] = 0 and hardship
    then (if members[i].disability <= 2
      then ${figures.disabilityLiving.heavy} else ${figures.disabilityLiving.light}) else 0,
  nursing: for m in members return
    if m.local and m.disability = 1 then ${first}
    else if m.local and m.disability = 2 then ${second} else 0,
  oldAge: for m in members return if m.local then (${bands} 0) else 0,
  education: for m in members return
    if hardship or expense > 0 then (${stages} 0) else 0
}`

/** feelin, an interpreter of FEEL. */
export const feelin: Peer = {
  name: 'feelin 8.2.0',
  persons: 250,
  prepare: async (p) => {
    const { evaluate } = await peerPackage<Package>('feelin')
    const outputs = emptyOutputs(p)
    const run = () => {
      for (let h = 0; h < p.households; h++)
        writeAnswer(outputs, p, h, evaluate(policies, householdObject(p, h)).value)
      completeVerdicts(outputs)
    }
    return { run, totals: () => totalsOf(outputs) }
  },
}
