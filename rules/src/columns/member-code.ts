import type { Node, NodeId } from '../ir.ts'
import type { Names } from './node-code.ts'

/** Text of one operand for a member at place `i` of the block, or of whoever it belongs to. */
export type MemberNames = Pick<Names, 'lo' | 'hi' | 'nul' | 'mask'>

/**
 * Statements for a node between persons and households: a projection in a loop over persons, an
 * aggregate in a loop over households, whose members are places start[r] … start[r + 1] - 1.
 */
export function memberCode(node: Node, at: MemberNames): string {
  const { id, op } = node
  switch (op.kind) {
    case 'project':
      return node.type === 'boolean'
        ? `const m${id} = ${at.mask(op.a)};`
        : `const l${id} = ${at.lo(op.a)}, h${id} = ${at.hi(op.a)}, n${id} = ${at.nul(op.a)};`
    case 'count':
      return `const l${id} = start[r + 1] - start[r], h${id} = l${id}, n${id} = 0;`
    case 'some':
    case 'every': {
      const [table, first] = op.kind === 'every' ? ['and', 1] : ['or', 2]
      return `let m${id} = ${first};
        ${members()} m${id} = lib.${table}[m${id} << 3 | ${at.mask(op.a)}];`
    }
    case 'sum':
      return sumCode(id, op.a, at)
    case 'least':
    case 'greatest':
      return extremeCode(id, op, at)
    default:
      throw new Error(`no code for ${op.kind}`)
  }
}

function members(): string {
  return 'for (let i = start[r], end = start[r + 1]; i < end; i++)'
}

function sumCode(id: NodeId, a: NodeId, at: MemberNames): string {
  const nul = at.nul(a)
  const nulls =
    nul === '0' ? '' : `const u = ${nul}; if (u > n${id}) n${id} = u; if (u === 2) continue;`
  return `let l${id} = 0, h${id} = 0, n${id} = 0;
    ${members()} { ${nulls} l${id} += ${at.lo(a)}; h${id} += ${at.hi(a)}; }
    if (n${id} === 2) { l${id} = Infinity; h${id} = -Infinity; }`
}

type Extreme = { kind: 'least' | 'greatest'; a: NodeId; where: NodeId | null }

/** Mirrors the single-household form: only who is surely chosen pushes the far end. */
function extremeCode(id: NodeId, op: Extreme, at: MemberNames): string {
  const least = op.kind === 'least'
  const near = least ? at.lo(op.a) : `-${at.hi(op.a)}`
  const far = least ? at.hi(op.a) : `-${at.lo(op.a)}`
  const where = op.where === null ? '1' : at.mask(op.where)
  return `let near${id} = Infinity, far${id} = Infinity, lone${id} = -Infinity, n${id} = 0, sure${id} = false;
    ${members()} {
      const w = ${where}, u = ${at.nul(op.a)};
      if ((w & 1) === 0) continue;
      if (w === 1) { sure${id} = true; if (u > n${id}) n${id} = u; } else if (u > 0 && n${id} < 1) n${id} = 1;
      if (u === 2) continue;
      near${id} = Math.min(near${id}, ${near});
      if (w === 1) far${id} = Math.min(far${id}, ${far});
      lone${id} = Math.max(lone${id}, ${far});
    }
    if (!sure${id}) { n${id} = near${id} === Infinity ? 2 : Math.max(n${id}, 1); far${id} = lone${id}; }
    const l${id} = n${id} === 2 ? Infinity : ${least ? `near${id}` : `-far${id}`};
    const h${id} = n${id} === 2 ? -Infinity : ${least ? `far${id}` : `-near${id}`};`
}
