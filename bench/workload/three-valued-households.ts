import type { Kept } from './kept.ts'
import { hiddenNumber, type Population } from './population.ts'
import {
  assetsLine,
  floorAreaPerHead,
  lowAssetsLine,
  lowIncomeLine,
  rentPerSquareMetre,
  subsistenceLine,
  utilities,
} from './thresholds.ts'
import { both, either, is, isBelow, no, not, open, yes } from './truth.ts'

/** Sums over members of the households of one block, by place in it. */
const block = 1024
const familyOf = new Int32Array(block)
const spentOf = new Int32Array(block)
const incomeOpenOf = new Uint8Array(block)
const medicalOpenOf = new Uint8Array(block)
const allLocalOf = new Uint8Array(block)
const noTekunOf = new Uint8Array(block)

/** The five household policies of the three-valued loop, for up to a block of households. */
export function householdsThreeValued(p: Population, into: Kept, from: number, upTo: number): void {
  sumMembers(p, into, from, upTo)
  subsistence(p, into, from, upTo)
  lowIncomeAndExpense(p, into, from, upTo)
  allowances(p, into, from, upTo)
}

function sumMembers(p: Population, into: Kept, from: number, upTo: number): void {
  const { offsets, income, pension, medical, education, local } = p
  const tekun = into.verdicts.tekun
  let end = offsets[from]!
  for (let h = from; h < upTo; h++) {
    const first = end
    end = offsets[h + 1]!
    let [family, spent, opens, locals, possible, certain] = [0, 0, 0, 0, 0, 0]
    for (let i = first; i < end; i++) {
      const earned = income[i]!
      const paid = medical[i]!
      const verdict = tekun[i]!
      family = (family + pension[i]! + Math.max(earned, 0)) | 0
      spent = (spent + education[i]! + Math.max(paid, 0)) | 0
      opens |= (earned >>> 31) | ((paid >>> 31) << 1)
      locals = (locals + local[i]!) | 0
      possible |= verdict & yes
      certain |= verdict === yes ? 1 : 0
    }
    const at = h - from
    familyOf[at] = family
    spentOf[at] = spent
    incomeOpenOf[at] = opens & 1
    medicalOpenOf[at] = opens >> 1
    allLocalOf[at] = is(locals === end - first)
    noTekunOf[at] = certain ? no : possible ? open : yes
  }
}

function subsistence(p: Population, into: Kept, from: number, upTo: number): void {
  const { offsets, assets, car } = p
  const verdicts = into.verdicts.dibao
  const conditions = into.conditions.dibao
  const least = into.least.dibao
  const most = into.most.dibao
  for (let h = from; h < upTo; h++) {
    const at = h - from
    const size = offsets[h + 1]! - offsets[h]!
    const wealth = assets[h]!
    const [isLocal, noTekun, isOpen] = [allLocalOf[at]!, noTekunOf[at]!, incomeOpenOf[at]!]
    const line = subsistenceLine * size
    const noCar = car[h]! + 1
    const poor = isBelow(familyOf[at]!, line, isOpen)
    const few = wealth === hiddenNumber ? open : is(wealth <= assetsLine * size)
    const verdict = both(both(isLocal, noTekun), both(noCar, both(poor, few)))
    conditions[h] = isLocal | (noTekun << 2) | (noCar << 4) | (poor << 6) | (few << 8)
    verdicts[h] = verdict
    if (verdict === no) continue
    most[h] = line - familyOf[at]!
    least[h] = isOpen ? 0 : most[h]!
  }
}

function lowIncomeAndExpense(p: Population, into: Kept, from: number, upTo: number): void {
  const { offsets, assets } = p
  const dibao = into.verdicts.dibao
  const low = into.verdicts['low-income']
  const lowConditions = into.conditions['low-income']
  const verdicts = into.verdicts.expense
  const conditions = into.conditions.expense
  const least = into.least.expense
  const most = into.most.expense
  for (let h = from; h < upTo; h++) {
    const at = h - from
    const size = offsets[h + 1]! - offsets[h]!
    const wealth = assets[h]!
    const [isLocal, noDibao, isOpen] = [allLocalOf[at]!, not(dibao[h]!), incomeOpenOf[at]!]
    const few = wealth === hiddenNumber ? open : is(wealth <= lowAssetsLine * size)
    const income = isBelow(familyOf[at]!, lowIncomeLine * size, isOpen)
    low[h] = both(both(isLocal, noDibao), both(income, few))
    lowConditions[h] = isLocal | (noDibao << 2) | (income << 4) | (few << 6)

    const line = subsistenceLine * size
    const rest = familyOf[at]! - spentOf[at]!
    const below = (rest - line) >>> 31
    const spent = below | medicalOpenOf[at]! | (((1 - below) | isOpen) << 1)
    const verdict = both(both(isLocal, noDibao), both(spent, few))
    conditions[h] = isLocal | (noDibao << 2) | (spent << 4) | (few << 6)
    verdicts[h] = verdict
    if (verdict === no) continue
    const amount = Math.max(line - Math.max(rest, 0), 0)
    least[h] = isOpen ? 0 : amount
    most[h] = medicalOpenOf[at] ? line : amount
  }
}

/** What hangs on the household's other verdicts. */
function allowances(p: Population, into: Kept, from: number, upTo: number): void {
  const { offsets, floorArea } = p
  const { dibao, rent: rents, utilities: helps } = into.verdicts
  const low = into.verdicts['low-income']
  const { rent: rentConditions, utilities: helpConditions } = into.conditions
  const { rent: rentLeast, utilities: helpLeast } = into.least
  const { rent: rentMost, utilities: helpMost } = into.most
  for (let h = from; h < upTo; h++) {
    const size = offsets[h + 1]! - offsets[h]!
    const hardship = either(dibao[h]!, low[h]!)
    const lacking = floorAreaPerHead * size - floorArea[h]!
    const cramped = is(lacking > 0)
    const rent = both(hardship, cramped)
    rentConditions[h] = hardship | (cramped << 2)
    rents[h] = rent
    if (rent !== no) rentLeast[h] = rentMost[h] = lacking * rentPerSquareMetre
    const help = either(hardship, not(noTekunOf[h - from]!))
    helpConditions[h] = help
    helps[h] = help
    if (help !== no) helpLeast[h] = helpMost[h] = utilities.household + utilities.head * size
  }
}
