import { outcomesOf } from '../evaluate/verdicts.ts'
import type { Condition, Measure, NodeId } from '../ir.ts'
import type { Writer } from './names.ts'

/** Met or unmet in every row, nothing else. */
export function isPlain(condition: Condition | undefined, writer: Writer): boolean {
  return condition !== undefined && condition.confirmed && writer.isBool(condition.root)
}

/** The outcome of a condition: bits of met, unmet, unconfirmed, open. */
export function outcomeText(
  condition: Condition,
  writer: Writer,
  root: NodeId = condition.root,
): string {
  const mask = writer.mask(root)
  if (condition.confirmed && !writer.nulls(root)) return mask
  const table = [0, 1, 2, 3, 4, 5, 6, 7].map((m) => outcomesOf(m, condition))
  const word = table.reduce((bits, outcome, m) => (bits | (outcome << (m * 4))) >>> 0, 0)
  return `(${word} >>> ((${mask}) << 2)) & 15`
}

/** Whether a line is missed by at most a tenth; null where nothing is measured. */
export function nearText(measure: Measure, { endLo, endHi }: Writer): string | null {
  const { op } = measure
  if (op === '=' || op === '!=') return null
  const [value, line] = measure.line === 'b' ? [measure.a, measure.b] : [measure.b, measure.a]
  const below = (op === '<' || op === '<=') === (measure.line === 'b')
  return below
    ? `${endHi(line)} > 0 && ${endHi(line)} < Infinity && (${endLo(value)} - ${endHi(line)}) * 10 <= ${endHi(line)}`
    : `${endLo(line)} > 0 && (${endLo(line)} - ${endHi(value)}) * 10 <= ${endLo(line)}`
}
