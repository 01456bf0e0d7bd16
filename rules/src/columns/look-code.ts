import type { TargetView } from '../evaluate/day-view.ts'
import type { Entity, NodeId, Target } from '../ir.ts'
import { amountText } from './amount-code.ts'
import { outcomeText } from './condition-code.ts'
import type { Plan, Writer } from './names.ts'
import { functionText, placeText } from './stored-loops.ts'
import { writerFor } from './writer.ts'

/** Everything about one row of a target, for the rows of which more must be asked. */
export function lookCode(target: Target, plan: Plan, measures: TargetView['measures']): string {
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
  const row = `const ${writer.row(target.entity)} = more;`
  return functionText(writer, `${row}\n${placeText(target.entity, writer)}\n${lines.join('\n')}`)
}

/**
 * The loop that finds the rows that a match of this run, once confirmed, could make eligible, among
 * the likely ones (`more`): run when all verdicts are formed. Null for targets that read no status.
 */
export function pendingLoop(target: Target, plan: Plan): string | null {
  if (!target.readsStatus) return null
  const writer = writerFor(plan)
  const row = writer.row(target.entity)
  writer.within(`if (out.first[${row}] !== 1)`, () => {
    writer.lines.push(`if (${pendingText(target, writer)}) rows[n++] = ${row};`)
  })
  const body = `const rows = out.waiting, { ${target.entity}: list, ${target.entity}Count: count } = more;
let n = 0;
for (let i = 0; i < count; i++) {
const ${row} = list[i];
${placeText(target.entity, writer)}
${writer.lines.join('\n')}
}
return n;`
  return functionText(writer, body)
}

function pendingText(target: Target, writer: Writer): string {
  const texts = target.conditions.flatMap(({ root, pendingRoot }) => {
    if (root === pendingRoot) return []
    // What is assumed of other rows, as of the members a sum is made of, shows in the outcome alone.
    if (isOfOthers(pendingRoot, target.entity, writer))
      return [`${writer.mask(root)} !== ${writer.mask(pendingRoot)}`]
    return assumptions(pendingRoot, writer).map((b) =>
      writer.isBool(b) ? writer.bool(b) : `${writer.mask(b)} === 1`,
    )
  })
  return [...new Set(texts)].join(' || ') || 'false'
}

/** Targets whose match a second pass of some target assumes to be confirmed. */
export function matchedTargets(plan: Plan): number[] {
  const writer = writerFor(plan)
  const found = new Set<number>()
  const visit = (id: NodeId): void => {
    const { op } = writer.node(id)
    if (op.kind === 'match') found.add(op.target)
    else plan.operandsOf(id).forEach(visit)
  }
  for (const { conditions } of plan.program.targets)
    for (const { root, pendingRoot } of conditions)
      if (root !== pendingRoot) assumptions(pendingRoot, writer).forEach(visit)
  return [...found]
}

/** Whether something assumed is reached through what is no longer the row's own. */
function isOfOthers(root: NodeId, entity: Entity, { node, plan }: Writer): boolean {
  const seen = new Set<NodeId>()
  const visit = (id: NodeId): boolean => {
    if (seen.has(id)) return false
    seen.add(id)
    const { op, entity: of } = node(id)
    if (of !== entity) return assumesAny(id, { node, plan })
    return op.kind !== 'assumed' && plan.operandsOf(id).some(visit)
  }
  return visit(root)
}

function assumesAny(root: NodeId, writer: Pick<Writer, 'node' | 'plan'>): boolean {
  return assumptions(root, writer).length > 0
}

/** The matches that a second pass assumes to be confirmed. */
function assumptions(root: NodeId, { node, plan }: Pick<Writer, 'node' | 'plan'>): NodeId[] {
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
