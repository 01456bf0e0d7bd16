import type { Node, NodeId, Op } from '../../ir.ts'
import { decidedBranch, type Writer } from './writer.ts'

/** The mask of what a boolean can be within one row, as text; null for operations of another kind. */
export function booleanText({ op, type }: Node, writer: Writer): string | null {
  const { mask } = writer
  switch (op.kind) {
    case 'compare':
      return comparison(op, writer)
    case 'code-in':
      return codeIn(op, writer)
    case 'is-null':
      return isNull(op.a, writer)
    case 'is-true':
      return `(${mask(op.a)} & 1) | (${mask(op.a)} & 6 ? 2 : 0)`
    case 'not':
      return writer.node(op.a).nullable
        ? `lib.not[${mask(op.a)}]`
        : `(${mask(op.a)} >> 1 | ${mask(op.a)} << 1) & 3`
    case 'and':
    case 'or':
      return junction(op, writer)
    case 'same':
      return `lib.same(${mask(op.a)}, ${mask(op.b)})`
    case 'assumed':
      return `${mask(op.b)} === 1 ? 1 : ${mask(op.a)}`
    case 'known':
      return type === 'boolean' ? `${mask(op.a)} & 3 || 3` : null
    case 'if': {
      if (type !== 'boolean') return null
      const only = decidedBranch(op, writer)
      if (only !== null) return mask(only)
      const [c, a, b] = [mask(op.c), mask(op.a), mask(op.b)]
      return `${c} === 1 ? ${a} : (${c} & 1) === 0 ? ${b} : ${a} | ${b}`
    }
    default:
      return null
  }
}

function isNull(a: NodeId, { node, mask, nul }: Writer): string {
  if (node(a).type === 'boolean') return `(${mask(a)} & 4 ? 1 : 0) | (${mask(a)} & 3 ? 2 : 0)`
  return nul(a) === '0' ? '2' : `${nul(a)} === 0 ? 2 : ${nul(a)} === 2 ? 1 : 3`
}

/** Without NULL bit by bit: true if all can be, false if one can be (`or` the mirror). */
function junction(
  { kind, of }: Extract<Op, { kind: 'and' | 'or' }>,
  { node, mask }: Writer,
): string {
  const masks = of.map((id) => mask(id))
  if (of.some((id) => node(id).nullable)) {
    const start = kind === 'and' ? '1' : '2'
    return masks.reduce((inner, next) => `lib.${kind}[(${inner}) << 3 | ${next}]`, start)
  }
  const [all, one] = kind === 'and' ? [1, 2] : [2, 1]
  if (masks.length === 0) return String(all)
  return `(${masks.join(' & ')} & ${all}) | ((${masks.join(' | ')}) & ${one})`
}

type Compare = Extract<Op, { kind: 'compare' }>

/** Whether it can be true, and whether it can be false, of two intervals. */
function comparison({ compare, a, b }: Compare, { lo, hi, nul }: Writer): string {
  const [al, ah, bl, bh] = [lo(a), hi(a), lo(b), hi(b)]
  const one = `${al} === ${ah} && ${bl} === ${bh} && ${al} === ${bl}`
  const meet = `${al} <= ${bh} && ${bl} <= ${ah}`
  const pair = (isTrue: string, isFalse: string): string =>
    `(${isTrue} ? 1 : 0) | (${isFalse} ? 2 : 0)`
  const plain: Record<Compare['compare'], string> = {
    '<': pair(`${al} < ${bh}`, `${ah} >= ${bl}`),
    '<=': pair(`${al} <= ${bh}`, `${ah} > ${bl}`),
    '>': pair(`${ah} > ${bl}`, `${al} <= ${bh}`),
    '>=': pair(`${ah} >= ${bl}`, `${al} < ${bh}`),
    '=': pair(meet, `!(${one})`),
    '!=': pair(`!(${one})`, meet),
  }
  const values = plain[compare]
  const [an, bn] = [nul(a), nul(b)]
  if (an === '0' && bn === '0') return values
  return `(${an} | ${bn}) === 0 ? ${values} : lib.compareWithNull('${compare}', ${an}, ${bn}, ${values})`
}

/** Codes that fit one word of bits. */
const WORD = 31

function codeIn(
  { a, codes }: Extract<Op, { kind: 'code-in' }>,
  { lo, hi, nul, constant }: Writer,
): string {
  const ends = `${lo(a)}, ${hi(a)}, ${nul(a)}`
  if (codes.some((code) => code >= WORD))
    return `lib.codeIn(${constant(`[${codes.join(', ')}]`)}, ${ends})`
  const bits = codes.reduce((all, code) => all | (1 << code), 0)
  return `lib.codeBits(${bits}, ${ends})`
}
