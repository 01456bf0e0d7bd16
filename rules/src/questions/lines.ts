import { addMonths, ageOn } from '../days.ts'
import type { DayProgram } from '../evaluate/day-program.ts'
import type { CompareOp, NodeId } from '../ir.ts'
import { product } from '../interval.ts'
import { ANYBODY, type Dependence, NONE } from './dependence.ts'

/** One fact of a household whose facts lie in the frame of `day`. */
export type Sought = Readonly<{
  day: DayProgram
  dependence: Dependence
  /** Place of the member, null for a fact of the household. */
  member: number | null
  members: number
}>

/** A value as it follows the fact sought: slope · x + something from lo to hi. */
type Piece = Readonly<{ slope: number; lo: number; hi: number; age: boolean }>

/** More ways than these a value is not followed: it is then represented less well, never wrongly. */
const MOST_PIECES = 12
/** Of 400 years of the calendar. */
const DAYS_A_MONTH = 146_097 / 4800
/** Nobody is older: a line beyond it turns nobody away. */
const OLDEST = 150

/**
 * Where something changes as a number or day rises: the first values of each stretch on which all
 * open comparisons say the same. Integer form of the fact, in no order.
 *
 * Comparisons are followed through sums, differences, factors and choices; whatever else stands
 * between the fact and the line is taken as if it were not there.
 */
export function linesOf(sought: Sought): number[] {
  const starts = new Set<number>()
  const { day, dependence } = sought
  for (const id of dependence.forks) {
    const node = day.pack.program.nodes[id]
    if (!node) continue
    for (const row of rowsOf(sought, id)) {
      const { op } = node
      if (op.kind === 'compare') {
        const mask = day.frame.lo[day.frame.slot(id, row)] ?? 3
        // what is decided stays decided, whatever the fact turns out to be
        if ((mask & (mask - 1)) === 0) continue
        addLines(starts, sought, op.compare, [op.a, op.b], row)
      }
      if (op.kind === 'min' || op.kind === 'max')
        for (const [i, a] of op.of.entries())
          for (const b of op.of.slice(i + 1)) addLines(starts, sought, '<', [a, b], row)
    }
  }
  return [...starts]
}

/** Rows of a node that the fact can make a difference to. */
function rowsOf({ day, dependence, member, members }: Sought, id: NodeId): number[] {
  if (day.pack.program.nodes[id]?.entity !== 'person') return [0]
  if (dependence.nodes[id] !== ANYBODY) return [member ?? 0]
  return Array.from({ length: members }, (_, row) => row)
}

function addLines(
  starts: Set<number>,
  sought: Sought,
  op: CompareOp,
  [a, b]: readonly [NodeId, NodeId],
  row: number,
): void {
  for (const left of piecesOf(sought, a, row))
    for (const right of piecesOf(sought, b, row)) {
      const slope = left.slope - right.slope
      if (slope === 0) continue
      for (const rest of [left.lo - right.hi, left.hi - right.lo]) {
        if (!Number.isFinite(rest)) continue
        const at = -rest / slope
        if (left.age || right.age) {
          if (at > 0 && at <= OLDEST) starts.add(firstDayYounger(sought.day.day, Math.ceil(at)))
        } else for (const start of startsAt(op, slope > 0, at)) starts.add(start)
      }
    }
}

/** The first value on the far side of the line, and where the line itself counts apart, both. */
function startsAt(op: CompareOp, rising: boolean, at: number): number[] {
  const [from, past] = [Math.ceil(at) + 0, Math.floor(at) + 1]
  if (op === '=' || op === '!=') return [from, past]
  const lineIsFar = (op === '<' || op === '>=') === rising
  return [lineIsFar ? from : past]
}

/** The first day of birth of somebody who is not yet so many years old. */
function firstDayYounger(today: number, years: number): number {
  let birth = addMonths(today, -12 * years)
  while (ageOn(birth, today) < years) birth--
  while (ageOn(birth + 1, today) >= years) birth++
  return birth + 1
}

function piecesOf(sought: Sought, id: NodeId, row: number): Piece[] {
  const { day, dependence, member } = sought
  const { frame, pack } = day
  const slot = frame.slot(id, row)
  const node = pack.program.nodes[id]
  const own = node?.entity === 'person' && dependence.nodes[id] !== ANYBODY && row !== member
  if (!node || dependence.nodes[id] === NONE || own)
    return [{ slope: 0, lo: frame.lo[slot] ?? 0, hi: frame.hi[slot] ?? 0, age: false }]
  const { op } = node
  const of = (operand: NodeId, at = row): Piece[] => piecesOf(sought, operand, at)
  switch (op.kind) {
    case 'fact':
      return [{ slope: 1, lo: 0, hi: 0, age: false }]
    case 'derived':
      return [{ slope: 1, lo: 0, hi: 0, age: dependence.nodes[op.a] !== NONE }]
    case 'age':
      return [{ slope: 1, lo: 0, hi: 0, age: true }]
    case 'shift':
      return of(op.a).map((piece) => times(piece, op.factor))
    case 'neg':
      return of(op.a).map((piece) => times(piece, -1))
    case 'add':
      return sums(of(op.a), of(op.b))
    case 'sub':
      return sums(
        of(op.a),
        of(op.b).map((piece) => times(piece, -1)),
      )
    case 'mul':
      return products(of(op.a), of(op.b))
    case 'sum':
      return overMembers(sought, op.a)
    case 'project':
      return of(op.a, 0)
    case 'if':
      return choice(frame.lo[frame.slot(op.c, row)] ?? 3, of(op.a), of(op.b))
    // a month as long as months are on average: such a line may lie a day or two off
    case 'add-months':
      return of(op.a).map((piece) => later(piece, op.months * DAYS_A_MONTH))
    case 'add-days':
      return of(op.a).map((piece) => later(piece, op.days))
    case 'min':
    case 'max':
      return op.of.flatMap((operand) => of(operand)).slice(0, MOST_PIECES)
    case 'known':
    case 'abs':
      return of(op.a)
    case 'floor':
    case 'ceiling':
      return op.b === null ? of(op.a).map((piece) => times(piece, 1 / op.unit)) : []
    case 'least':
    case 'greatest':
      return member === null ? [] : of(op.a, member)
    default:
      return []
  }
}

/** All members together: the one sought, and what is known of the others. */
function overMembers(sought: Sought, id: NodeId): Piece[] {
  let pieces: Piece[] = [{ slope: 0, lo: 0, hi: 0, age: false }]
  for (let row = 0; row < sought.members; row++) pieces = sums(pieces, piecesOf(sought, id, row))
  return pieces
}

function choice(mask: number, a: Piece[], b: Piece[]): Piece[] {
  if (mask === 1) return a
  return (mask & 1) === 0 ? b : [...a, ...b].slice(0, MOST_PIECES)
}

function sums(a: readonly Piece[], b: readonly Piece[]): Piece[] {
  return a
    .flatMap((x) =>
      b.map((y) => ({
        slope: x.slope + y.slope,
        lo: x.lo + y.lo,
        hi: x.hi + y.hi,
        age: x.age || y.age,
      })),
    )
    .slice(0, MOST_PIECES)
}

/** One of the factors does not depend on the fact; where it is not known, both its ends are tried. */
function products(a: readonly Piece[], b: readonly Piece[]): Piece[] {
  return a
    .flatMap((x) =>
      b.flatMap((y) => {
        const [moving, still] = x.slope === 0 ? [y, x] : [x, y]
        if (still.slope !== 0) return []
        return [...new Set([still.lo, still.hi])]
          .filter(Number.isFinite)
          .map((factor) => times(moving, factor))
      }),
    )
    .slice(0, MOST_PIECES)
}

function later(piece: Piece, days: number): Piece {
  return { ...piece, lo: piece.lo + days, hi: piece.hi + days }
}

function times({ slope, lo, hi, age }: Piece, factor: number): Piece {
  const ends = [product(lo, factor), product(hi, factor)]
  return { slope: slope * factor, lo: Math.min(...ends), hi: Math.max(...ends), age }
}
