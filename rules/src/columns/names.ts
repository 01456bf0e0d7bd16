import type { Node, NodeId, Program } from '../ir.ts'
import type { DayValues, Forms } from './forms.ts'
import type { Knowledge } from './knowledge.ts'

/** Everything that the text of a loop depends on. */
export type Plan = Readonly<{
  program: Program
  knowledge: Knowledge
  forms: Forms
  day: DayValues
  /** Nodes computed once for a block and kept in columns, because several loops read them. */
  stored: ReadonlySet<NodeId>
  /** Aggregates not stored, with those that are worked out in one loop with them. */
  together: ReadonlyMap<NodeId, readonly NodeId[]>
  /** Operands by node, in order. */
  operandsOf: (id: NodeId) => readonly NodeId[]
}>

/**
 * Names of nodes in the text of a loop. Asking for a name writes what computes it, if that has not
 * been written where the name can be seen.
 *
 * An exact value that is null has an end that means nothing: ask for its `nul` first, or for `endLo`
 * and `endHi`, which are Infinity and -Infinity then.
 */
export type Names = Readonly<{
  plan: Plan
  node: (id: NodeId) => Node
  exact: (id: NodeId) => boolean
  nulls: (id: NodeId) => boolean
  lo: (id: NodeId) => string
  hi: (id: NodeId) => string
  nul: (id: NodeId) => string
  endLo: (id: NodeId) => string
  endHi: (id: NodeId) => string
  /** A JavaScript boolean: of booleans that are exact and never null, see {@link isBool}. */
  bool: (id: NodeId) => string
  /** Whether a boolean is exact and never null. */
  isBool: (id: NodeId) => boolean
  mask: (id: NodeId) => string
  /** A fact's cell, and the place of a row in the columns of the block. */
  cell: (fact: number) => string
  /** First verdicts of a target: 1 eligible, 2 ineligible, 3 unknown. */
  verdict: (target: number) => string
  row: (entity: Node['entity']) => string
  /** A value worked out once for all blocks, by name. */
  constant: (name: string, text: string) => string
  /** The statements so far: for what must be written before a text that names it. */
  lines: string[]
}>

/** Writes the statements of one loop. */
export type Writer = Names &
  Readonly<{
    /** Facts, verdicts and stored nodes that the text names: the loop must bind them. */
    used: {
      facts: Set<number>
      verdicts: Set<number>
      columns: Set<NodeId>
      constants: Map<string, string>
      /** The household of a person: most loops over persons need not look it up. */
      household: boolean
    }
    /** Statements of `body` in braces of their own: names written inside end there. */
    within: (head: string, body: () => void) => void
    /** Reads a fact's cell once for all statements to come; not for facts of members in a loop of households. */
    keepCell: (fact: number) => void
    /** Says that a node has been computed by other statements. */
    have: (id: NodeId) => void
  }>

/** A number as JavaScript text that reads back to the same number. */
export function literal(x: number): string {
  return Object.is(x, -0) ? '0' : x < 0 ? `(${x})` : String(x)
}

/** The number that a text is, as {@link literal} writes it; NaN for code that works one out. */
export function literalValue(text: string): number {
  return Number(text.replace(/^\((.*)\)$/, '$1'))
}
