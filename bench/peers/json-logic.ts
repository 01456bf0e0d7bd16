import { emptyOutputs } from '../workload/outputs.ts'
import { totalsOf } from '../workload/totals.ts'
import {
  completeVerdicts,
  householdObject,
  type MemberObject,
  writeAnswer,
} from './household-object.ts'
import { householdRules, memberRules } from './json-logic-rules.ts'
import { peerPackage } from './packages.ts'
import type { Peer } from './peer.ts'

type Compiled = (data: unknown) => number
type Package = { LogicEngine: new () => { build: (rule: unknown) => Compiled } }

/** json-logic-engine with compiled rules: person rules, then the household's, then persons again. */
export const jsonLogic: Peer = {
  name: 'json-logic-engine 5.0.7, compiled',
  persons: 1_270_000,
  prepare: async (p) => {
    const { LogicEngine } = await peerPackage<Package>('json-logic-engine')
    const engine = new LogicEngine()
    const build = <K extends string>(rules: Record<K, unknown>) =>
      Object.fromEntries(
        Object.entries(rules).map(([name, rule]) => [name, engine.build(rule)]),
      ) as Record<K, Compiled>
    const ofMember = build(memberRules)
    const of = build(householdRules)
    const outputs = emptyOutputs(p)
    const run = () => {
      for (let h = 0; h < p.households; h++) writeAnswer(outputs, p, h, answerOf(h))
      completeVerdicts(outputs)
    }
    const answerOf = (h: number) => {
      const { assets, floorArea, car, members: plain } = householdObject(p, h)
      const members = plain.map(workingMember)
      const data = {
        assets,
        floorArea,
        car,
        members,
        size: 0,
        family: 0,
        spent: 0,
        allLocal: 0,
        tekuns: 0,
        dibao: 0,
        low: 0,
        expense: 0,
      }
      for (const member of members) member.tekun = ofMember.tekun(member)
      data.size = of.size(data)
      data.family = of.family(data)
      data.spent = of.spent(data)
      data.allLocal = of.allLocal(data)
      data.tekuns = of.tekuns(data)
      data.dibao = of.dibao(data)
      data.low = of.low(data)
      data.expense = of.expense(data)
      for (const member of members) {
        member.dibao = data.dibao
        member.low = data.low
        member.expense = data.expense
      }
      return {
        dibao: data.dibao,
        low: data.low,
        expense: data.expense,
        rent: of.rent(data),
        utilities: of.utilities(data),
        tekun: members.map((member) => member.tekun),
        living: members.map(ofMember.living),
        nursing: members.map(ofMember.nursing),
        oldAge: members.map(ofMember.oldAge),
        education: members.map(ofMember.education),
      }
    }
    return { run, totals: () => totalsOf(outputs) }
  },
}

/** One shape for every member, with room for what the rules say. */
function workingMember(m: MemberObject) {
  return {
    age: m.age,
    disability: m.disability,
    income: m.income,
    pension: m.pension,
    employment: m.employment,
    student: m.student,
    medical: m.medical,
    education: m.education,
    local: m.local,
    supporter: m.supporter,
    tekun: 0,
    dibao: 0,
    low: 0,
    expense: 0,
  }
}
