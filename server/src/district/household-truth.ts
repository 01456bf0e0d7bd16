import type { Need } from './needs.ts'
import type { Random } from './random.ts'
import type { MemberTruth } from './truth.ts'

/** What a household really has, in whole yuan; areas in square metres a person. */
export type HouseholdTruth = {
  readonly need: Need
  readonly members: MemberTruth[]
  readonly rural: boolean
  readonly rents: boolean
  /** One resident of a dormitory or home, the family elsewhere unknown. */
  readonly collective: boolean
  /** An advisor knows this household, whatever the chances. */
  readonly visited?: boolean
  assets: number
  vehicle: boolean
  nonResidential: boolean
  homes: number
  floorArea: number
  commodityHome: boolean
  /** Over three and over twelve months. */
  medical: readonly [number, number]
  education: readonly [number, number]
}

/** Income a head and month after the exemption for those who earn the minimum wage. */
function countedIncome(members: readonly MemberTruth[]): number {
  const sum = members.reduce((total, { labour, pension, other }) => {
    return total + labour - (labour >= 2690 ? 870 : 0) + pension + other
  }, 0)
  return sum / members.length
}

/** What is usual where no need was planned; never by accident poor enough for 低保 or its edge. */
export function householdTruth(
  members: MemberTruth[],
  home: Pick<HouseholdTruth, 'rural' | 'rents' | 'collective'>,
  random: Random,
): HouseholdTruth {
  const counted = countedIncome(members)
  const size = members.length
  const savings = Math.round((90_000 * Math.exp(random.normal(0, 0.7)) * size) / 1000) * 1000
  const medical = members.reduce(
    (sum, { age, ill }) => sum + (ill ? 2600 : age >= 60 ? 450 : 120),
    0,
  )
  const illness = members.some(({ ill }) => ill)
  const schooling = members.reduce((sum, { stage }) => sum + (stage === null ? 0 : 600), 0)
  return {
    need: 'none',
    members,
    ...home,
    // Low incomes without need stand on savings: the line of the edge is below 69,000 a head.
    assets: counted < 3400 || illness ? Math.max(savings, 72_000 * size) : savings,
    vehicle: members.some(({ labour }) => labour > 4000) && random.chance(0.5),
    nonResidential: random.chance(0.03),
    homes: home.rents ? random.between(0, 1) : random.chance(0.2) ? 2 : 1,
    floorArea: Math.round(Math.max(9, random.normal(home.rural ? 46 : 31, 9))),
    commodityHome: home.rural && random.chance(0.25),
    medical: [
      Math.round(medical * random.next() * 3),
      Math.round(medical * 12 * (0.6 + 0.8 * random.next())),
    ],
    education: [Math.round(schooling * 3 * random.next()), schooling * 12],
  }
}
