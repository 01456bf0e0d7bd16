import { type Outputs, policies } from '../workload/outputs.ts'
import type { Population } from '../workload/population.ts'

/** A household as engines read it that take objects: money in fen, codes as numbers. */
export type HouseholdObject = {
  assets: number
  floorArea: number
  car: boolean
  members: MemberObject[]
}

export type MemberObject = {
  age: number
  disability: number
  income: number
  pension: number
  employment: number
  student: number
  medical: number
  education: number
  local: boolean
  supporter: boolean
}

/** What such an engine says of it: fen, 0 where no; low income 1 or 0. */
export type HouseholdAnswer = Readonly<{
  dibao: number
  low: number
  expense: number
  rent: number
  utilities: number
  /** One entry a member. */
  tekun: ArrayLike<number>
  living: ArrayLike<number>
  nursing: ArrayLike<number>
  oldAge: ArrayLike<number>
  education: ArrayLike<number>
}>

export function householdObject(p: Population, h: number): HouseholdObject {
  const end = p.offsets[h + 1]!
  const members: MemberObject[] = []
  for (let i = p.offsets[h]!; i < end; i++) {
    members.push({
      age: p.age[i]!,
      disability: p.disability[i]!,
      income: p.income[i]!,
      pension: p.pension[i]!,
      employment: p.employment[i]!,
      student: p.student[i]!,
      medical: p.medical[i]!,
      education: p.education[i]!,
      local: p.local[i] === 1,
      supporter: p.supporter[i] === 1,
    })
  }
  return { assets: p.assets[h]!, floorArea: p.floorArea[h]!, car: p.car[h] === 1, members }
}

/** Writes an answer into the columns of amounts; {@link completeVerdicts} does the verdicts. */
export function writeAnswer(
  { amounts, verdicts }: Outputs,
  p: Population,
  h: number,
  answer: HouseholdAnswer,
): void {
  amounts.dibao[h] = answer.dibao
  verdicts['low-income'][h] = answer.low
  amounts.expense[h] = answer.expense
  amounts.rent[h] = answer.rent
  amounts.utilities[h] = answer.utilities
  const first = p.offsets[h]!
  const size = p.offsets[h + 1]! - first
  for (let m = 0; m < size; m++) {
    amounts.tekun[first + m] = answer.tekun[m]!
    amounts['disability-living'][first + m] = answer.living[m]!
    amounts['disability-nursing'][first + m] = answer.nursing[m]!
    amounts['old-age'][first + m] = answer.oldAge[m]!
    amounts['education-aid'][first + m] = answer.education[m]!
  }
}

/** Every amount of this workload is above zero exactly where the verdict is yes. */
export function completeVerdicts({ amounts, verdicts }: Outputs): void {
  for (const { id, pays } of policies) {
    if (!pays) continue
    const [verdict, amount] = [verdicts[id], amounts[id]]
    for (let row = 0; row < verdict.length; row++) verdict[row] = amount[row]! > 0 ? 1 : 0
  }
}
