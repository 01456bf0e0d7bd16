import { assumption, figures } from './figures.ts'
import type { Letter } from './household-types.ts'
import type { Random } from './random.ts'

/** How one member really lives, known to anybody or not. Money in whole yuan a month. */
export type MemberTruth = {
  readonly sex: 1 | 2
  readonly age: number
  readonly letter: Letter
  readonly hukou: string
  /** Registered in Shanghai. */
  readonly local: boolean
  labour: number
  pension: number
  /** Codes of `pension_kind`; `null` draws none. */
  pensionKind: string | null
  other: number
  disability: Readonly<{ kind: string; level: string }> | undefined
  ill: boolean
  cannotEarn: boolean
  cannotSelfCare: boolean
  /** Codes of `care_level`; `null` never assessed. */
  care: string | null
  /** Codes of `student_stage`; `null` not at school. */
  stage: string | null
  insurance: string | null
  jobless: Readonly<{ years: number; drawn: number; involuntary: boolean }> | undefined
  /** Codes of `only_child_loss`. */
  childLoss: string | null
  father: string | null
  mother: string | null
  /** Codes of `supporter_absence`. */
  supporters: string | null
}

export type MemberFrame = Pick<MemberTruth, 'sex' | 'age' | 'letter' | 'hukou'>

/** The life of one member before the household's need is laid over it. */
export function memberTruth(frame: MemberFrame, university: boolean, random: Random): MemberTruth {
  const local = frame.hukou <= '3'
  const disability = local ? drawDisability(frame.age, random) : undefined
  const { age } = frame
  const severe = disability !== undefined && isSevere(disability)
  const stage = studentStage(age, university, random)
  const truth: MemberTruth = {
    ...frame,
    local,
    labour: 0,
    pension: 0,
    pensionKind: null,
    other: 0,
    disability,
    ill:
      local &&
      age >= 18 &&
      random.chance(assumption(age < 60 ? 'serious-illness.adult' : 'serious-illness.elder')),
    cannotEarn: false,
    cannotSelfCare: false,
    care: local && age >= 60 ? careLevel(age, random) : null,
    stage,
    insurance: null,
    jobless: undefined,
    childLoss: null,
    father: null,
    mother: null,
    supporters: null,
  }
  drawPension(truth, random)
  drawWork(truth, severe, university, random)
  truth.insurance = insuranceOf(truth, random)
  if (local && age >= 49) truth.childLoss = drawChildLoss(random)
  return truth
}

/** Grades 1 and 2, and grade 3 of intellectual disability: severe for 重残无业. */
export function isSevere({ kind, level }: { kind: string; level: string }): boolean {
  return level <= '2' || (kind === '5' && level === '3')
}

function drawDisability(age: number, random: Random): MemberTruth['disability'] {
  const row = figures.disabilityRates.find(({ from, to }) => age >= from && age <= to)
  if (!row || !random.chance(row.rate)) return undefined
  const of =
    figures.disabilityKinds[
      drawShare(
        figures.disabilityKinds.map((kind) => kind.share),
        random,
      )
    ]!
  return { kind: of.kind, level: String(1 + drawShare(of.levels, random)) }
}

function careLevel(age: number, random: Random): string | null {
  const older = age >= 80 ? 3.2 : age >= 70 ? 1 : 0.35
  if (random.chance(assumption('care.level-2-6') * older)) return String(random.between(2, 6))
  return random.chance(assumption('care.level-1') * older) ? '1' : null
}

function studentStage(age: number, university: boolean, random: Random): string | null {
  if (age < 3) return null
  if (age < 6) return random.chance(0.92) ? '0' : null
  if (age < 12) return '1'
  if (age < 15) return '2'
  if (age < 18) return random.chance(0.62) ? '3' : '4'
  if (age > 22 || !university) return null
  return random.chance(0.35) ? '5' : '6'
}

function drawPension(truth: MemberTruth, random: Random): void {
  if (!truth.local) return
  const retired = truth.age >= 60 || (truth.sex === 2 && truth.age >= 55 && random.chance(0.8))
  if (!retired) return
  const drawn = truth.age < 60 ? 0 : drawShare(pensionShares, random)
  truth.pensionKind = ['1', '2', '3', null][drawn] ?? null
  const neverEmployed = truth.disability !== undefined && isSevere(truth.disability)
  if (
    neverEmployed &&
    truth.pensionKind === '1' &&
    random.chance(assumption('pension.severe-moved'))
  )
    truth.pensionKind = '2'
  const low = truth.age >= 80 ? 0.88 : 1
  if (truth.pensionKind === '1') {
    truth.pension = Math.max(
      2900,
      Math.round(random.normal(assumption('pension.employee-mean') * low, 950)),
    )
  } else if (truth.pensionKind === '2') truth.pension = 1555 + random.between(40, 320)
  else if (truth.pensionKind === '3') truth.pension = Math.round(random.normal(2650, 180))
}

const pensionShares = [
  'pension.employee-share',
  'pension.resident-share',
  'pension.land-share',
].map(assumption)
pensionShares.push(1 - pensionShares.reduce((a, b) => a + b, 0))

function drawWork(truth: MemberTruth, severe: boolean, university: boolean, random: Random): void {
  const { age, sex } = truth
  const working = age >= 16 && truth.stage === null && truth.pension === 0 && age < 65
  if (severe && age >= 16) {
    const chance =
      age >= 60
        ? truth.pensionKind === '1' || truth.pensionKind === '3'
          ? 0
          : 2 * assumption('work.severe-low-pension')
        : truth.pension > 0
          ? 0
          : 1 - assumption('work.severe-share')
    truth.cannotEarn = random.chance(chance)
    truth.cannotSelfCare = truth.cannotEarn && random.chance(0.94)
    if (truth.cannotEarn) truth.stage = age > 22 ? null : truth.stage
  }
  if (!working || truth.cannotEarn || age >= 60) return
  const rate = sex === 1 ? 0.93 : age < 50 ? 0.82 : 0.6
  if (random.chance(rate)) {
    truth.labour = Math.max(
      2690,
      Math.round(6700 * (university ? 1.6 : 1) * Math.exp(random.normal(0, 0.38))),
    )
  } else if (truth.local && age >= 20 && random.chance(assumption('jobless.registered') / 0.13)) {
    const years = random.between(0, 22)
    const involuntary = random.chance(0.7)
    truth.jobless = { years, involuntary, drawn: Math.min(random.between(0, 10), 2 * years) }
  }
}

function insuranceOf(truth: MemberTruth, random: Random): string | null {
  if (truth.labour > 0 || truth.pensionKind === '1') return '1'
  if (random.chance(0.012)) return null
  return truth.age >= 60 && random.chance(0.01) ? '3' : '2'
}

function drawChildLoss(random: Random): string | null {
  const drawn = drawShare(lossShares, random)
  return ['1', '2', null][drawn] ?? null
}

const lossShares = ['only-child.died', 'only-child.disabled'].map(assumption)
lossShares.push(1 - lossShares.reduce((a, b) => a + b, 0))

function drawShare(shares: readonly number[], random: Random): number {
  let at = random.next() * shares.reduce((a, b) => a + b, 0)
  for (const [i, share] of shares.entries()) {
    if (at < share) return i
    at -= share
  }
  return shares.length - 1
}
