import type { Target, Tier } from '../ir.ts'
import type { Judge, JudgeContext } from './judge-context.ts'
import type { Writer } from './names.ts'

/** Nobody is eligible, and nothing is paid, before a block is judged. */
export function clearText(
  entity: Target['entity'],
  index: number,
  { plan, into }: JudgeContext,
): string {
  const rows =
    entity === 'person'
      ? 'firstPerson, firstPerson + persons'
      : 'firstHousehold, firstHousehold + households'
  const target = plan.program.targets[index]
  const amounts = target && pays(target) ? (into === 'range' ? ['X', 'Y'] : ['X']) : []
  return ['W', ...amounts].map((name) => ` ${name}${index}.fill(0, ${rows});`).join('')
}

/** Where amounts of all entries are of one kind, and none is computed, it is written once for all. */
export function kindText(target: Target, { into }: JudgeContext): string {
  const kind = soleKind(target)
  if (into !== 'entries' || kind === null) return ''
  return ` A${target.index}.fill(${kind}, 0, count${target.index});`
}

/** Place in amountKinds of what every tier pays, null where they differ or one is computed. */
export function soleKind(target: Target): number | null {
  const [only, ...others] = new Set(target.tiers.map(amountClass))
  if (others.length > 0 || pays(target)) return null
  return only === 'official' ? 3 : 0
}

function pays({ tiers }: Target): boolean {
  return tiers.some(({ amount }) => amount.kind === 'computed')
}

/** Where the answer to a row goes. */
export function placeOf({ into, sign, target }: Judge): string {
  if (into === 'entries') return `[count${sign}]`
  return target.entity === 'person' ? '[gp]' : '[gh]'
}

/**
 * Statements that write an amount which is the same for everybody once for all entries; null where it
 * is not, or where columns take the place of entries.
 */
export function constantAmount({ into, sign, mode }: Judge, lo: string, hi: string): string | null {
  const ends = [lo, hi].map(Number)
  const [least = NaN, most = NaN] = ends
  if (into !== 'entries' || ends.some(Number.isNaN)) return null
  const isOpen = most === Infinity && least !== most
  const [kind, period] = isOpen ? [4, -1] : [least === most ? 1 : 2, 0]
  const values = { A: kind, X: isOpen ? 0 : least, Y: isOpen ? 0 : most }
  const columns = Object.entries(mode === 'answers' ? { ...values, P: period } : values)
  return columns.map(([name, value]) => `${name}${sign}.fill(${value}, 0, count${sign});`).join(' ')
}

/** Ends of a tier's amount. */
export function amountText({ amount }: Tier, writer: Writer): { lo: string; hi: string } {
  if (amount.kind !== 'computed') return { lo: '0', hi: '0' }
  return { lo: writer.endLo(amount.node), hi: writer.endHi(amount.node) }
}

export function amountEntry(
  judge: Judge,
  kind: string,
  lo: string,
  hi: string,
  period: string,
): string {
  const { target, sign, mode, into } = judge
  const at = placeOf(judge)
  if (into !== 'entries') {
    if (!pays(target)) return ''
    const isKnown = period === '-1' ? `${kind} === 4 ? -1 : 0` : null
    if (into === 'low')
      return `X${sign}${at} = ${isKnown ?? (lo === hi ? lo : `${lo} === ${hi} ? ${lo} : -1`)};`
    return `X${sign}${at} = ${isKnown ?? lo}; Y${sign}${at} = ${isKnown ?? hi};`
  }
  if (soleKind(target) !== null) return mode === 'answers' ? `P${sign}${at} = -1;` : ''
  const text = `A${sign}${at} = ${kind}; X${sign}${at} = ${lo}; Y${sign}${at} = ${hi};`
  const periods = new Set(
    target.tiers.map(amountClass).filter((name) => name.startsWith('computed')),
  )
  return mode === 'answers' || periods.size > 1 ? `${text} P${sign}${at} = ${period};` : text
}

/** Kinds of amounts that can be joined bear the same name. */
export function amountClass({ amount }: Tier): string {
  return amount.kind === 'computed' ? `computed ${amount.per}` : amount.kind
}

/** The joined amount of the tiers that remain possible: a range only of what is paid alike. */
export function tierAmountText(judge: Judge, classes: readonly string[]): string {
  const fixed = classes.map((name) => (name === 'official' ? 3 : name === 'none' ? 0 : -1))
  const choice = `mixed ? 4 : ${fixed.map((kind, i) => `of === ${i} ? ${kind} : `).join('')}-1`
  const range = 'hi === Infinity && lo !== hi ? 4 : 1 + (lo !== hi)'
  return `const fixed = ${classes.length === 1 ? '-1' : choice};
const kind = fixed >= 0 ? fixed : ${range};
if (kind === 1 || kind === 2) { ${amountEntry(judge, 'kind', 'lo', 'hi', 'first')} }
else { ${amountEntry(judge, 'kind', '0', '0', '-1')} }`
}
