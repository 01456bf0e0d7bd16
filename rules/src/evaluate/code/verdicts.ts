import type { Target } from '../../ir.ts'
import { MAX_MEMBERS } from '../../ir.ts'
import { MET, outcomesOf, UNMET } from '../verdicts.ts'
import type { Writer } from './writer.ts'

/**
 * Statements that form the verdict of a target for one row, and in the first pass keep the outcome of
 * every condition.
 */
export function verdictLines(target: Target, second: boolean, writer: Writer): string {
  const { index, conditions, base, tiers, entity } = target
  const name = (c: number): string => `c${index}_${second ? 's' : ''}${c}`
  const row = entity === 'person' ? ' + i' : ''
  const outcomes = conditions.map((condition, c) => {
    const root = second ? condition.pendingRoot : condition.root
    const mask = writer.mask(root)
    const table = Array.from({ length: 8 }, (_, mask) => outcomesOf(mask, condition))
    const isSame = [1, 2, 3].every((mask) => table[mask] === mask)
    const text =
      isSame && !writer.node(root).nullable ? mask : `${packed(table)} >>> (${mask} << 2) & 15`
    return `const ${name(c)} = ${text};`
  })
  const kept = conditions.map((_, c) => `outcomes${index}[${c * MAX_MEMBERS}${row}] = ${name(c)};`)
  const verdict = `v${index}${second ? 's' : ''}`
  const tried = tiers.map(
    ({ conditions: own }) =>
      `if (${verdict} !== 1 && ${noneUnmet(own.map(name))}) ${verdict} = (${[...base, ...own].map(name).join(' | ') || MET}) === ${MET} ? 1 : 3;`,
  )
  return `${outcomes.join('\n')}
${second ? '' : kept.join(' ')}
let ${verdict} = 2;
if (${noneUnmet(base.map(name))}) { ${tried.join('\n')} }
${second ? 'second' : 'first'}${index}[0${row}] = ${verdict};`
}

function noneUnmet(names: readonly string[]): string {
  return names.map((name) => `${name} !== ${UNMET}`).join(' && ') || 'true'
}

/** Eight numbers of four bits in one. */
function packed(table: readonly number[]): number {
  return table.reduce((all, outcome, mask) => all | (outcome << (mask << 2)), 0)
}
