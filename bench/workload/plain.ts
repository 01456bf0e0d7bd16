import type { Outputs } from './outputs.ts'
import { sizeOf, type Sums, sumsOf } from './household-sums.ts'
import type { Population } from './population.ts'
import {
  assetsLine,
  disabilityLiving,
  disabilityNursing,
  educationAmounts,
  extremePovertyAmount,
  floorAreaPerHead,
  lowAssetsLine,
  lowIncomeLine,
  oldAgeByAge,
  rentPerSquareMetre,
  subsistenceLine,
  utilities,
} from './thresholds.ts'

/** The ten policies as one would write them first: a pass for each, in the order in which they are read. */
export function runPlain(p: Population, into: Outputs): void {
  extremePoverty(p, into)
  const sums = sumsOf(p, into.verdicts.tekun)
  subsistence(p, into, sums)
  lowIncome(p, into, sums)
  expensePoverty(p, into, sums)
  forDisabled(p, into)
  oldAge(p, into)
  education(p, into)
  forHouseholds(p, into, sums)
}

function extremePoverty(p: Population, { verdicts, amounts }: Outputs): void {
  const { age, disability, income, pension, employment, local, supporter } = p
  const tekunVerdict = verdicts.tekun
  const tekunAmount = amounts.tekun
  for (let i = 0; i < p.persons; i++) {
    const years = age[i]!
    const level = disability[i]!
    const met =
      local[i] === 1 &&
      (years >= 60 || years < 16 || level === 1 || level === 2) &&
      employment[i] !== 1 &&
      income[i]! + pension[i]! < subsistenceLine &&
      supporter[i] === 0
    tekunVerdict[i] = met ? 1 : 0
    tekunAmount[i] = met ? extremePovertyAmount : 0
  }
}

function subsistence(p: Population, { verdicts, amounts }: Outputs, s: Sums): void {
  const { assets, car } = p
  const dibaoVerdict = verdicts.dibao
  const dibaoAmount = amounts.dibao
  for (let h = 0; h < p.households; h++) {
    const line = subsistenceLine * sizeOf(p, h)
    const met =
      s.allLocal[h] === 1 &&
      s.tekuns[h] === 0 &&
      car[h] === 0 &&
      s.family[h]! < line &&
      assets[h]! <= assetsLine * sizeOf(p, h)
    dibaoVerdict[h] = met ? 1 : 0
    dibaoAmount[h] = met ? line - s.family[h]! : 0
  }
}

function lowIncome(p: Population, { verdicts }: Outputs, s: Sums): void {
  const { assets } = p
  const lowIncomeVerdict = verdicts['low-income']
  const dibaoVerdict = verdicts.dibao
  for (let h = 0; h < p.households; h++) {
    const met =
      s.allLocal[h] === 1 &&
      dibaoVerdict[h] === 0 &&
      s.family[h]! < lowIncomeLine * sizeOf(p, h) &&
      assets[h]! <= lowAssetsLine * sizeOf(p, h)
    lowIncomeVerdict[h] = met ? 1 : 0
  }
}

function expensePoverty(p: Population, { verdicts, amounts }: Outputs, s: Sums): void {
  const { assets } = p
  const dibaoVerdict = verdicts.dibao
  const expenseVerdict = verdicts.expense
  const expenseAmount = amounts.expense
  for (let h = 0; h < p.households; h++) {
    const line = subsistenceLine * sizeOf(p, h)
    const rest = s.family[h]! - s.spending[h]!
    const met =
      s.allLocal[h] === 1 &&
      dibaoVerdict[h] === 0 &&
      rest < line &&
      assets[h]! <= lowAssetsLine * sizeOf(p, h)
    expenseVerdict[h] = met ? 1 : 0
    expenseAmount[h] = met ? line - Math.max(rest, 0) : 0
  }
}

function forDisabled(p: Population, { verdicts, amounts }: Outputs): void {
  const { disability, local, offsets } = p
  const disabilityLivingVerdict = verdicts['disability-living']
  const disabilityNursingVerdict = verdicts['disability-nursing']
  const lowIncomeVerdict = verdicts['low-income']
  const dibaoVerdict = verdicts.dibao
  const tekunVerdict = verdicts.tekun
  const disabilityLivingAmount = amounts['disability-living']
  const disabilityNursingAmount = amounts['disability-nursing']
  for (let h = 0; h < p.households; h++) {
    const hardship = dibaoVerdict[h] === 1 || lowIncomeVerdict[h] === 1
    const end = offsets[h + 1]!
    for (let i = offsets[h]!; i < end; i++) {
      const level = disability[i]!
      const living = hardship && local[i] === 1 && level > 0 && tekunVerdict[i] === 0
      const heavy = level <= 2
      disabilityLivingVerdict[i] = living ? 1 : 0
      disabilityLivingAmount[i] = living
        ? heavy
          ? disabilityLiving.heavy
          : disabilityLiving.light
        : 0
      const nursing = local[i] === 1 ? disabilityNursing[level as 0]! : 0
      disabilityNursingVerdict[i] = nursing > 0 ? 1 : 0
      disabilityNursingAmount[i] = nursing
    }
  }
}

function oldAge(p: Population, { verdicts, amounts }: Outputs): void {
  const { age, local } = p
  const verdict = verdicts['old-age']
  const amount = amounts['old-age']
  for (let i = 0; i < p.persons; i++) {
    const paid = local[i] === 1 ? oldAgeByAge[age[i]!]! : 0
    verdict[i] = paid > 0 ? 1 : 0
    amount[i] = paid
  }
}

function education(p: Population, { verdicts, amounts }: Outputs): void {
  const { student, offsets } = p
  const educationAidVerdict = verdicts['education-aid']
  const lowIncomeVerdict = verdicts['low-income']
  const dibaoVerdict = verdicts.dibao
  const expenseVerdict = verdicts.expense
  const educationAidAmount = amounts['education-aid']
  for (let h = 0; h < p.households; h++) {
    const hardship = dibaoVerdict[h] === 1 || lowIncomeVerdict[h] === 1 || expenseVerdict[h] === 1
    const end = offsets[h + 1]!
    for (let i = offsets[h]!; i < end; i++) {
      const amount = hardship ? educationAmounts[student[i] as 0]! : 0
      educationAidVerdict[i] = amount > 0 ? 1 : 0
      educationAidAmount[i] = amount
    }
  }
}

function forHouseholds(p: Population, { verdicts, amounts }: Outputs, s: Sums): void {
  const { floorArea } = p
  const lowIncomeVerdict = verdicts['low-income']
  const dibaoVerdict = verdicts.dibao
  const rentVerdict = verdicts.rent
  const utilitiesVerdict = verdicts.utilities
  const rentAmount = amounts.rent
  const utilitiesAmount = amounts.utilities
  for (let h = 0; h < p.households; h++) {
    const size = sizeOf(p, h)
    const hardship = dibaoVerdict[h] === 1 || lowIncomeVerdict[h] === 1
    const lacking = floorAreaPerHead * size - floorArea[h]!
    const rent = hardship && lacking > 0 ? lacking * rentPerSquareMetre : 0
    rentVerdict[h] = rent > 0 ? 1 : 0
    rentAmount[h] = rent
    const met = hardship || s.tekuns[h]! > 0
    utilitiesVerdict[h] = met ? 1 : 0
    utilitiesAmount[h] = met ? utilities.household + utilities.head * size : 0
  }
}
