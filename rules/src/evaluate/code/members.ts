import type { Node, Op } from '../../ir.ts'
import type { Writer } from './writer.ts'

/**
 * Statements that declare what a household has of its members: `b<id>` of booleans, else `l<id>`,
 * `h<id>` and, where it can be null, `n<id>`. Null for operations of another kind.
 */
export function memberLines(node: Node, writer: Writer): string | null {
  const { op, id } = node
  switch (op.kind) {
    case 'count':
      return `const l${id} = members, h${id} = members;`
    case 'some':
    case 'every':
      return junction(node, op, writer)
    case 'sum':
      return sum(node, op.a, writer)
    default:
      return null
  }
}

/** Runs over the members, who lie `persons` apart. */
const EACH = 'for (let i = 0, m = 0; i < members; i++, m += persons)'

function junction(
  { id }: Node,
  { kind, a }: Extract<Op, { kind: 'some' | 'every' }>,
  { slot }: Writer,
): string {
  const [start, join] = kind === 'every' ? [1, 'and'] : [2, 'or']
  return `let b${id} = ${start}; ${EACH} b${id} = lib.${join}[b${id} << 3 | lo[${slot(a, 'member')}]];`
}

function sum({ id, nullable }: Node, a: number, { slot }: Writer): string {
  const at = slot(a, 'member')
  const add = `l${id} += lo[${at}]; h${id} += hi[${at}];`
  if (!nullable) return `let l${id} = 0, h${id} = 0; ${EACH} { ${add} }`
  return `let l${id} = 0, h${id} = 0, n${id} = 0;
${EACH} { n${id} = Math.max(n${id}, nul[${at}]); if (nul[${at}] !== 2) { ${add} } }
if (n${id} === 2) { l${id} = Infinity; h${id} = -Infinity; }`
}
