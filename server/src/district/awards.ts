import { monthsLater } from './days.ts'
import { assumption } from './figures.ts'
import type { HouseholdTruth } from './household-truth.ts'
import type { Day, GeneratedAward } from './model.ts'
import type { Random } from './random.ts'
import { isSevere, type MemberTruth } from './truth.ts'

/**
 * What a household draws on `today`. Most entitlements are drawn and some are not, by the shares
 * of figures/assumptions.csv: those are the people the policy has to find.
 */
export function awardsOf(
  truth: HouseholdTruth,
  today: Day,
  births: readonly Day[],
  random: Random,
): GeneratedAward[] {
  const awards: GeneratedAward[] = []
  const give = (programme: string, member?: number, oldest = 60) => {
    const from = firstOfMonth(today - random.between(40, oldest * 30))
    awards.push({
      programme,
      state: 'receiving',
      from,
      ...(member === undefined ? {} : { member }),
    })
  }
  const takes = (share: string) => random.chance(assumption(`take-up.${share}`))
  giveHousehold(truth, today, awards, random)
  const status = statusOf(truth)
  for (const [i, member] of truth.members.entries()) {
    if (!member.local) continue
    const regular = regularAid(truth, member) && takes('zhongcan-wuye')
    const tekun = truth.need === 'tekun'
    const child = truth.need === 'kunjing' && member.letter === 'c'
    if (tekun) give('tekun', i)
    if (regular) give('zhongcan-wuye', i)
    if (child) give('kunjing-ertong', i, 30)
    const disabled = member.disability !== undefined && !tekun && !child
    if (disabled && (regular || status !== 'none') && takes('canji-shenghuo'))
      give('canji-shenghuo', i)
    if (disabled && drawsNursing(member) && takes('canji-huli')) give('canji-huli', i)
    giveElder(member, i, { status, today, birthOn: births[i]! }, give, random)
    if (drawsGrain(status, regular, tekun && !truth.collective, member) && takes('liangyou'))
      give('liangyou', i)
    const aided = status === 'dibao' || regular
    if (aided && member.insurance !== '1' && takes('zizhu-canbao')) give('zizhu-canbao', i, 5)
    if (member.childLoss !== null && takes('jisheng-tefu')) give('jisheng-tefu', i)
    const benefit = member.jobless
    if (
      benefit?.involuntary &&
      benefit.years > 0 &&
      benefit.drawn < Math.min(24, 2 * benefit.years) &&
      takes('shiye-jin')
    ) {
      give('shiye-jin', i, Math.max(2, benefit.drawn))
    }
  }
  return awards
}

/** Confirmed status that other programmes build on. */
function statusOf(truth: HouseholdTruth): 'dibao' | 'edge' | 'none' {
  if (truth.need === 'dibao') return 'dibao'
  return truth.need === 'edge' ? 'edge' : 'none'
}

const householdProgrammes: Partial<Record<HouseholdTruth['need'], string>> = {
  dibao: 'dibao',
  edge: 'edge-household',
  zhichu: 'zhichu-shenghuo',
}

function giveHousehold(
  truth: HouseholdTruth,
  today: Day,
  awards: GeneratedAward[],
  random: Random,
): void {
  const programme = householdProgrammes[truth.need]
  if (!programme) return
  const months = truth.need === 'zhichu' ? random.between(2, 11) : random.between(2, 90)
  const from = firstOfMonth(monthsLater(today, -months))
  // Expenditure-type aid ends after some months; those of the year are on record.
  if (truth.need === 'zhichu' && months > 6) {
    awards.push({ programme, state: 'ended', from, to: monthsLater(from, 6) - 1 })
  } else awards.push({ programme, state: 'receiving', from })
}

/** Severely disabled, unable to earn, without an employee's pension: 重残无业. */
function regularAid(truth: HouseholdTruth, member: MemberTruth): boolean {
  if (truth.need.startsWith('dibao') || truth.need.startsWith('tekun')) return false
  if (!member.disability || !isSevere(member.disability) || member.age < 16) return false
  return member.cannotEarn && member.cannotSelfCare && member.pension < 2075 && member.labour === 0
}

function drawsNursing({ disability }: MemberTruth): boolean {
  if (!disability) return false
  return isSevere(disability) || (disability.kind === '6' && disability.level === '3')
}

function drawsGrain(
  status: string,
  regular: boolean,
  tekun: boolean,
  member: MemberTruth,
): boolean {
  if (regular || tekun) return true
  const schooling = member.stage !== null && member.stage <= '4'
  return status === 'dibao' && (member.age >= 60 || member.age < 6 || schooling || member.ill)
}

function giveElder(
  member: MemberTruth,
  place: number,
  { status, today, birthOn }: { status: string; today: Day; birthOn: Day },
  give: (programme: string, member: number, oldest?: number) => void,
  random: Random,
): void {
  const takes = (share: string) => random.chance(assumption(`take-up.${share}`))
  if (member.age >= 65) {
    const turned = monthsLater(birthOn, 65 * 12)
    const recent = today - turned < 92
    if (takes(recent ? 'laonian-jintie-new' : 'laonian-jintie')) {
      give('laonian-jintie', place, Math.max(2, Math.floor((today - turned) / 30)))
    }
  }
  if (member.age < 60) return
  if (member.pensionKind === '2' && takes('jubao-jichu')) give('jubao-jichu', place)
  if (member.care === null || member.care === '0') return
  const oldLow = member.care === '1' && member.age >= 80 && member.pension < 5200
  if ((status !== 'none' || oldLow) && takes('yanglao-butie')) give('yanglao-butie', place, 24)
  if (member.care >= '2' && member.insurance !== null && takes('changhu'))
    give('changhu', place, 24)
}

function firstOfMonth(day: Day): Day {
  return day - new Date(day * 86_400_000).getUTCDate() + 1
}
