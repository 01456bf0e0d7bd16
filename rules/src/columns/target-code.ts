import type { DayView } from '../evaluate/day-view.ts'
import { outcomesOf } from '../evaluate/verdicts.ts'
import type { Condition, Measure, NodeId, Target, Tier } from '../ir.ts'
import type { Plan } from './names.ts'
import { functionText, type Loop, loopText } from './shared.ts'
import { type Writer, writerFor } from './writer.ts'

/** Measures of the target's conditions on the day; null where nothing is measured. */
type Measures = DayView['measures'][number]

/**
 * The loop that judges a target in every row: conditions in order, left at the first that is surely
 * unmet, and amounts only of those who may receive them. Writes into `out` whoever is not surely
 * ineligible, and returns how many; `look` marks rows of which more must be asked.
 *
 * @param nearby whether a row that misses one line by a tenth is looked at, too
 */
export function targetLoop(target: Target, plan: Plan, measures: Measures, nearby: boolean): Loop {
  const writer = writerFor(plan)
  const { lines } = writer
  const near = nearby ? measures : []
  lines.push('let look = false;')
  writer.within('judge:', () => {
    const isSure = writeConditions(target, target.base, near, writer, 'judge')
    if (target.tiers.length === 1) writeOnly(target, near, writer, isSure)
    else writeTiers(target, near, writer, isSure)
  })
  lines.push(`if (look) { R[n] = ${writer.row(target.entity)}; W[n] = 0; K[n] = 1; n++; }`)
  const before = `const { rows: R, verdict: W, look: K, kind: A, tier: T, period: P, lo: X, hi: Y, first: D } = out;
let n = 0;`
  const { entity } = target
  const source = loopText(entity, writer, before)
  return { entity, source: source.replace(/\n};$/, '\nreturn n;\n};') }
}

/**
 * The loop that finds the rows that a match of this run, once confirmed, could make eligible, among
 * the rows of `likely`: run when all verdicts are formed. Null for targets that read no status.
 */
export function pendingLoop(target: Target, plan: Plan): string | null {
  if (!target.readsStatus) return null
  const writer = writerFor(plan)
  const row = writer.row(target.entity)
  writer.within(`if (out.first[${row}] !== 1)`, () => {
    writer.lines.push(`if (${pendingText(target, writer)}) rows[n++] = ${row};`)
  })
  const body = `const rows = out.waiting, { ${target.entity}: list, ${target.entity}Count: count } = likely;
let n = 0;
for (let i = 0; i < count; i++) {
const ${row} = list[i];
${placeText(target.entity)}
${writer.lines.join('\n')}
}
return n;`
  return functionText(writer, body, ', likely')
}

/** Whose a row is, from its place in the block. */
function placeText(entity: Target['entity']): string {
  return entity === 'person'
    ? 'const gp = firstPerson + p, h = owner[p], gh = firstHousehold + h;'
    : 'const gh = firstHousehold + h;'
}

/** Targets whose match a second pass of some target assumes to be confirmed. */
export function matchedTargets(plan: Plan): number[] {
  const { program } = plan
  const writer = writerFor(plan)
  const found = new Set<number>()
  const visit = (id: NodeId): void => {
    const { op } = writer.node(id)
    if (op.kind === 'match') found.add(op.target)
    else plan.operandsOf(id).forEach(visit)
  }
  for (const { conditions } of program.targets)
    for (const { root, pendingRoot } of conditions)
      if (root !== pendingRoot) assumptions(pendingRoot, writer).forEach(visit)
  return [...found]
}

function pendingText(target: Target, writer: Writer): string {
  const texts = target.conditions.flatMap(({ root, pendingRoot }) => {
    if (root === pendingRoot) return []
    const assumed = assumptions(pendingRoot, writer)
    if (assumed.some((b) => writer.node(b).entity !== target.entity))
      return [`${writer.mask(root)} !== ${writer.mask(pendingRoot)}`]
    return assumed.map((b) => (writer.isBool(b) ? writer.bool(b) : `${writer.mask(b)} === 1`))
  })
  return [...new Set(texts)].join(' || ') || 'false'
}

/** The matches that a second pass assumes to be confirmed. */
function assumptions(root: NodeId, { node, plan }: Writer): NodeId[] {
  const found = new Set<NodeId>()
  const seen = new Set<NodeId>()
  const visit = (id: NodeId): void => {
    if (seen.has(id)) return
    seen.add(id)
    const { op } = node(id)
    if (op.kind === 'assumed') found.add(op.b)
    else plan.operandsOf(id).forEach(visit)
  }
  visit(root)
  return [...found]
}

/**
 * Conditions one after the other, leaving at the first that is unmet.
 *
 * @returns the name of a variable that says whether all are met, null if they surely are
 */
function writeConditions(
  target: Target,
  indices: readonly number[],
  measures: Measures,
  writer: Writer,
  label: string,
  inherited: string | null = null,
): string | null {
  const open = indices.filter((c) => !isPlain(target.conditions[c], writer))
  const sure = open.length > 0 ? `sure${writer.lines.length}` : inherited
  if (open.length > 0) writer.lines.push(`let ${sure} = ${inherited ?? 'true'};`)
  for (const c of decisiveFirst(target, indices, writer)) {
    const condition = target.conditions[c]
    if (!condition) continue
    const leave = (test: string): void =>
      writer.within(`if (${test})`, () => {
        const measure = measures[c]
        if (measure) writeNear(measure, writer)
        writer.lines.push(`break ${label};`)
      })
    if (isPlain(condition, writer)) {
      leave(`!${writer.bool(condition.root)}`)
      continue
    }
    const outcome = outcomeText(condition, writer)
    writer.lines.push(`const o${c} = ${outcome};`)
    leave(`o${c} === 2`)
    writer.lines.push(`if (o${c} !== 1) ${sure} = false;`)
  }
  return sure
}

/** Conditions in the order in which a row is soonest done with: certain and short ones first. */
function decisiveFirst(target: Target, indices: readonly number[], writer: Writer): number[] {
  const rank = (c: number): number => {
    const condition = target.conditions[c]
    if (!condition) return 0
    const long = lengthOf(condition.root, writer)
    if (isPlain(condition, writer)) return long
    return condition.confirmed ? 1000 + long : 100_000 + long
  }
  return [...indices].sort((a, b) => rank(a) - rank(b))
}

/** Operations that a loop goes through for a node. */
function lengthOf(root: NodeId, { plan, node }: Writer): number {
  const seen = new Set<NodeId>()
  const visit = (id: NodeId): void => {
    if (seen.has(id) || node(id).entity === 'day') return
    seen.add(id)
    if (!plan.stored.has(id)) plan.operandsOf(id).forEach(visit)
  }
  visit(root)
  return seen.size
}

/** Met or unmet in every row, nothing else. */
function isPlain(condition: Condition | undefined, writer: Writer): boolean {
  return condition !== undefined && condition.confirmed && writer.isBool(condition.root)
}

/** The outcome of a condition: bits of met, unmet, unconfirmed, open. */
export function outcomeText(
  condition: Condition,
  writer: Writer,
  root: number = condition.root,
): string {
  const mask = writer.mask(root)
  if (condition.confirmed && !writer.nulls(root)) return mask
  const table = [0, 1, 2, 3, 4, 5, 6, 7].map((m) => outcomesOf(m, condition))
  const word = table.reduce((bits, outcome, m) => (bits | (outcome << (m * 4))) >>> 0, 0)
  return `(${word} >>> ((${mask}) << 2)) & 15`
}

/** A line missed by at most a tenth: the row may be a near miss. */
function writeNear(measure: Measure, writer: Writer): void {
  const { op } = measure
  if (op === '=' || op === '!=') return
  const [value, line] = measure.line === 'b' ? [measure.a, measure.b] : [measure.b, measure.a]
  const below = (op === '<' || op === '<=') === (measure.line === 'b')
  const { endLo, endHi } = writer
  const test = below
    ? `${endHi(line)} > 0 && ${endHi(line)} < Infinity && (${endLo(value)} - ${endHi(line)}) * 10 <= ${endHi(line)}`
    : `${endLo(line)} > 0 && (${endLo(line)} - ${endHi(value)}) * 10 <= ${endLo(line)}`
  writer.lines.push(`if (${test}) look = true;`)
}

/** A target of one tier: nothing is joined. */
function writeOnly(target: Target, near: Measures, writer: Writer, base: string | null): void {
  const [tier] = target.tiers
  if (!tier) return
  const sure = writeConditions(target, tier.conditions, near, writer, 'judge', base)
  const { lo, hi } = amountText(tier, writer)
  const verdict = sure === null ? '1' : `${sure} ? 1 : 2`
  writer.lines.push(`W[n] = ${verdict};`)
  if (tier.amount.kind === 'computed') {
    writer.lines.push(`const lo = ${lo}, hi = ${hi};`, settle('1'))
  } else
    writer.lines.push(
      `A[n] = ${tier.amount.kind === 'official' ? 3 : 0}; X[n] = 0; Y[n] = 0; P[n] = -1; K[n] = ${sure === null ? 'look ? 1 : 0' : `look || !${sure} ? 1 : 0`};`,
    )
  writer.lines.push(
    `T[n] = ${sure === null ? '0' : `${sure} ? 0 : -1`};`,
    finish(target, writer, sure === null ? '1' : `${sure} ? 1 : 3`),
  )
  function settle(kind: string): string {
    const open = sure === null ? 'lo !== hi || look' : `lo !== hi || look || !${sure}`
    return `if (lo === hi) { A[n] = ${kind}; X[n] = lo; Y[n] = hi; P[n] = 0; }
else if (hi === Infinity) { A[n] = 4; X[n] = 0; Y[n] = 0; P[n] = -1; }
else { A[n] = 2; X[n] = lo; Y[n] = hi; P[n] = 0; }
K[n] = ${open} ? 1 : 0;`
  }
}

function amountText({ amount }: Tier, writer: Writer): { lo: string; hi: string } {
  if (amount.kind !== 'computed') return { lo: '0', hi: '0' }
  return { lo: writer.endLo(amount.node), hi: writer.endHi(amount.node) }
}

/** Kinds of amounts that can be joined bear the same number. */
function amountClass({ amount }: Tier): string {
  return amount.kind === 'computed' ? `computed ${amount.per}` : amount.kind
}

/** Tiers in order up to the first that is sure; the amounts of all that remain possible are joined. */
function writeTiers(target: Target, near: Measures, writer: Writer, base: string | null): void {
  const classes = [...new Set(target.tiers.map(amountClass))]
  const { lines } = writer
  lines.push('let first = -1, count = 0, sure = false, open = false, mixed = false, of = -1;')
  lines.push('let lo = Infinity, hi = -Infinity;')
  writer.within('tiers:', () => {
    target.tiers.forEach((tier, t) => {
      const label = `t${t}`
      writer.within(`${label}:`, () => {
        const isSure = writeConditions(target, tier.conditions, near, writer, label, base)
        const class_ = classes.indexOf(amountClass(tier))
        lines.push(`if (first < 0) { first = ${t}; of = ${class_}; } else if (of !== ${class_}) mixed = true;`)
        lines.push('count++;')
        if (tier.amount.kind === 'computed') {
          const { lo, hi } = amountText(tier, writer)
          lines.push(`const lo${t} = ${lo}, hi${t} = ${hi};`)
          lines.push(`if (lo${t} < lo) lo = lo${t}; if (hi${t} > hi) hi = hi${t};`)
          lines.push(`if (lo${t} !== hi${t}) open = true;`)
        }
        lines.push(`if (${isSure ?? 'true'}) { sure = true; break tiers; }`)
      })
    })
  })
  lines.push('if (first < 0) break judge;')
  const fixed = classes.map((name) => (name === 'official' ? 3 : name === 'none' ? 0 : -1))
  lines.push(`W[n] = sure ? 1 : 2; T[n] = sure && count === 1 ? first : -1;
const fixed = mixed ? 4 : ${fixed.map((kind, i) => `of === ${i} ? ${kind} : `).join('')}-1;
const kind = fixed >= 0 ? fixed : lo === hi ? 1 : hi === Infinity ? 4 : 2;
A[n] = kind;
if (kind === 1 || kind === 2) { X[n] = lo; Y[n] = hi; P[n] = first; } else { X[n] = 0; Y[n] = 0; P[n] = -1; }
K[n] = look || !sure || open || count > 1 ? 1 : 0;`)
  lines.push(finish(target, writer, 'sure ? 1 : 3'))
}

function finish({ entity }: Target, writer: Writer, first: string): string {
  const row = writer.row(entity)
  return `D[${row}] = ${first}; R[n] = ${row}; n++; continue;`
}

/** Everything about one row of a target, for the rows of which more must be asked. */
export function lookCode(target: Target, plan: Plan, measures: Measures): string {
  const writer = writerFor(plan)
  const { lines } = writer
  target.conditions.forEach((condition, c) => {
    lines.push(`out.outcomes[${c}] = ${outcomeText(condition, writer)};`)
    if (target.readsStatus)
      lines.push(`out.pending[${c}] = ${outcomeText(condition, writer, condition.pendingRoot)};`)
    const measure = measures[c]
    if (!measure || measure.op === '=' || measure.op === '!=') return
    const { endLo, endHi } = writer
    const ends = [endLo(measure.a), endHi(measure.a), endLo(measure.b), endHi(measure.b)]
    ends.forEach((end, i) => lines.push(`out.measured[${c * 4 + i}] = ${end};`))
  })
  target.tiers.forEach((tier, t) => {
    if (tier.amount.kind !== 'computed') return
    const { lo, hi } = amountText(tier, writer)
    lines.push(`out.lo[${t}] = ${lo}; out.hi[${t}] = ${hi};`)
  })
  const head = `const ${writer.row(target.entity)} = row;\n${placeText(target.entity)}`
  return functionText(writer, `${head}\n${lines.join('\n')}`, ', row')
}
