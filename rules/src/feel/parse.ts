import { parser, trackVariables } from '@bpmn-io/lezer-feel'
import type { Expr, FeelProblem } from './ast.ts'
import { convert } from './convert.ts'
import { explainSyntaxError, lookalikes } from './syntax-words.ts'

/** Either the expression, or every problem found in the text. */
export type Parsed = { expr: Expr; problems: [] } | { expr: null; problems: FeelProblem[] }

/**
 * Parses one FEEL expression.
 *
 * @param names context whose keys may contain spaces or operators (only for `qiao feel`; a policy
 *   has none), as FEEL's grammar depends on the names in scope
 * @returns the expression, or all problems: syntax errors, and signs that the grammar accepts
 *   although nobody means them (`==`, `=<`, `<<`, full-width operators inside a name)
 */
export function parseFeel(text: string, names?: Record<string, unknown>): Parsed {
  const problems = lookalikes(text)
  const tree = (names ? parser.configure({ contextTracker: trackVariables(names) }) : parser).parse(
    text,
  )
  tree.iterate({
    enter(node) {
      if (node.type.isError) problems.push(explainSyntaxError(text, node.from, node.to))
    },
  })
  if (problems.length > 0) return { expr: null, problems: problems.slice(0, 3) }
  const root = tree.topNode.firstChild
  const found: FeelProblem[] = []
  const expr = convert(root, text, found)
  return expr && found.length === 0 ? { expr, problems: [] } : { expr: null, problems: found }
}
