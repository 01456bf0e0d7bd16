import { distanceOf, type Fact, type MeasureResult, type Pack, type Result } from '@qiao/rules'
import { type Sensitivity, sensitivityOf } from '../households/household.ts'

/** How far above one line of money somebody is. Fen; the least it can be where not `exact`. */
export type NearLine = Readonly<{
  label: string
  unit: string
  value: number
  line: number
  gap: number
  /** Tenths of a per cent of the line. */
  permille: number
  exact: boolean
  /** The highest class of the facts it stands on. */
  sensitivity: Sensitivity
}>

/** The near miss is a tenth of the line: see Target in the engine. */
const NEAR_PERMILLE = 100

/**
 * The one line of money that a near miss is above; null where it misses another sort of line, an age
 * still to come or a cost too low. 边缘
 */
export function nearLineOf({ facts }: Pack, result: Result): NearLine | null {
  if (!result.nearMiss) return null
  const tiers = [...new Set(result.conditions.map(({ tier }) => tier))]
  const lines = tiers.flatMap((tier) => {
    const unmet = result.conditions.filter(
      (one) => one.verdict === 'unmet' && (one.tier === undefined || one.tier === tier),
    )
    const [only] = unmet
    if (unmet.length !== 1 || !only?.measure) return []
    const above = aboveLine(only.measure)
    return above ? [{ ...above, sensitivity: highest(facts, only.reads) }] : []
  })
  return lines.toSorted((a, b) => a.permille - b.permille)[0] ?? null
}

function aboveLine(measure: MeasureResult): Omit<NearLine, 'sensitivity'> | null {
  const { op, line: side, left, right, money, label, unit } = measure
  const isUpper = side === 'right' ? op === '<' || op === '<=' : op === '>' || op === '>='
  const [value, line] = side === 'right' ? [left, right] : [right, left]
  const distance = distanceOf(measure)
  const { gap, permille } = distance ?? { gap: { min: null, max: null }, permille: { min: null } }
  if (!money || !isUpper || value.min === null || line.max === null) return null
  if (gap.min === null || gap.min < 0 || permille.min === null || permille.min > NEAR_PERMILLE)
    return null
  const exact = gap.min === gap.max
  return {
    label,
    unit,
    value: value.min,
    line: line.max,
    gap: gap.min,
    permille: permille.min,
    exact,
  }
}

const CLASSES: readonly Sensitivity[] = ['plain', 'need-signal', 'clinical']

function highest(
  facts: readonly Fact[],
  reads: readonly Readonly<{ fact: string }>[],
): Sensitivity {
  const classes = reads.map(({ fact }) => {
    const declared = facts.find(({ id }) => id === fact)
    return declared ? CLASSES.indexOf(sensitivityOf(declared)) : 0
  })
  return CLASSES[Math.max(0, ...classes)] ?? 'clinical'
}
