import { MET, UNMET } from '../evaluate/verdicts.ts'
import type { Target, Tier } from '../ir.ts'
import {
  amountClass,
  amountEntry,
  amountText,
  clearText,
  constantAmount,
  kindText,
  placeOf,
  soleKind,
  tierAmountText,
} from './amount-code.ts'
import { isPlain, nearText, outcomeText } from './condition-code.ts'
import { type Judge, type JudgeContext, OUTCOMES_A_WORD } from './judge-context.ts'
import { writeOnce } from './once.ts'
import { loopText } from './stored-loops.ts'
import { writerFor } from './writer.ts'

/**
 * A loop that judges targets of one entity in every row: conditions in order, left at the first that
 * is surely unmet, and amounts only of those who may receive them. Whoever is not surely ineligible
 * gets an entry of `out[target]`; `more` takes how many there are.
 */
export function judgeLoop(
  entity: Target['entity'],
  targets: readonly Target[],
  context: JudgeContext,
): string {
  const writer = writerFor(context.plan)
  const judges = targets.map(
    (target): Judge => ({ ...context, target, writer, sign: target.index, after: [] }),
  )
  const [first] = judges
  const gates = first ? gatesOf(first) : []
  if (gates.length === 0) {
    writeOnce(entity, targets, writer)
    judges.forEach(writeJudge)
  }
  const columns = (i: number): string =>
    `const { rows: R${i}, verdict: W${i}, look: K${i}, kind: A${i}, tier: T${i}, period: P${i}, lo: X${i}, hi: Y${i}, first: D${i}, words: Q${i} } = out[${i}];
let count${i} = 0;${context.into === 'entries' ? '' : clearText(entity, i, context)}`
  const before = targets.map(({ index }) => columns(index)).join('\n')
  const after = (): string =>
    judges
      .map(({ target, after: own }) =>
        [`more[${target.index}] = count${target.index};`, kindText(target, context), ...own].join(
          ' ',
        ),
      )
      .join('\n')
  if (!first || gates.length === 0) return loopText(entity, writer, before, after())
  for (const c of gates) {
    const condition = first.target.conditions[c]
    if (condition) writer.lines.push(`if (${outcomeText(condition, writer)} === 2) continue;`)
  }
  writer.within('for (let p = start[h], end = start[h + 1]; p < end; p++)', () => {
    writer.lines.push('const gp = firstPerson + p;')
    writeOnce(entity, targets, writer)
    judges.forEach(writeJudge)
  })
  return loopText('household', writer, before, after())
}

/**
 * Conditions of a target for persons that ask of the household only: asked once for all its members,
 * and most households are done with. Not where every outcome is kept, or the line may be nearly met.
 */
export function gatesOf({ target, plan, mode, view }: JudgeContext & { target: Target }): number[] {
  if (target.entity === 'household' || mode === 'outcomes') return []
  const [only] = target.tiers
  const sure = target.tiers.length === 1 && only ? only.conditions : []
  return [...target.base, ...sure].filter((c) => {
    const condition = target.conditions[c]
    const isNear = mode === 'answers' && view(target.index).measures[c]
    return (
      condition?.confirmed === true &&
      !isNear &&
      plan.program.nodes[condition.root]?.op.kind === 'project'
    )
  })
}

function writeJudge(judge: Judge): void {
  const { target, writer, mode, sign } = judge
  const { lines } = writer
  if (mode === 'outcomes' && writeOutcomes(judge)) return
  if (mode === 'answers') lines.push(`let look${sign} = false;`)
  const label = `judge${sign}`
  writer.within(`${label}:`, () => {
    const seen = writeConditions(judge, target.base, label, null)
    const [only] = target.tiers
    if (only && target.tiers.length === 1) writeOnly(judge, only, label, seen)
    else writeTiers(judge, label, seen)
  })
  if (mode !== 'answers') return
  const row = writer.row(target.entity)
  lines.push(
    `if (look${sign}) { R${sign}[count${sign}] = ${row}; W${sign}[count${sign}] = 0; K${sign}[count${sign}] = 1; count${sign}++; }`,
  )
}

/**
 * Outcomes of all conditions of a row, four bits each. Where they are one word it also says who is
 * unmet, and who surely not: then the whole row is written.
 *
 * @returns whether it is
 */
function writeOutcomes(judge: Judge): boolean {
  const { target, writer, sign } = judge
  const { conditions, entity } = target
  const words = Math.ceil(conditions.length / OUTCOMES_A_WORD)
  const texts = conditions.map((condition) => outcomeText(condition, writer))
  for (let word = 0; word < words; word++) {
    const bits = texts
      .slice(word * OUTCOMES_A_WORD, (word + 1) * OUTCOMES_A_WORD)
      .map((text, i) => (i === 0 ? text : `(${text}) << ${i * 4}`))
    const row = judge.into === 'entries' ? writer.row(entity) : entity === 'person' ? 'gp' : 'gh'
    const at = words === 1 ? row : `${row} * ${words} + ${word}`
    if (words === 1) writer.lines.push(`const w${sign} = ${bits.join(' | ')};`)
    writer.lines.push(`Q${sign}[${at}] = ${words === 1 ? `w${sign}` : bits.join(' | ')};`)
  }
  const [only] = target.tiers
  if (words !== 1 || !only || target.tiers.length > 1) return false
  const ones = conditions.reduce((bits, _, i) => bits | (1 << (i * 4)), 0) >>> 0
  // where a condition can be nothing but met or unmet, its upper bits need no look
  const isTwofold = conditions.every(({ confirmed, root }) => confirmed && !writer.nulls(root))
  const others = isTwofold ? `w${sign}` : `(w${sign} | w${sign} >>> 2 | w${sign} >>> 3)`
  const unmet = `w${sign} >>> 1 & ~${others} & ${ones}`
  const label = `judge${sign}`
  writer.within(`${label}:`, () => {
    writer.lines.push(`if ((${unmet}) !== 0) break ${label};`)
    const isSure = conditions.every((condition) => isPlain(condition, writer))
    if (!isSure) writer.lines.push(`const seen = w${sign} >>> 0 === ${ones} ? ${MET} : 0;`)
    writeEntry(judge, only, label, isSure ? null : 'seen')
  })
  return true
}

/**
 * Conditions one after the other, leaving at the first that is unmet.
 *
 * @returns the name of a variable with the bits of all outcomes, null if all are surely met
 */
function writeConditions(
  judge: Judge,
  indices: readonly number[],
  label: string,
  inherited: string | null,
): string | null {
  const { target, writer, orders } = judge
  const open = indices.filter((c) => !isPlain(target.conditions[c], writer))
  const seen = open.length > 0 ? `seen${writer.lines.length}` : inherited
  if (open.length > 0) writer.lines.push(`let ${seen} = ${inherited ?? MET};`)
  /** What the day alone leaves open for everyone stands first: then nothing else need be asked. */
  const byDay = (a: number, b: number): number => Number(isOfDay(b)) - Number(isOfDay(a))
  const isOfDay = (c: number): boolean =>
    writer.node(target.conditions[c]?.root ?? 0).entity === 'day'
  const order = (orders[target.index] ?? []).filter((c) => indices.includes(c))
  const excluding = order.filter(
    (c) => isPlain(target.conditions[c], writer) || excludes(target, c),
  )
  for (const c of excluding) writeCondition(judge, c, label, seen)
  const others = order.filter((c) => !excluding.includes(c)).sort(byDay)
  if (others.length === 0 || seen === null) return seen
  const rest = `rest${writer.lines.length}`
  writer.within(`${rest}:`, () => {
    for (const c of others) {
      writer.lines.push(`if (${seen} !== ${MET}) break ${rest};`)
      writeCondition(judge, c, label, seen)
    }
  })
  return seen
}

/** Whether a condition that is surely unmet turns away; what does not only says whether all are met. */
function excludes({ conditions }: Target, c: number): boolean {
  return conditions[c]?.confirmed === true
}

function writeCondition(judge: Judge, c: number, label: string, seen: string | null): void {
  const { target, writer, sign } = judge
  const condition = target.conditions[c]
  if (!condition) return
  if (isPlain(condition, writer)) {
    leave(judge, c, `!${writer.bool(condition.root)}`, label)
    return
  }
  const outcome = `o${sign}_${c}`
  writer.lines.push(`const ${outcome} = ${outcomeText(condition, writer)};`)
  if (condition.confirmed) leave(judge, c, `${outcome} === ${UNMET}`, label)
  writer.lines.push(`${seen} |= ${outcome};`)
}

/** Leaves a row whose condition is surely unmet; whoever misses it by a tenth is looked at. */
function leave(
  { mode, view, target, writer, sign }: Judge,
  c: number,
  test: string,
  label: string,
) {
  const measure = mode === 'answers' ? view(target.index).measures[c] : null
  writer.within(`if (${test})`, () => {
    const near = measure ? nearText(measure, writer) : null
    if (near) writer.lines.push(`if (${near}) look${sign} = true;`)
    writer.lines.push(`break ${label};`)
  })
}

/** A target of one tier: nothing is joined. */
function writeOnly(judge: Judge, tier: Tier, label: string, base: string | null): void {
  writeEntry(judge, tier, label, writeConditions(judge, tier.conditions, label, base))
}

/** @param seen the name of the bits of all outcomes, null if the verdict is surely given */
function writeEntry(judge: Judge, tier: Tier, label: string, seen: string | null): void {
  const { writer, sign, mode } = judge
  const at = placeOf(judge)
  const { lines } = writer
  lines.push(`W${sign}${at} = ${verdictText(seen)};`)
  if (mode === 'answers')
    lines.push(`T${sign}${at} = ${seen === null ? '0' : `${seen} === ${MET} ? 0 : -1`};`)
  const unsure = seen === null ? '' : ` || ${seen} !== ${MET}`
  if (tier.amount.kind !== 'computed') {
    lines.push(amountEntry(judge, tier.amount.kind === 'official' ? '3' : '0', '0', '0', '-1'))
    if (mode === 'answers') lines.push(`K${sign}${at} = look${sign}${unsure} ? 1 : 0;`)
  } else {
    const { lo, hi } = amountText(tier, writer)
    const fixed = constantAmount(judge, lo, hi)
    if (fixed !== null) {
      judge.after.push(fixed)
      if (mode === 'answers')
        lines.push(`K${sign}${at} = ${lo === hi ? `look${sign}${unsure} ? 1 : 0` : '1'};`)
    } else if (lo === hi) {
      lines.push(amountEntry(judge, '1', lo, lo, '0'))
      if (mode === 'answers') lines.push(`K${sign}${at} = look${sign}${unsure} ? 1 : 0;`)
    } else {
      lines.push(`const lo = ${lo}, hi = ${hi};
if (hi === Infinity && lo !== hi) { ${amountEntry(judge, '4', '0', '0', '-1')} }
else { ${amountEntry(judge, '1 + (lo !== hi)', 'lo', 'hi', '0')} }`)
      if (mode === 'answers')
        lines.push(`K${sign}${at} = lo !== hi || look${sign}${unsure} ? 1 : 0;`)
    }
  }
  finish(judge, label, seen === null ? '1' : `((${seen} !== ${MET}) << 1) | 1`)
}

/** 1 eligible, 2 unknown: without a branch, as one that goes either way costs more than the rest. */
function verdictText(seen: string | null): string {
  return seen === null ? '1' : `1 << (${seen} !== ${MET})`
}

/** Tiers in order up to the first that is sure; the amounts of all that remain possible are joined. */
function writeTiers(judge: Judge, label: string, base: string | null): void {
  const { target, writer, sign, mode } = judge
  const classes = [...new Set(target.tiers.map(amountClass))]
  const { lines } = writer
  lines.push('let first = -1, count = 0, sure = false, open = false, mixed = false, of = -1;')
  lines.push('let lo = Infinity, hi = -Infinity;')
  writer.within(`tiers${sign}:`, () => {
    target.tiers.forEach((tier, t) => {
      const own = `tier${sign}_${t}`
      writer.within(`${own}:`, () => {
        const seen = writeConditions(judge, tier.conditions, own, base)
        const kind = classes.indexOf(amountClass(tier))
        lines.push(
          classes.length === 1
            ? `if (first < 0) first = ${t};`
            : `if (first < 0) { first = ${t}; of = ${kind}; } else if (of !== ${kind}) mixed = true;`,
          'count++;',
        )
        if (tier.amount.kind === 'computed') {
          const ends = amountText(tier, writer)
          lines.push(`const lo${t} = ${ends.lo}, hi${t} = ${ends.hi};
if (lo${t} < lo) lo = lo${t}; if (hi${t} > hi) hi = hi${t};
if (lo${t} !== hi${t}) open = true;`)
        }
        lines.push(
          `if (${seen === null ? 'true' : `${seen} === ${MET}`}) { sure = true; break tiers${sign}; }`,
        )
      })
    })
  })
  const at = placeOf(judge)
  lines.push(`if (first < 0) break ${label};
W${sign}${at} = 2 - sure;`)
  if (soleKind(target) === null) lines.push(tierAmountText(judge, classes))
  else if (mode === 'answers') lines.push(amountEntry(judge, '0', '0', '0', '-1'))
  if (mode === 'answers')
    lines.push(`T${sign}${at} = sure && count === 1 ? first : -1;
K${sign}${at} = look${sign} || !sure || open || count > 1 ? 1 : 0;`)
  finish(judge, label, '3 - (sure << 1)')
}

function finish(judge: Judge, label: string, first: string): void {
  const { target, writer, sign, mode, firsts, into, counted } = judge
  const row = writer.row(target.entity)
  if (firsts.has(target.index)) writer.lines.push(`D${sign}[${row}] = ${first};`)
  if (mode === 'answers') writer.lines.push(`look${sign} = false;`)
  if (into === 'entries' || counted.has(target.index))
    writer.lines.push(`R${sign}[count${sign}] = ${row}; count${sign}++;`)
  writer.lines.push(`break ${label};`)
}
