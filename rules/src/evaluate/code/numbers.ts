import type { LoweredFact, Node, NodeId, Op } from '../../ir.ts'
import { decidedBranch, literal, type Writer } from './writer.ts'

/**
 * Statements that declare a number, date or code within one row: its ends `l<id>` and `h<id>`, and
 * `n<id>` where it can be null. Null for operations of another kind.
 */
export function numberLines(node: Node, writer: Writer): string | null {
  const { op, id } = node
  if (op.kind === 'if') return choice(node, op, writer)
  if (op.kind === 'known') return known(node, op.a, writer)
  if (op.kind === 'derived') return null
  const ends = endsOf(op, writer)
  if (!ends) return null
  const { lo, hi } = ends
  if (!node.nullable) return `const l${id} = ${lo}, h${id} = ${hi};`
  const nulls = nullsOf(op).map((of) => writer.nul(of))
  const worst = nulls.length === 1 ? nulls[0] : `Math.max(${nulls.join(', ')})`
  return `let l${id} = Infinity, h${id} = -Infinity; const n${id} = ${worst};
if (n${id} !== 2) { l${id} = ${lo}; h${id} = ${hi}; }`
}

/** The operands that make it null: never the divisor, which is surely above 0. */
function nullsOf(op: Op): readonly NodeId[] {
  if ('of' in op) return op.of
  if (op.kind === 'add' || op.kind === 'sub' || op.kind === 'mul') return [op.a, op.b]
  return 'a' in op ? [op.a] : []
}

type Ends = Readonly<{ lo: string; hi: string }>

function endsOf(op: Op, { lo, hi, node }: Writer): Ends | null {
  switch (op.kind) {
    case 'project':
      return { lo: lo(op.a), hi: hi(op.a) }
    case 'shift':
      return { lo: `${lo(op.a)} * ${op.factor}`, hi: `${hi(op.a)} * ${op.factor}` }
    case 'neg':
      return { lo: `-${hi(op.a)}`, hi: `-${lo(op.a)}` }
    case 'abs': {
      const [l, h] = [lo(op.a), hi(op.a)]
      return {
        lo: `${l} >= 0 ? ${l} : ${h} <= 0 ? -${h} : 0`,
        hi: `${l} >= 0 ? ${h} : ${h} <= 0 ? -${l} : Math.max(-${l}, ${h})`,
      }
    }
    case 'age':
      return { lo: `lib.age(${hi(op.a)})`, hi: `lib.age(${lo(op.a)})` }
    case 'add-months':
      return {
        lo: `lib.addMonths(${lo(op.a)}, ${op.months})`,
        hi: `lib.addMonths(${hi(op.a)}, ${op.months})`,
      }
    case 'add-days':
      return { lo: `${lo(op.a)} + ${literal(op.days)}`, hi: `${hi(op.a)} + ${literal(op.days)}` }
    case 'date-part': {
      const ends = `'${op.part}', ${lo(op.a)}, ${hi(op.a)}`
      return { lo: `lib.datePart(${ends}, 0)`, hi: `lib.datePart(${ends}, 1)` }
    }
    case 'add':
      return { lo: `${lo(op.a)} + ${lo(op.b)}`, hi: `${hi(op.a)} + ${hi(op.b)}` }
    case 'sub':
      return { lo: `${lo(op.a)} - ${hi(op.b)}`, hi: `${hi(op.a)} - ${lo(op.b)}` }
    case 'mul':
      return products(op, { lo, hi }, node(op.a).low >= 0 && node(op.b).low >= 0)
    case 'min':
    case 'max':
      return {
        lo: `Math.${op.kind}(${op.of.map(lo).join(', ')})`,
        hi: `Math.${op.kind}(${op.of.map(hi).join(', ')})`,
      }
    case 'floor':
    case 'ceiling':
    case 'round':
      return quotients(op, { lo, hi })
    default:
      return null
  }
}

type EndNames = Pick<Writer, 'lo' | 'hi'>

/** 0 · ∞ is 0, as an unknown factor is finite, only unbounded. */
function product(x: string, y: string): string {
  const isPlain = [x, y].some((factor) => Number(factor) > 0 && Number(factor) < Infinity)
  return isPlain ? `${x} * ${y}` : `lib.product(${x}, ${y})`
}

function products(op: { a: NodeId; b: NodeId }, { lo, hi }: EndNames, positive: boolean): Ends {
  if (positive) return { lo: product(lo(op.a), lo(op.b)), hi: product(hi(op.a), hi(op.b)) }
  const all = [lo(op.a), hi(op.a)]
    .flatMap((x) => [lo(op.b), hi(op.b)].map((y) => product(x, y)))
    .join(', ')
  return { lo: `Math.min(${all})`, hi: `Math.max(${all})` }
}

type Division = Extract<Op, { kind: 'floor' | 'ceiling' | 'round' }>

/** A wide divisor makes a positive numerator smallest where it is greatest. */
function quotients(op: Division, { lo, hi }: EndNames): Ends {
  const [l, h] = [lo(op.a), hi(op.a)]
  if (op.b === null) return { lo: quotient(op, l, '1'), hi: quotient(op, h, '1') }
  const [least, most] = [lo(op.b), hi(op.b)]
  return {
    lo: quotient(op, l, `${l} >= 0 ? ${most} : ${least}`),
    hi: quotient(op, h, `${h} >= 0 ? ${least} : ${most}`),
  }
}

function quotient(op: Division, a: string, b: string): string {
  if (op.kind !== 'round')
    return `lib.${op.kind === 'floor' ? 'floorDivide' : 'ceilDivide'}(${a}, (${b}) * ${op.unit})`
  // what is whole fen already needs no rounding
  if (op.to === 'fen' && op.down === 1 && b === '1') return `Math.max(0, ${a} * ${op.up})`
  return `lib.roundedFen(${a} * ${op.up}, (${b}) * ${op.down}, '${op.to}')`
}

/** A choice: where both branches are possible, the hull of their values. */
function choice(
  { id, type, nullable }: Node,
  op: Extract<Op, { kind: 'if' }>,
  writer: Writer,
): string | null {
  if (type === 'boolean') return null
  const { mask, lo, hi, nul } = writer
  const only = decidedBranch(op, writer)
  if (only !== null)
    return `const l${id} = ${lo(only)}, h${id} = ${hi(only)}${nullable ? `, n${id} = ${nul(only)}` : ''};`
  const c = mask(op.c)
  const [an, bn] = [nul(op.a), nul(op.b)]
  const take = (of: NodeId, none: string): string =>
    `l${id} = ${lo(of)}; h${id} = ${hi(of)};${nullable ? ` n${id} = ${none};` : ''}`
  const both = nullable ? ` n${id} = ${an} === ${bn} ? ${an} : 1;` : ''
  return `let l${id}, h${id}${nullable ? `, n${id}` : ''};
if (${c} === 1) { ${take(op.a, an)} }
else if ((${c} & 1) === 0) { ${take(op.b, bn)} }
else { l${id} = Math.min(${lo(op.a)}, ${lo(op.b)}); h${id} = Math.max(${hi(op.a)}, ${hi(op.b)});${both} }`
}

/** Behind a guard against null: what stands there then is never looked at. */
function known(node: Node, a: NodeId, { lo, hi, nul }: Writer): string | null {
  const { id, type, low, high } = node
  if (type === 'boolean') return null
  const n = nul(a)
  if (n === '0') return `const l${id} = ${lo(a)}, h${id} = ${hi(a)};`
  return `const l${id} = ${n} === 2 ? ${literal(low)} : ${lo(a)}, h${id} = ${n} === 2 ? ${literal(high)} : ${hi(a)};`
}

/** Declares a fact: its reading if there is one, else what it is derived from, within its range. */
export function derivedLines(
  { id, nullable }: Node,
  a: NodeId,
  fact: LoweredFact,
  { lo, hi, nul, slot }: Writer,
): string {
  const clamp = (end: string): string =>
    `Math.min(Math.max(${end}, ${literal(fact.range.lo)}), ${literal(fact.range.hi)})`
  const at = slot(id)
  return `let l${id} = lo[${at}], h${id} = hi[${at}]${nullable ? `, n${id} = nul[${at}]` : ''};
if (given[${at}] === 0) { l${id} = ${clamp(lo(a))}; h${id} = ${clamp(hi(a))};${nullable ? ` n${id} = ${nul(a)};` : ''} }`
}
