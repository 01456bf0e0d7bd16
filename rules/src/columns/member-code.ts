import type { Node, NodeId } from '../ir.ts'
import type { Writer } from './names.ts'

/** The text of an aggregate over the members of a household, in three places. */
type Aggregate = Readonly<{ before: string; each: () => void; after: string }>

const kinds = new Set(['sum', 'some', 'every', 'least', 'greatest'])

/** Whether a node is worked out from the members of a household, one after the other. */
export function isAggregate({ op }: Node): boolean {
  return kinds.has(op.kind)
}

/**
 * Writes aggregates of one household in one loop over its members, which goes on where that of the
 * household before ended: `p` is declared before all.
 */
export function writeAggregates(nodes: readonly Node[], writer: Writer): void {
  const all = nodes.map((node) => aggregateOf(node, writer))
  writer.lines.push(...all.map(({ before }) => before))
  writer.lines.push('const end = start[h + 1];')
  writer.within('for (; p < end; p++)', () => {
    writer.lines.push('const gp = firstPerson + p;')
    for (const { each } of all) each()
  })
  writer.lines.push(...all.map(({ after }) => after).filter((text) => text !== ''))
  for (const { id } of nodes) writer.have(id)
}

/** Writes an aggregate that only one target reads where it is needed: for the few households left. */
export function writeInline(node: Node, writer: Writer): void {
  const group = writer.plan.together.get(node.id) ?? [node.id]
  const all = group.map((id) => aggregateOf(writer.node(id), writer))
  writer.lines.push(...all.map(({ before }) => before))
  writer.within('for (let p = start[h], end = start[h + 1]; p < end; p++)', () => {
    writer.lines.push('const gp = firstPerson + p;')
    for (const { each } of all) each()
  })
  writer.lines.push(...all.map(({ after }) => after).filter((text) => text !== ''))
  for (const id of group) writer.have(id)
}

function aggregateOf({ id, op }: Node, writer: Writer): Aggregate {
  switch (op.kind) {
    case 'some':
    case 'every':
      return quantifierOf(id, op, writer)
    case 'sum':
      return sumOf(id, op.a, writer)
    case 'least':
    case 'greatest':
      return extremeOf(id, op, writer)
    default:
      throw new Error(`no code for ${op.kind}`)
  }
}

function quantifierOf(
  id: NodeId,
  { kind, a }: { kind: 'some' | 'every'; a: NodeId },
  writer: Writer,
): Aggregate {
  const put = (text: string): number => writer.lines.push(text)
  const start = kind === 'every' ? 1 : 2
  // numbers instead of branches: who is in a household is hard to foresee
  if (writer.isBool(id))
    return {
      before: `let e${id} = ${kind === 'every' ? 1 : 0};`,
      each: () => put(`e${id} ${kind === 'every' ? '&=' : '|='} ${writer.bool(a)};`),
      after: `const b${id} = e${id} !== 0;`,
    }
  const join = (mask: string): string => {
    if (writer.nulls(id)) return `lib.${kind === 'every' ? 'and' : 'or'}[m${id} << 3 | ${mask}]`
    const [all, one] = kind === 'every' ? [1, 2] : [2, 1]
    return `(m${id} & ${mask} & ${all}) | ((m${id} | ${mask}) & ${one})`
  }
  return {
    before: `let m${id} = ${start};`,
    each: () => put(`m${id} = ${join(writer.mask(a))};`),
    after: '',
  }
}

function sumOf(id: NodeId, a: NodeId, writer: Writer): Aggregate {
  const isNull = writer.nulls(id)
  const [lo, hi] = writer.exact(id) ? [`v${id}`, null] : [`l${id}`, `h${id}`]
  const each = (): void => {
    const adds = [`${lo} += ${writer.lo(a)};`, hi ? `${hi} += ${writer.hi(a)};` : ''].join(' ')
    const nul = writer.nul(a)
    writer.lines.push(
      nul === '0' ? adds : `if (${nul} > n${id}) n${id} = ${nul}; if (${nul} !== 2) { ${adds} }`,
    )
  }
  return {
    before: `let ${lo} = 0${hi ? `, ${hi} = 0` : ''}${isNull ? `, n${id} = 0` : ''};`,
    each,
    after: isNull && hi ? `if (n${id} === 2) { ${lo} = Infinity; ${hi} = -Infinity; }` : '',
  }
}

type Extreme = { kind: 'least' | 'greatest'; a: NodeId; where: NodeId | null }

/** Mirrors the single-household form: only who is surely chosen pushes the far end. */
function extremeOf(id: NodeId, op: Extreme, writer: Writer): Aggregate {
  const least = op.kind === 'least'
  const each = (): void => {
    const where = op.where === null ? '1' : writer.mask(op.where)
    const near = least ? writer.lo(op.a) : `-${writer.hi(op.a)}`
    const far = least ? writer.hi(op.a) : `-${writer.lo(op.a)}`
    const nul = writer.nul(op.a)
    writer.lines.push(`{ const w = ${where}, u = ${nul};
if ((w & 1) !== 0) {
if (w === 1) { sure${id} = true; if (u > n${id}) n${id} = u; } else if (u > 0 && n${id} < 1) n${id} = 1;
if (u !== 2) {
near${id} = Math.min(near${id}, ${near});
if (w === 1) far${id} = Math.min(far${id}, ${far});
lone${id} = Math.max(lone${id}, ${far});
} } }`)
  }
  const [lo, hi] = least ? [`near${id}`, `far${id}`] : [`-far${id}`, `-near${id}`]
  return {
    before: `let near${id} = Infinity, far${id} = Infinity, lone${id} = -Infinity, n${id} = 0, sure${id} = false;`,
    each,
    after: `if (!sure${id}) { n${id} = near${id} === Infinity ? 2 : Math.max(n${id}, 1); far${id} = lone${id}; }
const l${id} = n${id} === 2 ? Infinity : ${lo}, h${id} = n${id} === 2 ? -Infinity : ${hi};${
      writer.exact(id) ? ` const v${id} = l${id};` : ''
    }`,
  }
}
