import type { NodeId, Node, Op } from '../ir.ts'
import { UNKNOWN } from './batch.ts'
import type { Names } from './names.ts'

/**
 * The text of a boolean within one row: a JavaScript boolean where it is exact and never null, else
 * the mask of what it can be.
 */
export function booleanCode(node: Node, names: Names): string {
  return names.isBool(node.id) ? boolCode(node.op, names) : maskCode(node, names)
}

function boolCode(op: Op, names: Names): string {
  const { bool, isBool, exact, mask, nul } = names
  /** Whether an exact boolean is true, null or not. */
  const isTrue = (id: NodeId): string => (isBool(id) ? bool(id) : `(${mask(id)} === 1)`)
  switch (op.kind) {
    case 'fact':
      return `${names.cell(op.fact)} !== 0`
    case 'match':
      return `${verdictOf(op.target, names)} === 1`
    case 'known':
    case 'is-true':
      return isTrue(op.a)
    case 'project':
      return bool(op.a)
    case 'assumed':
      return `${isTrue(op.b)} || ${bool(op.a)}`
    case 'if':
      return `${isTrue(op.c)} ? ${bool(op.a)} : ${bool(op.b)}`
    case 'compare':
      return exactComparison(op, names)
    case 'code-in':
      return exactCodeIn(op, names)
    case 'same':
      return isBool(op.a) && isBool(op.b)
        ? `${bool(op.a)} === ${bool(op.b)}`
        : `${mask(op.a)} === ${mask(op.b)}`
    case 'is-null':
      if (names.node(op.a).type === 'boolean') return isBool(op.a) ? 'false' : `${mask(op.a)} === 4`
      return `${nul(op.a)} === 2`
    case 'and':
    case 'or':
      return joined(op, names)
    case 'not':
      return `!${bool(op.a)}`
    default:
      throw new Error(`no code for ${op.kind}, exact ${exact('a' in op ? (op.a ?? 0) : 0)}`)
  }
}

/** Bits instead of && and ||: what a row is cannot be foreseen, and a wrong guess costs more. */
function joined({ kind, of }: { kind: 'and' | 'or'; of: readonly NodeId[] }, { bool }: Names) {
  const [only = '', ...others] = of.map((x) => bool(x))
  if (others.length === 0) return only
  return `(${[only, ...others].map((x) => `(${x})`).join(kind === 'and' ? ' & ' : ' | ')}) !== 0`
}

function verdictOf(target: number, names: Names): string {
  const entity = names.plan.program.targets[target]?.entity ?? 'household'
  return `${names.verdict(target)}[${names.row(entity)}]`
}

type Compare = Extract<Op, { kind: 'compare' }>
const script = { '<': '<', '<=': '<=', '>': '>', '>=': '>=', '=': '===', '!=': '!==' }

function exactComparison({ compare, a, b }: Compare, { lo, nul }: Names): string {
  const text = `${lo(a)} ${script[compare]} ${lo(b)}`
  const [an, bn] = [nul(a), nul(b)]
  if (an === '0' && bn === '0') return text
  // only = and != are never null
  return `${an} === 2 || ${bn} === 2 ? ${an} ${script[compare]} ${bn} : ${text}`
}

/** Codes that fit one word of bits. */
const WORD = 31

/** How many codes there are of a fact; any number of anything else. */
function codesOf(a: NodeId, { node, plan }: Names): number {
  const { op } = node(a)
  return op.kind === 'fact' ? (plan.program.facts[op.fact]?.codes.length ?? Infinity) : Infinity
}

function exactCodeIn(op: Extract<Op, { kind: 'code-in' }>, names: Names): string {
  const { lo, nul } = names
  const value = lo(op.a)
  const fits = codesOf(op.a, names) <= WORD
  const inside =
    op.codes.length > 1 && fits
      ? `(${op.codes.reduce((bits, code) => bits | (1 << code), 0)} >> ${value} & 1) !== 0`
      : `(${op.codes.map((code) => `${value} === ${code}`).join(' || ') || 'false'})`
  return nul(op.a) === '0' ? inside : `${nul(op.a)} !== 2 && ${inside}`
}

function maskCode(node: Node, names: Names): string {
  const { op, id } = node
  const { mask } = names
  switch (op.kind) {
    case 'fact':
      return factMask(op.fact, names)
    case 'match':
      return verdictOf(op.target, names)
    case 'project':
      return mask(op.a)
    case 'known':
      return `${mask(op.a)} & 3 || 3`
    case 'assumed':
      return `${mask(op.b)} === 1 ? 1 : ${mask(op.a)}`
    case 'if': {
      const [c, a, b] = [mask(op.c), mask(op.a), mask(op.b)]
      return `${c} === 1 ? ${a} : (${c} & 1) === 0 ? ${b} : ${a} | ${b}`
    }
    case 'compare':
      return comparisonMask(op, names)
    case 'code-in':
      return openCodeIn(id, op, names)
    case 'same':
      return `lib.same(${mask(op.a)}, ${mask(op.b)})`
    case 'is-null':
      return isNullMask(op.a, names)
    case 'is-true':
      return `(${mask(op.a)} & 1) | (${mask(op.a)} & 6 ? 2 : 0)`
    case 'and':
    case 'or':
      return junction(id, op, names)
    case 'not':
      return names.nulls(id)
        ? `lib.not[${mask(op.a)}]`
        : `(${mask(op.a)} >> 1 | ${mask(op.a)} << 1) & 3`
    default:
      throw new Error(`no code for ${op.kind}`)
  }
}

function factMask(fact: number, { cell, plan, constant }: Names): string {
  const { nullable = true } = plan.program.facts[fact] ?? {}
  const { width = 'absent', nones = true } = plan.knowledge[fact] ?? {}
  const unknown = nullable ? 7 : 3
  if (width === 'absent') return String(unknown)
  // of a cell 0 and 1 give 2 and 1, and -128 gives 3
  if (width === 'byte' && !nullable) return `((2 - ${cell(fact)}) | (${cell(fact)} >> 7)) & 3`
  if (width === 'byte')
    return `${constant(`M_${fact}`, `lib.booleanMasks(${nullable})`)}[${cell(fact)} & 255]`
  const missing = nullable && nones ? `${cell(fact)} === ${UNKNOWN} ? 7 : 4` : String(unknown)
  return `${cell(fact)} < 0 ? ${missing} : 2 - ${cell(fact)}`
}

/** Of a fact in a column of bytes a table knows the mask by the cell, unknown and none included. */
function openCodeIn(
  id: NodeId,
  { a, codes }: Extract<Op, { kind: 'code-in' }>,
  { endLo, endHi, nul, node, plan, cell, constant }: Names,
): string {
  const list = `[${codes.join(', ')}]`
  const { op } = node(a)
  if (op.kind !== 'fact' || plan.knowledge[op.fact]?.width !== 'byte')
    return `lib.codeIn(${list}, ${endLo(a)}, ${endHi(a)}, ${nul(a)})`
  const { codes: all = [], nullable = true } = plan.program.facts[op.fact] ?? {}
  const table = constant(`C${id}`, `lib.codeMasks(${list}, ${all.length}, ${nullable})`)
  return `${table}[${cell(op.fact)} & 255]`
}

function isNullMask(a: NodeId, { node, mask, nul, plan, cell, constant }: Names): string {
  const { op } = node(a)
  if (op.kind === 'fact' && node(a).nullable && plan.knowledge[op.fact]?.width === 'byte')
    return `${constant('NULLS', 'lib.nullMasks()')}[${cell(op.fact)} & 255]`
  if (node(a).type === 'boolean') return `(${mask(a)} & 4 ? 1 : 0) | (${mask(a)} & 3 ? 2 : 0)`
  return `${nul(a)} === 0 ? 2 : ${nul(a)} === 2 ? 1 : 3`
}

/** Those that are surely true or false are joined to one mask first. */
function junction(
  id: NodeId,
  op: { kind: 'and' | 'or'; of: readonly NodeId[] },
  names: Names,
): string {
  const { isBool, mask, lines } = names
  const nulls = names.nulls(id)
  const sure = op.of.filter((x) => isBool(x))
  const open = op.of.filter((x) => !isBool(x)).map((x) => mask(x))
  if (sure.length > 0) {
    lines.push(`const s${id} = 2 - (${joined({ kind: op.kind, of: sure }, names)});`)
    open.unshift(`s${id}`)
  }
  return nulls ? fold(open, op.kind) : bits(open, op.kind)
}

/** Masks without NULL: true if all can be, false if one can be (`or` the mirror). */
function bits(masks: readonly string[], kind: 'and' | 'or'): string {
  if (masks.length === 1) return masks[0] ?? ''
  const [all, one] = kind === 'and' ? [1, 2] : [2, 1]
  return `(${masks.join(' & ')} & ${all}) | ((${masks.join(' | ')}) & ${one})`
}

/** Index into the table of pairs for a chain: lib.and[lib.and[a << 3 | b] << 3 | c] … */
function fold(masks: readonly string[], kind: 'and' | 'or'): string {
  const start = kind === 'and' ? '1' : '2'
  const [first = start, second = start, ...rest] = masks
  const index = rest.reduce(
    (inner, mask) => `lib.${kind}[${inner}] << 3 | ${mask}`,
    `${first} << 3 | ${second}`,
  )
  return `lib.${kind}[${index}]`
}

/**
 * What can be of a comparison of intervals. Each bit is one comparison, taken as the number it is:
 * a choice between numbers would be a branch, three times as long.
 */
function comparisonMask(op: Compare, names: Names): string {
  const [al, ah] = [names.endLo(op.a), names.endHi(op.a)]
  const [bl, bh] = [names.endLo(op.b), names.endHi(op.b)]
  const [an, bn] = [names.nul(op.a), names.nul(op.b)]
  const one = `${al} === ${ah} && ${bl} === ${bh} && ${al} === ${bl}`
  const meet = `${al} <= ${bh} && ${bl} <= ${ah}`
  const pair = (isTrue: string, isFalse: string): string => `(${isTrue}) | ((${isFalse}) << 1)`
  const plain: Record<Compare['compare'], string> = {
    '<': pair(`${al} < ${bh}`, `${ah} >= ${bl}`),
    '<=': pair(`${al} <= ${bh}`, `${ah} > ${bl}`),
    '>': pair(`${ah} > ${bl}`, `${al} <= ${bh}`),
    '>=': pair(`${ah} >= ${bl}`, `${al} < ${bh}`),
    '=': pair(meet, `!(${one})`),
    '!=': pair(`!(${one})`, meet),
  }
  const text = plain[op.compare]
  if (an === '0' && bn === '0') return text
  return `${an} === 0 && ${bn} === 0 ? (${text}) : lib.compareWithNull('${op.compare}', ${an}, ${bn}, ${an} === 2 || ${bn} === 2 ? 0 : (${text}))`
}
