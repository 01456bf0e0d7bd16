import type { Expr } from '../../rules/src/feel/ast.ts'
import { parseFeel } from '../../rules/src/feel/parse.ts'
import { evaluateFeel } from '../../rules/src/index.ts'

/** What `qiao feel` answers, for a table. */
export function answerTo(text: string, context: Record<string, unknown> = {}): string {
  const answer = evaluateFeel(text, context)
  if ('refused' in answer) return `拒绝：${prose(answer.refused)}`
  return 'unknown' in answer
    ? `先要知道：${answer.unknown.join('、')}`
    : code(JSON.stringify(answer.value))
}

/** A piece of FEEL or JSON in a table. */
export function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``
}

/** A sentence in a table, in which no sign is Markdown. */
export function prose(text: string): string {
  return text.replace(/[|<>*_`\\[\]]/g, '\\$&')
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

/** The kinds of expressions within an expression, itself included; none where it cannot be read. */
export function kindsIn(text: string, context: Record<string, unknown> = {}): Set<Expr['kind']> {
  const found = new Set<Expr['kind']>()
  collect(parseFeel(text, context).expr, found)
  return found
}

function collect(part: unknown, found: Set<string>): void {
  if (typeof part !== 'object' || part === null) return
  if ('kind' in part && typeof part.kind === 'string') found.add(part.kind)
  for (const inner of Object.values(part)) collect(inner, found)
}
