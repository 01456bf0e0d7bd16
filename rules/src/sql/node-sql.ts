import type { DayProgram } from '../evaluate/day-program.ts'
import type { LoweredFact, Node, NodeId, Op } from '../ir.ts'
import { absolute, binary, extreme, negated, shifted } from './arithmetic.ts'
import { chosenValue, knownValue } from './choice.ts'
import { compared, isNothing, isOneOf } from './comparison.ts'
import { age, datePart, daysLater, monthsLater } from './dates.ts'
import { divided } from './division.ts'
import { factTruth, factValue, substituted } from './facts.ts'
import {
  assumed,
  chosenTruth,
  isNullTruth,
  isTrue,
  junction,
  knownTruth,
  negation,
  same,
} from './logic.ts'
import { count, extremeOfMembers, type Gather, quantified, sum } from './members.ts'
import { absent, certain, perhapsAbsent, type Truth, type Value } from './value.ts'

/** What a node is made from. */
export type Operands = Readonly<{
  day: DayProgram
  value: (id: NodeId) => Value
  truth: (id: NodeId) => Truth
  /** First verdict of a target. */
  verdict: (target: number) => Truth
  isStored: (fact: LoweredFact) => boolean
  gather: Gather
}>

/** A number, date or code. */
export function valueOf(node: Node, of: Operands): Value {
  const { op } = node
  const { value, truth, day } = of
  switch (op.kind) {
    case 'fact':
      return onFact(op.fact, of, (fact) => factValue(fact, of.isStored(fact)))
    case 'derived':
      return onFact(op.fact, of, (fact) => substituted(fact, of.isStored(fact), value(op.a)))
    case 'if':
      return chosenValue(truth(op.c), value(op.a), value(op.b))
    case 'known':
      return knownValue(value(op.a), node)
    case 'project':
      return value(op.a)
    case 'count':
      return count(of.gather)
    case 'sum':
      return sum(value(op.a), of.gather)
    case 'least':
    case 'greatest': {
      const where = op.where === null ? null : truth(op.where)
      return extremeOfMembers(op.kind, value(op.a), where, of.gather)
    }
    case 'age':
      return age(value(op.a), day.day)
    case 'add-months':
      return monthsLater(value(op.a), op.months)
    case 'add-days':
      return daysLater(value(op.a), op.days)
    case 'date-part':
      return datePart(value(op.a), op.part)
    default:
      return arithmetic(op, value)
  }
}

function arithmetic(op: Op, value: Operands['value']): Value {
  switch (op.kind) {
    case 'shift':
      return shifted(value(op.a), op.factor)
    case 'add':
    case 'sub':
    case 'mul':
      return binary(op.kind, value(op.a), value(op.b))
    case 'neg':
      return negated(value(op.a))
    case 'abs':
      return absolute(value(op.a))
    case 'min':
    case 'max':
      return extreme(op.kind, op.of.map(value))
    case 'floor':
    case 'ceiling':
    case 'round':
      return divided(op, value(op.a), op.b === null ? null : value(op.b))
    default:
      throw new Error(`no SQL for ${op.kind}`)
  }
}

export function truthOf(node: Node, of: Operands): Truth {
  const { op } = node
  const { value, truth, day } = of
  switch (op.kind) {
    case 'fact':
      return onFact(op.fact, of, (fact) => factTruth(fact, of.isStored(fact)))
    case 'match':
      return of.verdict(op.target)
    case 'if':
      return chosenTruth(truth(op.c), truth(op.a), truth(op.b))
    case 'known':
      return knownTruth(truth(op.a))
    case 'project':
      return truth(op.a)
    case 'some':
    case 'every':
      return quantified(op.kind, truth(op.a), of.gather)
    case 'compare':
      return compared(op.compare, value(op.a), value(op.b))
    case 'code-in':
      return isOneOf(value(op.a), op.codes)
    case 'is-null':
      return day.pack.program.nodes[op.a]?.type === 'boolean'
        ? isNullTruth(truth(op.a))
        : isNothing(value(op.a))
    default:
      return connective(op, truth)
  }
}

function connective(op: Op, truth: Operands['truth']): Truth {
  switch (op.kind) {
    case 'and':
    case 'or':
      return junction(op.kind, op.of.map(truth))
    case 'not':
      return negation(truth(op.a))
    case 'is-true':
      return isTrue(truth(op.a))
    case 'same':
      return same(truth(op.a), truth(op.b))
    case 'assumed':
      return assumed(truth(op.a), truth(op.b))
    default:
      throw new Error(`no SQL for ${op.kind}`)
  }
}

function onFact<T>(index: number, { day }: Operands, make: (fact: LoweredFact) => T): T {
  const fact = day.pack.program.facts[index]
  if (!fact) throw new Error(`no fact ${index}`)
  return make(fact)
}

/** What the day alone decides. */
export function dayValue({ frame }: DayProgram, id: NodeId): Value {
  const at = frame.at(id)
  const [lo = 0, hi = 0, nul = 0] = [frame.lo[at], frame.hi[at], frame.nul[at]]
  if (nul === 2) return absent
  return nul === 0 ? { kind: 'constant', lo: lo + 0, hi: hi + 0 } : perhapsAbsent(lo, hi)
}

export function dayTruth({ frame }: DayProgram, id: NodeId): Truth {
  return certain(frame.lo[frame.at(id)] ?? 7)
}
