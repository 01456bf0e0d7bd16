import { clearAmounts, type Kept } from './kept.ts'
import { householdsThreeValued } from './three-valued-households.ts'
import { hiddenByte, type Population } from './population.ts'
import {
  disabilityLiving,
  disabilityNursing,
  educationAmounts,
  extremePovertyAmount,
  oldAgeByAge,
  subsistenceLine,
} from './thresholds.ts'
import { both, byByte, either, is, isBelow, no, not, open, unlessNo } from './truth.ts'

const educationByStage = Int32Array.from(educationAmounts)
const severeByLevel = byByte((level) =>
  level === hiddenByte ? open : is(level === 1 || level === 2),
)
const disabledByLevel = byByte((level) => (level === hiddenByte ? open : is(level !== 0)))
const aloneBySupporter = byByte((has) => (has === hiddenByte ? open : is(has === 0)))
const cannotWorkByAge = byByte((age) => is(age >= 60 || age < 16))

/** Households a block: what it reads and writes stays in the cache of one core. */
const blockSize = 1024

/**
 * The ten policies by hand on facts of which some are unknown: unknown money lies anywhere from
 * zero, sums carry both ends, and every condition's outcome is kept.
 */
export function runThreeValued(p: Population, into: Kept): void {
  for (let from = 0; from < p.households; from += blockSize) {
    const upTo = Math.min(from + blockSize, p.households)
    clearAmounts(into, p.offsets, { first: from, last: upTo })
    extremePoverty(p, into, p.offsets[from]!, p.offsets[upTo]!)
    nursingAndOldAge(p, into, p.offsets[from]!, p.offsets[upTo]!)
    householdsThreeValued(p, into, from, upTo)
    membersOf(p, into, from, upTo)
  }
}

function extremePoverty(p: Population, into: Kept, from: number, upTo: number): void {
  const { age, disability, income, pension, employment, local, supporter } = p
  const verdicts = into.verdicts.tekun
  const conditions = into.conditions.tekun
  const least = into.least.tekun
  const most = into.most.tekun
  for (let i = from; i < upTo; i++) {
    const earned = income[i]!
    const isLocal = 2 - local[i]!
    const severe = severeByLevel[disability[i]! + 128]!
    const cannotWork = either(cannotWorkByAge[age[i]! + 128]!, severe)
    const idle = is(employment[i] !== 1)
    const poor = isBelow(pension[i]! + Math.max(earned, 0), subsistenceLine, earned >>> 31)
    const alone = aloneBySupporter[supporter[i]! + 128]!
    const verdict = both(both(both(isLocal, cannotWork), both(idle, poor)), alone)
    conditions[i] = isLocal | (cannotWork << 2) | (idle << 4) | (poor << 6) | (alone << 8)
    verdicts[i] = verdict
    if (verdict !== no) least[i] = most[i] = extremePovertyAmount
  }
}

function nursingAndOldAge(p: Population, into: Kept, from: number, upTo: number): void {
  const { age, disability, local } = p
  const nursing = into.verdicts['disability-nursing']
  const nursingConditions = into.conditions['disability-nursing']
  const nursingLeast = into.least['disability-nursing']
  const nursingMost = into.most['disability-nursing']
  const oldAge = into.verdicts['old-age']
  const oldAgeConditions = into.conditions['old-age']
  const oldAgeLeast = into.least['old-age']
  const oldAgeMost = into.most['old-age']
  const [, first, second] = disabilityNursing
  for (let i = from; i < upTo; i++) {
    const level = disability[i]!
    const isLocal = 2 - local[i]!
    const severe = severeByLevel[level + 128]!
    const verdict = both(isLocal, severe)
    nursing[i] = verdict
    nursingConditions[i] = isLocal | (severe << 2)
    if (verdict !== no) {
      nursingLeast[i] = level === 1 ? first : second
      nursingMost[i] = level === 2 ? second : first
    }
    const amount = oldAgeByAge[age[i]!]!
    const old = 2 - (-amount >>> 31)
    oldAge[i] = both(isLocal, old)
    oldAgeConditions[i] = isLocal | (old << 2)
    const paid = unlessNo(both(isLocal, old), amount)
    oldAgeLeast[i] = paid
    oldAgeMost[i] = paid
  }
}

/** What hangs on the person and on the household's verdicts. */
function membersOf(p: Population, into: Kept, from: number, upTo: number): void {
  const { offsets, disability, local, student } = p
  const { dibao, expense, tekun } = into.verdicts
  const low = into.verdicts['low-income']
  const living = into.verdicts['disability-living']
  const livingConditions = into.conditions['disability-living']
  const livingLeast = into.least['disability-living']
  const livingMost = into.most['disability-living']
  const study = into.verdicts['education-aid']
  const studyConditions = into.conditions['education-aid']
  const studyLeast = into.least['education-aid']
  const studyMost = into.most['education-aid']
  const { heavy, light } = disabilityLiving
  let i = offsets[from]!
  for (let h = from; h < upTo; h++) {
    const hardship = either(dibao[h]!, low[h]!)
    const needy = either(hardship, expense[h]!)
    for (const end = offsets[h + 1]!; i < end; i++) {
      const level = disability[i]!
      const isLocal = 2 - local[i]!
      const disabled = disabledByLevel[level + 128]!
      const noTekun = not(tekun[i]!)
      const verdict = both(both(isLocal, disabled), both(noTekun, hardship))
      living[i] = verdict
      livingConditions[i] = isLocal | (disabled << 2) | (noTekun << 4) | (hardship << 6)
      if (verdict !== no) {
        livingLeast[i] = level === 1 || level === 2 ? heavy : light
        livingMost[i] = level > 2 ? light : heavy
      }
      const stage = student[i]!
      const studies = 2 - (-stage >>> 31)
      const aid = both(studies, needy)
      study[i] = aid
      studyConditions[i] = studies | (needy << 2)
      if (aid !== no) studyLeast[i] = studyMost[i] = educationByStage[stage]!
    }
  }
}
