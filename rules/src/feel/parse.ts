import { parser, trackVariables } from '@bpmn-io/lezer-feel'
import type { Expr, FeelProblem } from './ast.ts'
import { convert } from './convert.ts'
import { explainSyntaxError, lookalikes } from './syntax-words.ts'

/** Either the expression, or every problem found in the text. */
export type Parsed = { expr: Expr; problems: [] } | { expr: null; problems: FeelProblem[] }

type Tree = ReturnType<typeof parser.parse>

function firstError(tree: Tree): { from: number; to: number } | null {
  let first: { from: number; to: number } | null = null
  tree.iterate({
    enter({ type, from, to }) {
      if (type.isError && !first) first = { from, to }
    },
  })
  return first
}

/**
 * Parses one FEEL expression.
 *
 * @param names context whose keys may contain spaces or operators (only for `qiao feel`; a policy
 *   has none), as FEEL's grammar depends on the names in scope
 * @returns the expression, or what is wrong: every sign that is none of FEEL's, some of which the
 *   grammar accepts although nobody means them (`==`, `=<`, `<<`, full-width operators inside a
 *   name); else the first syntax error, as those after it come from the first; else every construct
 *   that is not read
 */
export function parseFeel(text: string, names?: Record<string, unknown>): Parsed {
  const signs = lookalikes(text)
  if (signs.length > 0) return { expr: null, problems: signs }
  const tree = (names ? parser.configure({ contextTracker: trackVariables(names) }) : parser).parse(
    text,
  )
  const error = firstError(tree)
  if (error) return { expr: null, problems: [explainSyntaxError(text, error.from, error.to)] }
  const root = tree.topNode.firstChild
  const found: FeelProblem[] = []
  const expr = convert(root, text, found)
  return expr && found.length === 0 ? { expr, problems: [] } : { expr: null, problems: found }
}
