import type { Entity, Node, NodeId, Program } from '../../ir.ts'
import type { Frame } from '../frame.ts'

/** What generated steps are written from. */
export type Ground = Readonly<{
  program: Program
  frame: Frame
  /** The day's own nodes are known: they are written as the numbers they are. */
  dated: boolean
}>

/**
 * Writes the statements of one step: a function of the members of a household that works out some
 * nodes of one entity, row by row, from those in the frame, and puts them there.
 *
 * Asking for the name of a node reads it from the frame, once, unless the step has worked it out.
 */
export type Writer = Readonly<{
  program: Program
  node: (id: NodeId) => Node
  lo: (id: NodeId) => string
  hi: (id: NodeId) => string
  /** 0 never null, 1 perhaps, 2 surely; the text '0' where a node never can be. */
  nul: (id: NodeId) => string
  mask: (id: NodeId) => string
  /** Place of the node in the arrays of the frame, as seen from the row or from a member `m`. */
  slot: (id: NodeId, row?: 'row' | 'member') => string
  /** A value made once for all households, by its text. */
  constant: (text: string) => string
  /** Statements of the row so far. */
  lines: string[]
  /** Says that a node's names have been declared by a statement of the row. */
  have: (id: NodeId) => void
  /** The whole function; `persons` is how far apart the rows of two members lie. */
  source: (persons: number) => string
}>

/** A number as JavaScript text that reads back to the same number. */
export function literal(x: number): string {
  return Object.is(x, -0) ? '0' : x < 0 ? `(${x})` : String(x)
}

export function writerFor({ program, frame, dated }: Ground, entity: Entity): Writer {
  const lines: string[] = []
  const before: string[] = []
  const constants: string[] = []
  const known = new Set<NodeId>()
  const node = (id: NodeId): Node => {
    const found = program.nodes[id]
    if (!found) throw new Error(`no node ${id}`)
    return found
  }
  const isConstant = (id: NodeId): boolean => dated && node(id).entity === 'day'
  const slot = (id: NodeId, row: 'row' | 'member' = 'row'): string =>
    node(id).entity !== 'person'
      ? `${frame.at(id)}`
      : `${row === 'row' ? 'o' : 'm'} + ${frame.at(id)}`
  const read = (id: NodeId): void => {
    if (known.has(id)) return
    known.add(id)
    const { type, nullable } = node(id)
    const into = node(id).entity === entity ? lines : before
    const at = slot(id)
    if (type === 'boolean') into.push(`const b${id} = lo[${at}];`)
    else
      into.push(
        `const l${id} = lo[${at}], h${id} = hi[${at}]${nullable ? `, n${id} = nul[${at}]` : ''};`,
      )
  }
  const name =
    (letter: string, values: Float64Array | Uint8Array) =>
    (id: NodeId): string => {
      if (isConstant(id)) return literal(values[frame.at(id)] ?? 0)
      read(id)
      return `${letter}${id}`
    }
  const nulOf = name('n', frame.nul)
  return {
    program,
    node,
    lo: name('l', frame.lo),
    hi: name('h', frame.hi),
    nul: (id) => (isConstant(id) || node(id).nullable ? nulOf(id) : '0'),
    mask: name('b', frame.lo),
    slot,
    constant: (text) => `K${constants.push(text) - 1}`,
    lines,
    have: (id) => void known.add(id),
    source: (persons) => {
      const body = lines.join('\n')
      const rows =
        entity === 'person'
          ? `for (let i = 0, o = 0; i < members; i++, o += ${persons}) {\n${body}\n}`
          : body
      return `'use strict';
${constants.map((text, i) => `const K${i} = ${text};`).join(' ')}
return function generatedStep(members) {
${before.join('\n')}
${rows}
};`
    },
  }
}

/** Which branch a choice takes for everybody, where the day decides it; else null. */
export function decidedBranch(
  { c, a, b }: Readonly<{ c: NodeId; a: NodeId; b: NodeId }>,
  { mask, node }: Writer,
): NodeId | null {
  const decided = node(c).entity === 'day' ? Number(mask(c)) : Number.NaN
  // while the day's own nodes are being worked out they have names only
  if (Number.isNaN(decided)) return null
  if (decided === 1) return a
  return (decided & 1) === 0 ? b : null
}
