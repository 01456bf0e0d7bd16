import { dayText } from './days.ts'
import { assumption } from './figures.ts'
import type { HouseholdTruth } from './household-truth.ts'
import type { Day, GeneratedAward, GeneratedFact, Value } from './model.ts'
import type { Random } from './random.ts'
import type { SourceId } from './sources.ts'
import type { MemberTruth } from './truth.ts'

/** `check`: means were checked for an award; `visit`: an advisor was there; else registers only. */
type Depth = 'registers' | 'visit' | 'check'

/**
 * What is on record of a household: what the registers of the authorities say of nearly everybody,
 * incomes and savings only of those who were checked or visited. Everything else stays unknown.
 */
export function knownFacts(
  truth: HouseholdTruth,
  births: readonly Day[],
  awards: readonly GeneratedAward[],
  today: Day,
  random: Random,
): GeneratedFact[] {
  const facts: GeneratedFact[] = []
  const registersOn = today - random.between(8, 38)
  const depth = depthOf(truth, awards, random)
  // Once a quarter somebody comes by; some were passed over since.
  const seenOn = today - random.between(6, random.chance(assumption('seen.quarter')) ? 85 : 170)
  const say = (fact: string, value: Value, source: SourceId, member?: number) => {
    const verifiedOn =
      source === 'visit' || source === 'check' || source === 'survey' ? seenOn : registersOn
    facts.push(
      member === undefined
        ? { fact, value, source, verifiedOn }
        : { fact, member, value, source, verifiedOn },
    )
  }
  const local = truth.members.some((member) => member.local)
  for (const [i, member] of truth.members.entries()) {
    const tell: Tell = (fact, value, source) => say(fact, value, source, i)
    tell('birth_date', dayText(births[i]!), 'police')
    tell('sex', String(member.sex), 'police')
    tell('hukou', member.hukou, 'police')
    if (local && !member.local && 'hwHWcta'.includes(member.letter))
      tell('kin_of_local', true, 'police')
    if (member.local) tellRegisters(member, tell, random)
    if (depth !== 'registers') tellSeen(member, tell, depth, truth.collective)
    if (isOnFile(truth, depth) && member.letter === 'c') tellGuardianship(member, tell)
  }
  if (local && !truth.collective) say('rural_household', truth.rural, 'police')
  if (depth !== 'registers') tellHome(truth, say, depth)
  return facts
}

/** The committee keeps a file on every child whose parents do not care for it, seen or not. */
function isOnFile({ need }: HouseholdTruth, depth: Depth): boolean {
  return need.startsWith('kunjing') && depth === 'registers'
}

type Tell = (fact: string, value: Value, source: SourceId) => void

function depthOf(truth: HouseholdTruth, awards: readonly GeneratedAward[], random: Random): Depth {
  const checked = awards.some(({ programme }) =>
    /^(dibao|edge-household|zhichu-shenghuo|tekun|zhongcan-wuye|yanglao-butie)$/.test(programme),
  )
  if (checked && (truth.visited || random.chance(assumption('checked.on-file')))) return 'check'
  if (truth.visited) return 'visit'
  if (checked) return 'registers'
  const { members } = truth
  const needy =
    truth.need !== 'none' || members.some((member) => member.local && isSignalled(member))
  const alone = members.length === 1 && members[0]!.letter === 'S'
  const local = members.some((member) => member.local)
  const group = !local ? 'outside' : needy ? 'needy' : alone ? 'elders-alone' : 'local'
  return random.chance(assumption(`visited.${group}`)) ? 'visit' : 'registers'
}

/** Registers of the authorities about somebody with Shanghai registration. */
function tellRegisters(member: MemberTruth, tell: Tell, random: Random): void {
  const { age, disability } = member
  tell('disability_level', disability?.level ?? null, 'disabled')
  tell('disability_kind', disability?.kind ?? null, 'disabled')
  if (random.chance(0.98)) tell('medical_insurance', member.insurance, 'insurance')
  if (member.ill) tell('serious_illness', true, 'insurance')
  if (age >= 60 || member.pension > 0) tellPension(member, tell, random)
  if (age >= 60 && random.chance(0.97)) tell('care_level', member.care, 'care')
  if (age >= 3 && age <= 22 && random.chance(0.97)) tell('student_stage', member.stage, 'school')
  if (member.stage !== null && age >= 15)
    tell('graduation_year', age === 18 || age === 22, 'school')
  if (age < 3 && random.chance(0.97)) tell('lawfully_born', true, 'family')
  if (isSignalled(member)) tellSignalled(member, tell)
  if (member.childLoss !== null) {
    tell('one_child_parent', true, 'family')
    tell('only_child_loss', member.childLoss, 'family')
    tell('has_other_child', false, 'family')
    tell('wife_reached_49', true, 'family')
  }
  if (member.jobless) {
    tell('jobless_registered', true, 'jobs')
    tell('left_involuntarily', member.jobless.involuntary, 'jobs')
    tell('jobless_paid_years', member.jobless.years, 'jobs')
    tell('jobless_drawn_months', member.jobless.drawn, 'jobs')
    tell('months_to_retirement', Math.max(0, ((member.sex === 1 ? 60 : 52) - age) * 12), 'jobs')
  }
}

/** Somebody of whom one fact alone is a sign of need. */
function isSignalled(member: MemberTruth): boolean {
  const { disability, ill, childLoss, supporters, father, mother } = member
  return (
    disability !== undefined ||
    ill ||
    [childLoss, supporters, father, mother].some((sign) => sign !== null)
  )
}

/** The authorities look further into people with a sign of need, so less of them stays open. */
function tellSignalled(member: MemberTruth, tell: Tell): void {
  if (member.disability) {
    tell('work_injury_care', false, 'pensions')
    tell('other_nursing_benefit', false, 'pensions')
  }
  if (!member.jobless) tell('jobless_registered', false, 'jobs')
  if (member.age > 22) tell('student_stage', null, 'school')
  tell('regular_aid_other', false, 'civil')
  tell('arranges_funeral', false, 'civil')
  if (member.childLoss === null) tell('only_child_loss', null, 'family')
  tell('major_disease', member.ill && member.age % 3 === 0 ? '3' : null, 'insurance')
}

function tellPension(member: MemberTruth, tell: Tell, random: Random): void {
  if (!random.chance(0.97)) return
  tell('pension_kind', member.pensionKind, 'pensions')
  tell('pension', member.pension, 'pensions')
  if (member.age >= 60) tell('resident_pension_years_met', member.pensionKind === '2', 'pensions')
}

/** What an advisor hears at home or a check of means finds. */
function tellSeen(member: MemberTruth, tell: Tell, depth: Depth, collective: boolean): void {
  const source = depth === 'check' ? 'check' : 'visit'
  const signalled = member.local && isSignalled(member)
  tell('labour_income', member.labour, source)
  tell('other_income', member.other, source)
  if (member.age < 60 && !(member.local && member.pension > 0)) {
    tell('pension', member.pension, source)
    tell('pension_kind', member.pensionKind, source)
  }
  if (!signalled) {
    tell('regular_aid_other', false, 'civil')
    if (member.age > 22) tell('student_stage', null, 'visit')
  }
  if (!member.local) return
  if (!member.ill) tell('serious_illness', false, 'insurance')
  if (member.age < 18 && member.letter === 'c') tellGuardianship(member, tell)
  if (!signalled && member.age >= 49) tell('only_child_loss', null, 'family')
  if (member.disability) {
    tell('cannot_earn', member.cannotEarn, 'survey')
    tell('cannot_self_care', member.cannotSelfCare, 'survey')
  }
  if (member.age >= 60 || member.age < 16 || member.disability || member.supporters) {
    tell('supporter_absence', member.supporters, 'visit')
    tell('in_institution', collective && member.age >= 65, 'civil')
  }
  if (member.ill) {
    tell('inpatient_self_pay', 4000 + member.age * 130, 'insurance')
    tell('inpatient_aid_paid', 0, 'insurance')
    tell('outpatient_self_pay', 800 + member.age * 20, 'insurance')
  }
}

function tellGuardianship(member: MemberTruth, tell: Tell): void {
  tell('father_guardianship', member.father, 'visit')
  tell('mother_guardianship', member.mother, 'visit')
}

function tellHome(truth: HouseholdTruth, say: Tell, depth: Depth): void {
  const source = depth === 'check' ? 'check' : 'visit'
  if (!truth.collective || truth.need.startsWith('tekun')) say('members_known', true, 'visit')
  say('assets', truth.assets, source)
  say('has_vehicle', truth.vehicle, source)
  say('has_non_residential', truth.nonResidential, source)
  say('homes', truth.homes, source)
  say('floor_area_per_person', truth.floorArea, source)
  say('has_commodity_home', truth.commodityHome, source)
  if (truth.members.some(({ age, local }) => local && age >= 60)) {
    say('refit_consent', !truth.rents && !truth.collective, 'visit')
    say('refit_paid', 0, 'civil')
  }
  const monthly = truth.members.reduce(
    (sum, { labour, pension, other }) => sum + labour + pension + other,
    0,
  )
  if (depth !== 'check' && truth.need === 'none' && !truth.members.some(isSignalled)) return
  say('income_3m', monthly * 3, source)
  say('income_12m', monthly * 12, source)
  say('medical_3m', truth.medical[0], 'insurance')
  say('medical_12m', truth.medical[1], 'insurance')
  say('education_3m', truth.education[0], source)
  const size = truth.members.length
  say('rigid_12m', truth.medical[1] + truth.education[1] + 12_000 * size, source)
}
