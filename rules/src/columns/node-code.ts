import type { Node, NodeId, Op } from '../ir.ts'
import { KNOWN_NONE, UNKNOWN } from './batch.ts'

/** How the text of a node names its operands, and what it knows of facts. */
export type Names = Readonly<{
  node: (id: NodeId) => Node
  lo: (id: NodeId) => string
  hi: (id: NodeId) => string
  nul: (id: NodeId) => string
  mask: (id: NodeId) => string
  fact: (fact: number) => Readonly<{ lo: number; hi: number; factor: number; nullable: boolean }>
}>

/** A number as JavaScript text that reads back to the same number. */
export function literal(x: number): string {
  return Object.is(x, -0) ? '0' : String(x)
}

/**
 * Statements that compute a node within one row: locals `l<id>`, `h<id>` and `n<id>` of a number,
 * date or code, `m<id>` of a boolean. Null for operations between persons and households.
 */
export function nodeCode(node: Node, names: Names): string | null {
  return node.type === 'boolean' ? booleanCode(node, names) : numberCode(node, names)
}

function numberCode(node: Node, names: Names): string | null {
  const { op } = node
  switch (op.kind) {
    case 'fact':
      return factCode(node.id, op.fact, names)
    case 'derived': {
      const { lo, hi } = names.fact(op.fact)
      return `${factCode(node.id, op.fact, names)}
        if (F${op.fact}[g] === ${UNKNOWN}) { l${node.id} = ${clamp(names.lo(op.a), lo, hi)}; h${node.id} = ${clamp(names.hi(op.a), lo, hi)}; n${node.id} = ${names.nul(op.a)}; }`
    }
    case 'if':
      return choice(node, op, names)
    case 'known':
      return `let l${node.id} = ${names.lo(op.a)}, h${node.id} = ${names.hi(op.a)}, n${node.id} = 0;
        if (${names.nul(op.a)} === 2) { l${node.id} = ${literal(node.low)}; h${node.id} = ${literal(node.high)}; }`
    default:
      return arithmetic(node, op, names)
  }
}

function clamp(x: string, lo: number, hi: number): string {
  return `Math.min(Math.max(${x}, ${literal(lo)}), ${literal(hi)})`
}

/** An operation on values that is null where an operand is null. */
function arithmetic(node: Node, op: Op, names: Names): string | null {
  const text = isArithmetic(op) ? endsOf(op, names) : null
  if (text === null || !isArithmetic(op)) return null
  const ids = 'of' in op ? op.of : [op.a, ...('b' in op && op.b !== null ? [op.b] : [])]
  const nulls = ids.map((id) => names.nul(id)).filter((nul) => nul !== '0')
  const { id } = node
  if (nulls.length === 0) return `const l${id} = ${text.lo}, h${id} = ${text.hi}, n${id} = 0;`
  return `let l${id} = Infinity, h${id} = -Infinity; const n${id} = Math.max(${nulls.join(', ')}, 0);
    if (n${id} !== 2) { l${id} = ${text.lo}; h${id} = ${text.hi}; }`
}

type Ends = Readonly<{ lo: string; hi: string }>
type Arithmetic = Extract<Op, { a: NodeId } | { of: readonly NodeId[] }>

function isArithmetic(op: Op): op is Arithmetic {
  return 'a' in op || 'of' in op
}

function endsOf(op: Arithmetic, { lo, hi, node }: Names): Ends | null {
  switch (op.kind) {
    case 'shift':
      return { lo: `${lo(op.a)} * ${op.factor}`, hi: `${hi(op.a)} * ${op.factor}` }
    case 'add':
      return { lo: `${lo(op.a)} + ${lo(op.b)}`, hi: `${hi(op.a)} + ${hi(op.b)}` }
    case 'sub':
      return { lo: `${lo(op.a)} - ${hi(op.b)}`, hi: `${hi(op.a)} - ${lo(op.b)}` }
    case 'mul':
      return productEnds(op, { lo, hi }, node(op.a).low >= 0 && node(op.b).low >= 0)
    case 'neg':
      return { lo: `-${hi(op.a)}`, hi: `-${lo(op.a)}` }
    case 'abs':
      return {
        lo: `(${lo(op.a)} >= 0 ? ${lo(op.a)} : ${hi(op.a)} <= 0 ? -${hi(op.a)} : 0)`,
        hi: `Math.max(-${lo(op.a)}, ${hi(op.a)})`,
      }
    case 'min':
    case 'max':
      return {
        lo: `Math.${op.kind}(${op.of.map(lo).join(', ')})`,
        hi: `Math.${op.kind}(${op.of.map(hi).join(', ')})`,
      }
    case 'age':
      return { lo: `lib.ageOn(${hi(op.a)}, on)`, hi: `lib.ageOn(${lo(op.a)}, on)` }
    case 'add-months':
      return {
        lo: `lib.addMonths(${lo(op.a)}, ${op.months})`,
        hi: `lib.addMonths(${hi(op.a)}, ${op.months})`,
      }
    case 'add-days':
      return { lo: `${lo(op.a)} + ${op.days}`, hi: `${hi(op.a)} + ${op.days}` }
    case 'date-part':
      return {
        lo: `lib.datePart('${op.part}', ${lo(op.a)}, ${hi(op.a)}, 0)`,
        hi: `lib.datePart('${op.part}', ${lo(op.a)}, ${hi(op.a)}, 1)`,
      }
    case 'floor':
    case 'ceiling':
    case 'round':
      return divisionEnds(op, { lo, hi })
    default:
      return null
  }
}

type EndNames = Pick<Names, 'lo' | 'hi'>

function productEnds(op: { a: NodeId; b: NodeId }, { lo, hi }: EndNames, positive: boolean): Ends {
  const product = (x: string, y: string) => `lib.product(${x}, ${y})`
  if (positive) return { lo: product(lo(op.a), lo(op.b)), hi: product(hi(op.a), hi(op.b)) }
  const all = [lo(op.a), hi(op.a)]
    .flatMap((x) => [lo(op.b), hi(op.b)].map((y) => product(x, y)))
    .join(', ')
  return { lo: `Math.min(${all})`, hi: `Math.max(${all})` }
}

type Division = Extract<Op, { kind: 'floor' | 'ceiling' | 'round' }>

/** A wide divisor makes a positive numerator smallest where it is greatest. */
function divisionEnds(op: Division, { lo, hi }: EndNames): Ends {
  const [low, high] = op.b === null ? ['1', '1'] : [lo(op.b), hi(op.b)]
  const quotient = (a: string, b: string): string => {
    if (op.kind === 'round')
      return `lib.roundedFen(lib.product(${a}, ${op.up}), (${b}) * ${op.down}, '${op.to}')`
    return `lib.${op.kind === 'floor' ? 'floorDivide' : 'ceilDivide'}(${a}, (${b}) * ${op.unit})`
  }
  return {
    lo: quotient(lo(op.a), `${lo(op.a)} >= 0 ? ${high} : ${low}`),
    hi: quotient(hi(op.a), `${hi(op.a)} >= 0 ? ${low} : ${high}`),
  }
}

function factCode(id: NodeId, index: number, names: Names): string {
  const { lo, hi, factor, nullable } = names.fact(index)
  const value = factor === 1 ? `F${index}[g]` : `Math.round(F${index}[g] * ${factor})`
  const none = nullable
    ? ` else if (l${id} === ${literal(factor === 1 ? KNOWN_NONE : Math.round(KNOWN_NONE * factor))}) { l${id} = Infinity; h${id} = -Infinity; n${id} = 2; }`
    : ''
  const unknown = literal(factor === 1 ? UNKNOWN : Math.round(UNKNOWN * factor))
  return `let l${id} = ${value}, h${id} = l${id}, n${id} = 0;
    if (l${id} === ${unknown}) { l${id} = ${literal(lo)}; h${id} = ${literal(hi)}; n${id} = ${nullable ? 1 : 0}; }${none}`
}

function choice(node: Node, op: Extract<Op, { kind: 'if' }>, names: Names): string {
  const { id } = node
  const c = names.mask(op.c)
  const [an, bn] = [names.nul(op.a), names.nul(op.b)]
  return `let l${id}, h${id}, n${id};
    if (${c} === 1) { l${id} = ${names.lo(op.a)}; h${id} = ${names.hi(op.a)}; n${id} = ${an}; }
    else if ((${c} & 1) === 0) { l${id} = ${names.lo(op.b)}; h${id} = ${names.hi(op.b)}; n${id} = ${bn}; }
    else { l${id} = Math.min(${names.lo(op.a)}, ${names.lo(op.b)}); h${id} = Math.max(${names.hi(op.a)}, ${names.hi(op.b)});
      n${id} = ${an} === 2 && ${bn} === 2 ? 2 : ${an} | ${bn} ? 1 : 0; }`
}

function booleanCode(node: Node, names: Names): string | null {
  const { id, op } = node
  const put = (text: string): string => `const m${id} = ${text};`
  switch (op.kind) {
    case 'fact': {
      const { nullable } = names.fact(op.fact)
      const cell = `F${op.fact}[g]`
      return put(
        `${cell} === ${UNKNOWN} ? ${nullable ? 7 : 3} : ${cell} === ${KNOWN_NONE} ? 4 : ${cell} ? 1 : 2`,
      )
    }
    case 'match':
      return put(`lib.verdictMask[V${op.target}[r]]`)
    case 'known':
      return put(`${names.mask(op.a)} & 3 || 3`)
    case 'assumed':
      return put(`${names.mask(op.b)} === 1 ? 1 : ${names.mask(op.a)}`)
    case 'if': {
      const [c, a, b] = [names.mask(op.c), names.mask(op.a), names.mask(op.b)]
      return put(`${c} === 1 ? ${a} : (${c} & 1) === 0 ? ${b} : ${a} | ${b}`)
    }
    case 'compare':
      return put(compareCode(op, names))
    case 'code-in':
      return put(
        `lib.codeIn(lib.codes[${id}], ${names.lo(op.a)}, ${names.hi(op.a)}, ${names.nul(op.a)})`,
      )
    case 'same':
      return put(`lib.same(${names.mask(op.a)}, ${names.mask(op.b)})`)
    case 'is-null':
      return put(isNullCode(op.a, names))
    case 'is-true':
      return put(`(${names.mask(op.a)} & 1) | (${names.mask(op.a)} & 6 ? 2 : 0)`)
    case 'and':
    case 'or':
      return put(
        `lib.${op.kind}[${fold(
          op.of.map((x) => names.mask(x)),
          op.kind,
        )}]`,
      )
    case 'not':
      return put(`lib.not[${names.mask(op.a)}]`)
    default:
      return null
  }
}

function isNullCode(a: NodeId, names: Names): string {
  if (names.node(a).type === 'boolean')
    return `(${names.mask(a)} & 4 ? 1 : 0) | (${names.mask(a)} & 3 ? 2 : 0)`
  const nul = names.nul(a)
  return `${nul} === 0 ? 2 : ${nul} === 2 ? 1 : 3`
}

/** Index into the table of pairs for a chain: lib.and[lib.and[a << 3 | b] << 3 | c] … */
function fold(masks: readonly string[], kind: 'and' | 'or'): string {
  const start = kind === 'and' ? '1' : '2'
  const [first = start, second = start, ...rest] = masks
  return rest.reduce(
    (index, mask) => `lib.${kind}[${index}] << 3 | ${mask}`,
    `${first} << 3 | ${second}`,
  )
}

function compareCode(op: Extract<Op, { kind: 'compare' }>, names: Names): string {
  const [al, ah, bl, bh] = [names.lo(op.a), names.hi(op.a), names.lo(op.b), names.hi(op.b)]
  const [an, bn] = [names.nul(op.a), names.nul(op.b)]
  const plain: Record<typeof op.compare, string> = {
    '<': `${ah} < ${bl} ? 1 : ${al} >= ${bh} ? 2 : 3`,
    '<=': `${ah} <= ${bl} ? 1 : ${al} > ${bh} ? 2 : 3`,
    '>': `${al} > ${bh} ? 1 : ${ah} <= ${bl} ? 2 : 3`,
    '>=': `${al} >= ${bh} ? 1 : ${ah} < ${bl} ? 2 : 3`,
    '=': `${al} === ${ah} && ${bl} === ${bh} && ${al} === ${bl} ? 1 : ${ah} < ${bl} || ${bh} < ${al} ? 2 : 3`,
    '!=': `${ah} < ${bl} || ${bh} < ${al} ? 1 : ${al} === ${ah} && ${bl} === ${bh} && ${al} === ${bl} ? 2 : 3`,
  }
  const text = plain[op.compare]
  if (an === '0' && bn === '0') return text
  return `${an} === 0 && ${bn} === 0 ? (${text}) : lib.compareWithNull('${op.compare}', ${an}, ${bn}, ${an} === 2 || ${bn} === 2 ? 0 : (${text}))`
}
