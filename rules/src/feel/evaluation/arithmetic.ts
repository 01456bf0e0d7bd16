import type Big from 'big.js'
import type { ArithmeticOp } from '../ast.ts'
import { add, divide, multiply, subtract } from './decimal.ts'
import { power } from './powers.ts'
import * as temporal from './temporal/arithmetic.ts'
import type { Months, Seconds, Temporal, Value } from './value.ts'
import { isNumber, kindOf } from './value.ts'

/** FEEL's arithmetic; null where the operation is not defined for these kinds. */
export function calculate(op: ArithmeticOp, a: Value, b: Value): Value {
  if (isNumber(a) && isNumber(b)) return numbers[op](a, b)
  switch (op) {
    case '+':
      return plus(a, b)
    case '-':
      return minus(a, b)
    case '*':
      return times(a, b)
    case '/':
      return over(a, b)
    case '**':
      return null
  }
}

const numbers: Readonly<Record<ArithmeticOp, (a: Big, b: Big) => Big | null>> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '**': power,
}

/** `-x`; null where x is neither a number nor a duration. */
export function negate(value: Value): Value {
  if (isNumber(value)) return value.eq(0) ? value : value.neg()
  return isDuration(value) ? negated(value) : null
}

function plus(a: Value, b: Value): Value {
  if (typeof a === 'string' && typeof b === 'string') return a + b
  if (!isTemporal(a) || !isTemporal(b)) return null
  if (isDuration(a) && isDuration(b)) return sum(a, b)
  if (isDuration(b)) return moved(a, b)
  return isDuration(a) ? moved(b, a) : null
}

function minus(a: Value, b: Value): Value {
  if (!isTemporal(a) || !isTemporal(b)) return null
  if (isDuration(b)) return isDuration(a) ? sum(a, negated(b)) : moved(a, negated(b))
  if (a.kind === 'time' && b.kind === 'time') return temporal.betweenTimes(a, b)
  return isDated(a) && isDated(b) ? temporal.between(a, b) : null
}

function times(a: Value, b: Value): Value {
  if (isNumber(a)) return isDuration(b) ? scaled(b, a) : null
  return isDuration(a) && isNumber(b) ? scaled(a, b) : null
}

function over(a: Value, b: Value): Value {
  if (!isDuration(a)) return null
  if (isNumber(b)) return shared(a, b)
  if (!isDuration(b) || kindOf(a) !== kindOf(b)) return null
  return divide(amountOf(a), amountOf(b))
}

function isTemporal(value: Value): value is Temporal {
  return isDated(value) || isDuration(value) || kindOf(value) === 'time'
}

function isDated(value: Value): value is Extract<Temporal, { day: number }> {
  const kind = kindOf(value)
  return kind === 'date' || kind === 'date and time'
}

function isDuration(value: Value): value is Months | Seconds {
  const kind = kindOf(value)
  return kind === 'years and months duration' || kind === 'days and time duration'
}

function amountOf(d: Months | Seconds): Big {
  return d.kind === 'days and time duration' ? d.seconds : d.months
}

function negated(d: Months | Seconds): Months | Seconds {
  const amount = amountOf(d).neg()
  return d.kind === 'days and time duration' ? temporal.seconds(amount) : temporal.months(amount)
}

function scaled(d: Months | Seconds, factor: Big): Value {
  return d.kind === 'days and time duration'
    ? temporal.secondsTimes(d, factor)
    : temporal.monthsTimes(d, factor)
}

function shared(d: Months | Seconds, among: Big): Value {
  const amount = divide(amountOf(d), among)
  if (!amount) return null
  return d.kind === 'days and time duration'
    ? temporal.seconds(amount)
    : temporal.months(amount.round(0, 0))
}

function sum(a: Months | Seconds, b: Months | Seconds): Value {
  if (a.kind !== b.kind) return null
  const amount = temporal.sum(amountOf(a), amountOf(b))
  return a.kind === 'days and time duration' ? temporal.seconds(amount) : temporal.months(amount)
}

function moved(at: Temporal, by: Months | Seconds): Value {
  switch (at.kind) {
    case 'date':
      return by.kind === 'days and time duration'
        ? temporal.dayPlusSeconds(at, by)
        : temporal.plusMonths(at, by)
    case 'date and time':
      return by.kind === 'days and time duration'
        ? temporal.dateTimePlusSeconds(at, by)
        : temporal.plusMonths(at, by)
    case 'time':
      return by.kind === 'days and time duration' ? temporal.timePlusSeconds(at, by) : null
    case 'years and months duration':
    case 'days and time duration':
      return null
  }
}
