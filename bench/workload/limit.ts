import { clearOutputs, type Outputs } from './outputs.ts'
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

const nursingByLevel = Int32Array.from(disabilityNursing)
const educationByStage = Int32Array.from(educationAmounts)

/** Households a block: what it reads and writes stays in the cache of one core. */
const blockSize = 2048

/** Households to run over: from the first up to, not including, the last. */
export type Households = Readonly<{ from: number; upTo: number }>

/**
 * The limit: the ten policies by hand over typed arrays sorted by household, all at once.
 *
 * It reads complete facts, explains nothing, stops at the first condition that fails and reads a
 * column only where an answer hangs on it. Every cell of `into` is written: zeros block by block,
 * then the rest. Separate functions keep each loop within the registers of the processor.
 */
export function runLimit(
  p: Population,
  into: Outputs,
  { from, upTo }: Households = { from: 0, upTo: p.households },
): void {
  for (let first = from; first < upTo; first += blockSize) {
    const last = Math.min(first + blockSize, upTo)
    clearOutputs(into, p.offsets, { first, last })
    personsAlone(p, into, p.offsets[first]!, p.offsets[last]!)
    households(p, into, first, last)
  }
}

/** What hangs on the person alone and is not rare. Old age is dense, so it is written without a branch. */
function personsAlone(
  { age, disability, local }: Population,
  { verdicts, amounts }: Outputs,
  from: number,
  upTo: number,
): void {
  const nursing = verdicts['disability-nursing']
  const nursingAmount = amounts['disability-nursing']
  const oldAge = verdicts['old-age']
  const oldAgeAmount = amounts['old-age']
  for (let i = from; i < upTo; i++) {
    const isLocal = local[i]!
    const level = disability[i]!
    if (level !== 0 && level < 3 && isLocal === 1) {
      nursing[i] = 1
      nursingAmount[i] = nursingByLevel[level]!
    }
    const amount = oldAgeByAge[age[i]!]! & -isLocal
    oldAge[i] = -amount >>> 31
    oldAgeAmount[i] = amount
  }
}

/** Sums over members; only a household that can still be found needy is looked at further. */
function households(p: Population, into: Outputs, from: number, upTo: number): void {
  const { offsets, income, pension, local, supporter, assets } = p
  let end = offsets[from]!
  for (let h = from; h < upTo; h++) {
    const first = end
    end = offsets[h + 1]!
    const size = end - first
    let family = 0
    let locals = 0
    let supported = 0
    for (let i = first; i < end; i++) {
      family = (family + income[i]! + pension[i]!) | 0
      locals = (locals + local[i]!) | 0
      supported = (supported + supporter[i]!) | 0
    }
    const tekuns = supported === size ? 0 : extremePoverty(p, into, first, end)
    const poor = locals === size && assets[h]! <= lowAssetsLine * size
    if (poor || tekuns > 0) needy(p, into, { h, first, end, family, poor, tekuns })
  }
}

function extremePoverty(p: Population, into: Outputs, first: number, end: number): number {
  let found = 0
  for (let i = first; i < end; i++) {
    if (p.supporter[i] !== 0 || p.local[i] !== 1 || p.employment[i] === 1) continue
    if (p.income[i]! + p.pension[i]! >= subsistenceLine) continue
    const age = p.age[i]!
    const level = p.disability[i]!
    if (age >= 60 || age < 16 || level === 1 || level === 2) {
      into.verdicts.tekun[i] = 1
      into.amounts.tekun[i] = extremePovertyAmount
      found++
    }
  }
  return found
}

type Needy = Readonly<{
  h: number
  first: number
  end: number
  family: number
  poor: boolean
  tekuns: number
}>

function needy(p: Population, into: Outputs, of: Needy): void {
  const { verdicts, amounts } = into
  const { h, first, end, family, poor, tekuns } = of
  const size = end - first
  const line = subsistenceLine * size
  let hardship = false
  let expense = false
  if (
    poor &&
    family < line &&
    tekuns === 0 &&
    p.car[h] === 0 &&
    p.assets[h]! <= assetsLine * size
  ) {
    hardship = true
    verdicts.dibao[h] = 1
    amounts.dibao[h] = line - family
  } else if (poor) {
    hardship = family < lowIncomeLine * size
    verdicts['low-income'][h] = hardship ? 1 : 0
    let rest = family
    for (let i = first; i < end; i++) rest = (rest - p.medical[i]! - p.education[i]!) | 0
    expense = rest < line
    verdicts.expense[h] = expense ? 1 : 0
    amounts.expense[h] = expense ? line - Math.max(rest, 0) : 0
  }
  const lacking = floorAreaPerHead * size - p.floorArea[h]!
  if (hardship && lacking > 0) {
    verdicts.rent[h] = 1
    amounts.rent[h] = lacking * rentPerSquareMetre
  }
  if (hardship || tekuns > 0) {
    verdicts.utilities[h] = 1
    amounts.utilities[h] = utilities.household + utilities.head * size
  }
  if (hardship || expense) membersOfNeedy(p, into, of, hardship)
}

function membersOfNeedy(
  p: Population,
  { verdicts, amounts }: Outputs,
  { first, end }: Needy,
  hardship: boolean,
): void {
  for (let i = first; i < end; i++) {
    const study = educationByStage[p.student[i]!]!
    if (study > 0) {
      verdicts['education-aid'][i] = 1
      amounts['education-aid'][i] = study
    }
    const level = p.disability[i]!
    if (hardship && level !== 0 && p.local[i] === 1 && verdicts.tekun[i] === 0) {
      verdicts['disability-living'][i] = 1
      amounts['disability-living'][i] = level <= 2 ? disabilityLiving.heavy : disabilityLiving.light
    }
  }
}
