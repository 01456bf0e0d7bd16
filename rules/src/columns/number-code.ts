import type { Node, NodeId, Op } from '../ir.ts'
import { KNOWN_NONE, KNOWN_NONE_BYTE, UNKNOWN, UNKNOWN_BYTE } from './batch.ts'
import { literal, literalValue, type Names } from './names.ts'

/**
 * Statements that compute a number, date or code within one row: a local `v<id>` where it is exact,
 * else its bounds `l<id>` and `h<id>`; and `n<id>` where it can be null.
 */
export function numberCode(node: Node, names: Names): string {
  const { op, id } = node
  switch (op.kind) {
    case 'fact':
      return factCode(id, op.fact, names)
    case 'derived':
      return derivedCode(id, op, names)
    case 'if':
      return choiceCode(id, op, names)
    case 'known':
      return knownCode(node, op.a, names)
    case 'count':
      return `const v${id} = start[${names.row('household')} + 1] - start[h];`
    case 'project':
      return copyCode(id, op.a, names)
    default:
      return arithmeticCode(id, op, names)
  }
}

function copyCode(id: NodeId, a: NodeId, { exact, nulls, lo, hi, nul }: Names): string {
  const none = nulls(a) ? `, n${id} = ${nul(a)}` : ''
  if (exact(a)) return `const v${id} = ${lo(a)}${none};`
  return `const l${id} = ${lo(a)}, h${id} = ${hi(a)}${none};`
}

/** The cell as the graph counts it, and how the column writes unknown and none. */
function cellOf(fact: number, { cell, plan }: Names) {
  const { factor = 1 } = plan.program.facts[fact] ?? {}
  const byte = plan.knowledge[fact]?.width === 'byte'
  return {
    raw: cell(fact),
    value: factor === 1 ? cell(fact) : `Math.round(${cell(fact)} * ${factor})`,
    unknown: byte ? UNKNOWN_BYTE : UNKNOWN,
    none: byte ? KNOWN_NONE_BYTE : KNOWN_NONE,
  }
}

function factCode(id: NodeId, fact: number, names: Names): string {
  const { range, nullable } = names.plan.program.facts[fact]!
  const { width, gaps, nones } = names.plan.knowledge[fact]!
  const [lo, hi] = [literal(range.lo), literal(range.hi)]
  if (width === 'absent') {
    const none = nullable ? `, n${id} = 1` : ''
    return `const l${id} = ${lo}, h${id} = ${hi}${none};`
  }
  const { raw, value, unknown, none } = cellOf(fact, names)
  const mayBeNone = nullable && nones
  if (!gaps && !mayBeNone) return `const v${id} = ${value};`
  if (!gaps) return `const v${id} = ${value}, n${id} = ${raw} === ${none} ? 2 : 0;`
  const nul = nullable ? `, n${id} = 0` : ''
  const isNone = mayBeNone
    ? ` else if (c${id} === ${none}) { l${id} = Infinity; h${id} = -Infinity; n${id} = 2; }`
    : ''
  return `const c${id} = ${raw}; let l${id} = ${value}, h${id} = l${id}${nul};
if (c${id} === ${unknown}) { l${id} = ${lo}; h${id} = ${hi};${nullable ? ` n${id} = 1;` : ''} }${isNone}`
}

function clamp(x: string, lo: number, hi: number): string {
  const above = lo === -Infinity ? x : `Math.max(${x}, ${literal(lo)})`
  return hi === Infinity ? above : `Math.min(${above}, ${literal(hi)})`
}

/** The reading if there is one, else what it is derived from. */
function derivedCode(id: NodeId, op: { fact: number; a: NodeId }, names: Names): string {
  const { range, nullable } = names.plan.program.facts[op.fact]!
  const { width, gaps, nones } = names.plan.knowledge[op.fact]!
  if (width !== 'absent' && !gaps) return factCode(id, op.fact, names)
  const { exact, nulls, nul, endLo, endHi, lo, node } = names
  const inside = node(op.a).low >= range.lo && node(op.a).high <= range.hi
  const from = (end: string): string => (inside ? end : clamp(end, range.lo, range.hi))
  if (width === 'absent') {
    const none = nulls(op.a) ? `, n${id} = ${nul(op.a)}` : ''
    if (exact(id)) return `const v${id} = ${from(lo(op.a))}${none};`
    return `const l${id} = ${from(endLo(op.a))}, h${id} = ${from(endHi(op.a))}${none};`
  }
  const { raw, value, unknown, none } = cellOf(op.fact, names)
  if (exact(id) && !nulls(id))
    return `const v${id} = ${raw} === ${unknown} ? ${from(lo(op.a))} : ${value};`
  const nullCode = nulls(id) ? ` n${id} = ${nul(op.a)};` : ''
  const isNone =
    nullable && nones
      ? ` else if (${raw} === ${none}) { l${id} = Infinity; h${id} = -Infinity; n${id} = 2; }`
      : ''
  const ends = `let l${id} = ${value}, h${id} = l${id}${nulls(id) ? `, n${id} = 0` : ''};
if (${raw} === ${unknown}) { l${id} = ${from(endLo(op.a))}; h${id} = ${from(endHi(op.a))};${nullCode} }${isNone}`
  return exact(id) ? `${ends}\nconst v${id} = l${id};` : ends
}

function choiceCode(id: NodeId, op: Extract<Op, { kind: 'if' }>, names: Names): string {
  const { exact, nulls, lo, nul, endLo, endHi, isBool, bool, mask } = names
  const [an, bn] = [nul(op.a), nul(op.b)]
  if (exact(op.c)) {
    const c = isBool(op.c) ? bool(op.c) : `${mask(op.c)} === 1`
    const none = nulls(id) ? `, n${id} = ${c} ? ${an} : ${bn}` : ''
    if (exact(id)) return `const v${id} = ${c} ? ${lo(op.a)} : ${lo(op.b)}${none};`
    return `const l${id} = ${c} ? ${endLo(op.a)} : ${endLo(op.b)}, h${id} = ${c} ? ${endHi(op.a)} : ${endHi(op.b)}${none};`
  }
  const c = mask(op.c)
  const chosen = constantChoice(op, names)
  if (chosen && !nulls(id)) return `const l${id} = ${chosen.lo}, h${id} = ${chosen.hi};`
  const take = (x: NodeId, none: string): string =>
    `l${id} = ${endLo(x)}; h${id} = ${endHi(x)};${nulls(id) ? ` n${id} = ${none};` : ''}`
  const joined = nulls(id)
    ? ` n${id} = ${an} === 2 && ${bn} === 2 ? 2 : ${an} | ${bn} ? 1 : 0;`
    : ''
  return `let l${id}, h${id}${nulls(id) ? `, n${id}` : ''};
if (${c} === 1) { ${take(op.a, an)} }
else if ((${c} & 1) === 0) { ${take(op.b, bn)} }
else { l${id} = Math.min(${endLo(op.a)}, ${endLo(op.b)}); h${id} = Math.max(${endHi(op.a)}, ${endHi(op.b)});${joined} }`
}

/** A choice between two numbers that are the same for everyone: each end asks one bit. */
function constantChoice(
  { c, a, b }: Extract<Op, { kind: 'if' }>,
  { exact, node, lo, mask }: Names,
): Ends | null {
  if (![a, b].every((id) => node(id).entity === 'day' && exact(id))) return null
  const [ifSo, ifNot] = [literalValue(lo(a)), literalValue(lo(b))]
  if (Number.isNaN(ifSo) || Number.isNaN(ifNot)) return null
  const [surely, maybe] = [`${mask(c)} === 1`, `${mask(c)} & 1`]
  const upward = ifSo >= ifNot
  const choose = (test: string): string => `(${test} ? ${lo(a)} : ${lo(b)})`
  return upward
    ? { lo: choose(surely), hi: choose(maybe) }
    : { lo: choose(maybe), hi: choose(surely) }
}

/** Behind a guard against null: what stands there then is never looked at. */
function knownCode(node: Node, a: NodeId, { exact, nulls, lo, hi, nul }: Names): string {
  const { id } = node
  if (!nulls(a))
    return exact(a) ? `const v${id} = ${lo(a)};` : `const l${id} = ${lo(a)}, h${id} = ${hi(a)};`
  const [low, high] = [literal(node.low), literal(node.high)]
  if (exact(a)) return `const v${id} = ${nul(a)} === 2 ? ${low} : ${lo(a)};`
  return `const l${id} = ${nul(a)} === 2 ? ${low} : ${lo(a)}, h${id} = ${nul(a)} === 2 ? ${high} : ${hi(a)};`
}

/** An operation on values that is null where an operand is null. */
function arithmeticCode(id: NodeId, op: Op, names: Names): string {
  if (!isArithmetic(op)) throw new Error(`no code for ${op.kind}`)
  const exact = names.exact(id)
  const { lo, hi } = exact ? exactText(op, names) : endsOf(op, names)
  const ids = 'of' in op ? op.of : [op.a, ...('b' in op && op.b !== null ? [op.b] : [])]
  const nulls = ids.map((x) => names.nul(x)).filter((nul) => nul !== '0')
  const [first = '0', ...rest] = nulls
  const worst = rest.length === 0 ? first : `Math.max(${nulls.join(', ')})`
  if (nulls.length === 0)
    return exact ? `const v${id} = ${lo};` : `const l${id} = ${lo}, h${id} = ${hi};`
  if (exact) return `const n${id} = ${worst}, v${id} = n${id} === 2 ? 0 : ${lo};`
  return `let l${id} = Infinity, h${id} = -Infinity; const n${id} = ${worst};
if (n${id} !== 2) { l${id} = ${lo}; h${id} = ${hi}; }`
}

type Ends = Readonly<{ lo: string; hi: string }>
type Arithmetic = Extract<Op, { a: NodeId } | { of: readonly NodeId[] }>

function isArithmetic(op: Op): op is Arithmetic {
  return 'a' in op || 'of' in op
}

/** Where all operands are single values, so is the result. */
function exactText(op: Arithmetic, names: Names): Ends {
  const { lo } = names
  const both = (text: string): Ends => ({ lo: text, hi: text })
  if (op.kind === 'mul') return both(`${lo(op.a)} * ${lo(op.b)}`)
  if (op.kind === 'abs') return both(`Math.abs(${lo(op.a)})`)
  if (op.kind === 'floor' || op.kind === 'ceiling' || op.kind === 'round') {
    const divisor = op.b === null ? '1' : lo(op.b)
    if (op.kind !== 'round') return both(quotientText(op, lo(op.a), divisor))
    if (op.b === null && op.to === 'fen' && op.down === 1)
      return both(quotientText(op, lo(op.a), '1'))
    return both(`lib.roundedFen(${lo(op.a)} * ${op.up}, ${divisor} * ${op.down}, '${op.to}')`)
  }
  return both(endsOf(op, names).lo)
}

function endsOf(op: Arithmetic, { lo, hi, node }: Names): Ends {
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
      return { lo: `lib.age(${hi(op.a)})`, hi: `lib.age(${lo(op.a)})` }
    case 'add-months':
      return {
        lo: `lib.addMonths(${lo(op.a)}, ${op.months})`,
        hi: `lib.addMonths(${hi(op.a)}, ${op.months})`,
      }
    case 'add-days':
      return { lo: `${lo(op.a)} + ${literal(op.days)}`, hi: `${hi(op.a)} + ${literal(op.days)}` }
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
      throw new Error(`no code for ${op.kind}`)
  }
}

type EndNames = Pick<Names, 'lo' | 'hi'>

function productEnds(op: { a: NodeId; b: NodeId }, { lo, hi }: EndNames, positive: boolean): Ends {
  // 0 · ∞ can only be where neither factor is a number that is not 0
  const product = (x: string, y: string) =>
    x === '0' || y === '0'
      ? '0'
      : [x, y].some((factor) => Number(factor) > 0 && Number(factor) < Infinity)
        ? `${x} * ${y}`
        : `lib.product(${x}, ${y})`
  if (positive) return { lo: product(lo(op.a), lo(op.b)), hi: product(hi(op.a), hi(op.b)) }
  const all = [lo(op.a), hi(op.a)]
    .flatMap((x) => [lo(op.b), hi(op.b)].map((y) => product(x, y)))
    .join(', ')
  return { lo: `Math.min(${all})`, hi: `Math.max(${all})` }
}

type Division = Extract<Op, { kind: 'floor' | 'ceiling' | 'round' }>

function quotientText(op: Division, a: string, b: string): string {
  // what is whole fen already needs no rounding
  if (op.kind === 'round' && op.to === 'fen' && op.down === 1 && b === '1')
    return `Math.max(0, ${op.up === 1 ? a : `${a} * ${op.up}`})`
  if (op.kind === 'round')
    return `lib.roundedFen(${a}${op.up === 1 ? '' : ` * ${op.up}`}, (${b}) * ${op.down}, '${op.to}')`
  return `lib.${op.kind === 'floor' ? 'floorDivide' : 'ceilDivide'}(${a}, (${b}) * ${op.unit})`
}

/** A wide divisor makes a positive numerator smallest where it is greatest. */
function divisionEnds(op: Division, { lo, hi }: EndNames): Ends {
  const [low, high] = op.b === null ? ['1', '1'] : [lo(op.b), hi(op.b)]
  const quotient = (a: string, b: string): string => quotientText(op, a, b)
  if (op.b === null) return { lo: quotient(lo(op.a), '1'), hi: quotient(hi(op.a), '1') }
  return {
    lo: quotient(lo(op.a), `${lo(op.a)} >= 0 ? ${high} : ${low}`),
    hi: quotient(hi(op.a), `${hi(op.a)} >= 0 ? ${low} : ${high}`),
  }
}
