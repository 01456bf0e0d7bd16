import { type Draft, isReadBy } from './draft.ts'
import type { Sql } from './text.ts'
import type { Truth, Value } from './value.ts'

/** How often something is written out, and whether a later stage reads it. */
type Use = Readonly<{ stage: number; uses: number; carried: boolean }>

/** Longer texts become columns, so that the statement grows with the pack and not faster. */
const LONGEST = 24
/** As cheap to compute again as to carry along. */
const CHEAP = 2

/** Puts a value's texts into columns where that saves work. */
export function settledValue(draft: Draft, name: string, x: Value, use: Use): Value {
  const put = (letter: string, text: Sql): Sql => settled(draft, `${letter}${name}`, text, use)
  if (x.kind === 'constant') return x
  if (x.kind === 'point')
    return { ...x, value: put('v', x.value), none: x.none === null ? null : put('e', x.none) }
  const lower = put('l', x.lower)
  const upper = x.upper.text === x.lower.text ? lower : put('h', x.upper)
  return { ...x, lower, upper, nul: x.nul === null ? null : put('n', x.nul) }
}

export function settledTruth(draft: Draft, name: string, x: Truth, use: Use): Truth {
  if (x.kind === 'constant') return x
  const letter = x.kind === 'mask' ? 'm' : 'b'
  return { ...x, value: settled(draft, `${letter}${name}`, x.value, use) }
}

/** A household's column that later stages read of its members gets a name of their own. */
function settled(draft: Draft, name: string, text: Sql, use: Use): Sql {
  const { stage, uses, carried } = use
  const asCheap = text.refs.size <= 1 && text.size <= CHEAP
  const keep = carried
    ? text.size === 0 || (asCheap && isReadBy(draft, stage, text))
    : text.size <= (uses > 1 ? CHEAP : LONGEST)
  return keep ? text : draft.define(stage, name, text)
}
