import { andMasks, notMask, orMasks } from '../interval.ts'
import { joined, type Sql, sql } from './text.ts'
import {
  certain,
  commonSource,
  fromMask,
  mask,
  maskOf,
  type Origin,
  surely,
  three,
  type Truth,
} from './value.ts'

/** FEEL `and`/`or` of them all: where none can be null these are SQL's own. */
export function junction(kind: 'and' | 'or', of: readonly Truth[]): Truth {
  const [join, neutral, deciding] = kind === 'and' ? [andMasks, 1, 2] : [orMasks, 2, 1]
  if (of.some((x) => x.kind === 'constant' && x.mask === deciding)) return certain(deciding)
  const figures = of.flatMap((x) => (x.kind === 'constant' ? [x.mask] : []))
  const constant = figures.reduce(join, neutral)
  const rest = of.filter((x) => x.kind !== 'constant')
  const [only] = rest
  if (!only) return certain(constant)
  const all = constant === neutral ? rest : [...rest, certain(constant)]
  if (all.length === 1) return only
  if (all.every(isThree)) {
    const origin = combined(all, (masks) => masks.reduce(join, neutral))
    return three(sql`(${joined(all.map(surely), ` ${kind} `)})`, origin)
  }
  return mask(lifted(all.map(maskOf), neutral, deciding))
}

/** What hangs on one fact together still does. */
function combined(
  of: readonly Truth[],
  unknown: (masks: readonly number[]) => number,
): Origin | null {
  const states = of.map((x) => (x.kind === 'constant' ? x : x.kind === 'three' ? x.origin : null))
  const source = commonSource(
    states.flatMap((x) => (x === null ? [undefined] : 'source' in x ? [x.source] : [])),
  )
  if (source === undefined) return null
  const masks = states.map((x) => (x === null ? 3 : 'mask' in x ? x.mask : x.unknown))
  return { source, unknown: unknown(masks) }
}

function isThree(x: Truth): boolean {
  return x.kind === 'three' || (x.kind === 'constant' && x.mask < 4)
}

/**
 * One deciding operand decides; all neutral give neutral; else null, if one is null and none decides.
 * Each operand may be any of its mask, whatever the others are.
 */
function lifted(masks: readonly Sql[], neutral: number, deciding: number): Sql {
  const any = sql`(${joined(masks, ' | ')})`
  const each = joined(
    masks.map((x) => sql`(${x}) & ${String(neutral | 4)} <> 0`),
    ' and ',
  )
  return sql`((${any} & ${String(deciding)}) | (${joined(masks, ' & ')} & ${String(neutral)})
    | case when ${any} & 4 <> 0 and ${each} then 4 else 0 end)`
}

export function negation(a: Truth): Truth {
  if (a.kind === 'constant') return certain(notMask(a.mask))
  if (a.kind === 'three')
    return three(
      sql`(not ${a.value})`,
      combined([a], ([x = 3]) => notMask(x)),
    )
  return mask(sql`(((${a.value} & 1) << 1) | ((${a.value} & 2) >> 1) | (${a.value} & 4))`)
}

/** TRUE stays; FALSE and null are FALSE. */
export function isTrue(a: Truth): Truth {
  if (a.kind === 'constant') return certain((a.mask & 1) | (a.mask & 6 ? 2 : 0))
  return a.kind === 'three' ? a : three(surely(a))
}

/** Equality of booleans, null equal to null only. */
export function same(a: Truth, b: Truth): Truth {
  if (isThree(a) && isThree(b)) return three(sql`(${surely(a)} = ${surely(b)})`)
  const [x, y] = [maskOf(a), maskOf(b)]
  return fromMask(sql`(case when ${x} & ${y} <> 0 then 1 else 0 end
    | case when ${x} = ${y} and ${x} in (1, 2, 4) then 0 else 2 end)`)
}

/** Whether a boolean is null. */
export function isNullTruth(a: Truth): Truth {
  if (a.kind === 'constant') return certain((a.mask & 4 ? 1 : 0) | (a.mask & 3 ? 2 : 0))
  if (a.kind === 'three') return certain(2)
  return three(sql`(case when ${a.value} = 4 then true when ${a.value} & 4 = 0 then false end)`)
}

/** A boolean without its null. */
export function knownTruth(a: Truth): Truth {
  if (a.kind === 'constant') return certain(a.mask & 3 || 3)
  return a.kind === 'three' ? a : fromMask(sql`(${a.value} & 3)`)
}

/** A status as it would stand if the match were confirmed. */
export function assumed(status: Truth, match: Truth): Truth {
  if (match.kind === 'constant') return match.mask === 1 ? certain(1) : status
  const sure = surely(match)
  if (isThree(status)) return three(sql`(case when ${sure} then true else ${surely(status)} end)`)
  return mask(sql`(case when ${sure} then 1 else ${maskOf(status)} end)`)
}

/** The branch that the test chooses; both, where it does not decide. */
export function chosenTruth(c: Truth, a: Truth, b: Truth): Truth {
  if (c.kind === 'constant' && c.mask === 1) return a
  if (c.kind === 'constant' && (c.mask & 1) === 0) return b
  const test = surely(c)
  if (isThree(a) && isThree(b)) {
    const [x, y] = [surely(a), surely(b)]
    const origin = combined([c, a, b], ([test = 3, p = 3, q = 3]) =>
      test === 1 ? p : test === 2 ? q : p | q,
    )
    return three(
      sql`(case ${test} when true then ${x} when false then ${y} else case when ${x} = ${y} then ${x} end end)`,
      origin,
    )
  }
  const [x, y] = [maskOf(a), maskOf(b)]
  return mask(sql`(case ${test} when true then ${x} when false then ${y} else ${x} | ${y} end)`)
}
