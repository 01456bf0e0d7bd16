import type { HouseholdTruth } from './household-truth.ts'
import type { MemberTruth } from './truth.ts'
import type { Need } from './needs.ts'
import type { Random } from './random.ts'

/** The standard of 低保 on the demonstration day, yuan a head and month. @source 沪民规〔2024〕13号 */
const standard = 1595

/**
 * Lays a planned need over a household: incomes, savings, illness and guardianship become such
 * that it is what the plan calls it under the standards of the first half of 2025.
 */
export function layHardship(truth: HouseholdTruth, need: Need, random: Random): HouseholdTruth {
  const poor = {
    ...truth,
    need,
    vehicle: false,
    nonResidential: false,
    homes: truth.rents ? 0 : 1,
    commodityHome: false,
  }
  const size = truth.members.length
  switch (need) {
    case 'none':
      return truth
    case 'dibao':
    case 'dibao-unclaimed':
      shareIncome(truth.members, Math.round(standard * size * (0.08 + 0.75 * random.next())))
      weaken(truth.members, 0.3, random)
      return { ...poor, assets: random.between(0, 24) * 1000 * size }
    case 'edge':
    case 'edge-unclaimed':
      shareIncome(truth.members, Math.round(standard * size * (1.06 + 0.7 * random.next())))
      weaken(truth.members, 0.3, random)
      return { ...poor, assets: random.between(3, 48) * 1000 * size }
    case 'zhichu':
    case 'zhichu-unclaimed':
      return expensiveIllness(poor, random)
    case 'tekun':
    case 'tekun-unclaimed':
      return withoutSupport(poor, random)
    case 'kunjing':
    case 'kunjing-unclaimed':
      orphan(truth.members, random)
      return { ...truth, need, assets: Math.max(truth.assets, 72_000 * size) }
  }
}

/** Splits `total` yuan a month: a resident pension where there is one, the rest earned or given. */
function shareIncome(members: readonly MemberTruth[], total: number): void {
  let left = total
  for (const member of members) {
    member.jobless = undefined
    member.labour = 0
    member.other = 0
    const pension = member.age >= 60 && left >= 1600 ? Math.min(left, 1555 + (left % 45) + 40) : 0
    member.pension = pension
    member.pensionKind = pension > 0 ? '2' : null
    member.insurance = '2'
    left -= pension
  }
  const earner = members.find(
    ({ age, cannotEarn, stage }) => age >= 18 && age < 60 && !cannotEarn && stage === null,
  )
  if (earner && left >= 2690) earner.labour = left + 870
  else if (earner) earner.labour = left
  else if (members[0]) members[0].other = left
}

function weaken(members: readonly MemberTruth[], chance: number, random: Random): void {
  for (const member of members) {
    if (member.age < 18 || !random.chance(chance)) continue
    if (random.chance(0.55))
      member.disability ??= { kind: '4', level: String(random.between(2, 4)) }
    else member.ill = true
  }
}

function expensiveIllness(truth: HouseholdTruth, random: Random): HouseholdTruth {
  const size = truth.members.length
  shareIncome(truth.members, Math.round((3400 + 1700 * random.next()) * size))
  const patient = truth.members.find(({ age }) => age >= 18) ?? truth.members[0]
  if (patient) patient.ill = true
  const income3 = truth.members.reduce(
    (sum, { labour, pension, other }) => sum + 3 * (labour + pension + other),
    0,
  )
  const medical3 = Math.round(income3 * (1.05 + 0.5 * random.next()))
  return {
    ...truth,
    assets: random.between(5, 45) * 1000 * size,
    medical: [medical3, Math.round(medical3 * (1.8 + random.next()))],
  }
}

function withoutSupport(truth: HouseholdTruth, random: Random): HouseholdTruth {
  for (const member of truth.members) {
    member.labour = 0
    member.other = 0
    member.pension = 0
    member.pensionKind = null
    member.insurance = '2'
    member.childLoss = null
    member.supporters = random.chance(0.8) ? '1' : '2'
  }
  return { ...truth, assets: random.between(0, 15) * 1000 }
}

/** One parent gone, the other unable: the child nobody really raises. 事实无人抚养 */
function orphan(members: readonly MemberTruth[], random: Random): void {
  const parents = members.filter(({ letter }) => 'mhw'.includes(letter))
  const present = random.pick(['3', '4'])
  for (const parent of parents) {
    parent.disability =
      present === '3' ? { kind: '4', level: random.pick(['1', '2']) } : parent.disability
    parent.ill ||= present === '4'
    parent.cannotEarn = true
    parent.labour = 0
    parent.insurance = '2'
  }
  const gone = random.pick(['1', '2', '5', '6'])
  const mother = parents.some(({ sex }) => sex === 2)
  const father = parents.some(({ sex }) => sex === 1)
  for (const child of members) {
    if (child.letter !== 'c') continue
    child.father = father ? present : gone
    child.mother = mother ? present : gone
  }
}
