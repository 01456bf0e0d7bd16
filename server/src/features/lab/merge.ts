import type { Effect, Picked, Standing } from './laboratory.ts'
import type { Breakdown } from './difference.ts'
import { addTo } from './state.ts'

type Cells = ReadonlyMap<string, Float64Array>

/** Sums by name; a name that only some parts know counts as nothing in the others. */
function mergeCells(parts: readonly Cells[]): Map<string, Float64Array> {
  const sums = new Map<string, Float64Array>()
  for (const part of parts)
    for (const [name, cells] of part) {
      const sum = sums.get(name)
      if (sum) addTo(sum, cells)
      else sums.set(name, cells.slice())
    }
  return sums
}

export function mergeEffects(parts: readonly Effect[]): Effect {
  return {
    reached: parts[0]?.reached ?? [],
    after: mergeCells(parts.map(({ after }) => after)),
    turned: mergeCells(parts.map(({ turned }) => turned)),
    breakdown: mergeBreakdowns(parts.map(({ breakdown }) => breakdown)),
    moves: mergeCells(parts.map(({ moves }) => moves)),
    gap: mergeGaps(parts),
  }
}

export function mergeStandings(parts: readonly Standing[]): Standing {
  return {
    before: mergeCells(parts.map(({ before }) => before)),
    breakdown: mergeBreakdowns(parts.map(({ breakdown }) => breakdown)),
    gap: mergeGaps(parts),
    crowd: mergeCrowds(parts),
  }
}

/** What some threads found, the first of all of them by chance. */
export function mergePicks(parts: readonly Picked[], most: number): Picked {
  return {
    effect: mergeEffects(parts.map(({ effect }) => effect)),
    found: parts
      .flatMap(({ found }) => found)
      .sort((a, b) => a.order - b.order)
      .slice(0, most),
  }
}

function mergeCrowds(parts: readonly Standing[]): Standing['crowd'] {
  const sums = new Map<number, number>()
  for (const { crowd } of parts)
    for (const [key, households] of crowd) sums.set(key, (sums.get(key) ?? 0) + households)
  return sums
}

function mergeBreakdowns(parts: readonly Breakdown[]): Breakdown {
  const sum = (of: (part: Breakdown) => Float64Array) => total(parts.map(of))
  return {
    township: sum(({ township }) => township),
    age: sum(({ age }) => age),
    kind: sum(({ kind }) => kind),
    decile: sum(({ decile }) => decile),
  }
}

function mergeGaps(parts: readonly { gap: Float64Array | null }[]): Float64Array | null {
  const gaps = parts.flatMap(({ gap }) => (gap ? [gap] : []))
  return gaps.length === parts.length && gaps.length > 0 ? total(gaps) : null
}

function total(parts: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(parts[0]?.length ?? 0)
  for (const part of parts) addTo(sum, part)
  return sum
}
