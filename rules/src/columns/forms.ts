import type { Node, NodeId, Program } from '../ir.ts'
import { operands } from '../operands.ts'
import { outcomesOf } from '../evaluate/verdicts.ts'
import type { Knowledge } from './knowledge.ts'

/**
 * What generated code can rely on for a node, given what the columns hold.
 *
 * - exact: it is one value in every row, so one local is enough where bounds would take two.
 * - nulls: it can be null. Where it is exact and cannot, a boolean is JavaScript's own.
 */
type Form = Readonly<{ exact: boolean; nulls: boolean }>

export type Forms = readonly Form[]

/** Bounds of the day's nodes, the same for everyone: folded into the text. */
export type DayValues = Readonly<{
  lo: (id: NodeId) => number
  hi: (id: NodeId) => number
  nul: (id: NodeId) => number
}>

/** Forms of all nodes, in id order. */
export function formsOf(program: Program, knowledge: Knowledge, day: DayValues): Forms {
  const forms: Form[] = []
  for (const node of program.nodes) forms.push(formOf(node, program, knowledge, day, forms))
  return forms
}

function formOf(
  node: Node,
  program: Program,
  knowledge: Knowledge,
  day: DayValues,
  forms: readonly Form[],
): Form {
  const { op, id } = node
  if (node.entity === 'day') return dayForm(node, day)
  const of = operands(op).map((x) => forms[x] ?? { exact: false, nulls: true })
  const exact = of.every((form) => form.exact)
  const nulls = of.some((form) => form.nulls)
  switch (op.kind) {
    case 'fact':
      return factForm(op.fact, program, knowledge)
    case 'derived': {
      const own = factForm(op.fact, program, knowledge)
      if (knowledge[op.fact]?.width === 'absent') return { exact, nulls }
      return own.exact ? own : { exact: exact && !own.nulls, nulls: own.nulls || nulls }
    }
    case 'match':
      return { exact: isDecided(op.target, program, forms), nulls: false }
    case 'assumed':
      return { exact, nulls: forms[op.a]?.nulls ?? true }
    case 'if':
      return { exact, nulls: [op.a, op.b].some((x) => forms[x]?.nulls ?? true) }
    case 'compare':
      return { exact, nulls: nulls && op.compare !== '=' && op.compare !== '!=' }
    case 'known':
    case 'same':
    case 'is-null':
    case 'is-true':
    case 'code-in':
      return { exact, nulls: false }
    case 'least':
    case 'greatest':
      return { exact, nulls: program.nodes[id]?.nullable ?? true }
    default:
      return { exact, nulls }
  }
}

function dayForm({ type, id }: Node, day: DayValues): Form {
  if (type !== 'boolean') return { exact: day.lo(id) === day.hi(id), nulls: day.nul(id) !== 0 }
  const mask = day.lo(id)
  return { exact: (mask & (mask - 1)) === 0, nulls: (mask & 4) !== 0 }
}

function factForm(fact: number, program: Program, knowledge: Knowledge): Form {
  const { gaps = true, nones = true } = knowledge[fact] ?? {}
  const nullable = program.facts[fact]?.nullable ?? true
  return { exact: !gaps, nulls: nullable && (gaps || nones) }
}

/** Whether every row of a target is eligible or ineligible. */
function isDecided(target: number, program: Program, forms: readonly Form[]): boolean {
  return (program.targets[target]?.conditions ?? []).every((condition) => {
    const { exact = false, nulls = true } = forms[condition.root] ?? {}
    const masks = nulls ? [1, 2, 4] : [1, 2]
    return exact && masks.every((mask) => outcomesOf(mask, condition) <= 2)
  })
}
