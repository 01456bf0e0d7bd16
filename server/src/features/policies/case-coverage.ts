import type { ConditionResult, Pack, Result } from '@qiao/rules'
import type { CasesOfProgramme } from './case-files.ts'
import type { ExampleHouseholds, Expectation } from './cases.ts'
import { answersTo, resultFor } from './cases.ts'

/** What a case expects of one programme, beside what the engine answers. */
type Answered = Readonly<{ expected: Expectation; result: Result }>

/**
 * Sides of the programme's conditions and tiers that no case shows, as `condition side`.
 *
 * A condition is shown met where it carries an award, unmet where it alone stands in the way, unknown
 * where the answer is open and nothing else stands in the way. A tier is shown where a case names it.
 */
export function unshown(
  pack: Pack,
  { programme, cases }: CasesOfProgramme,
  examples: ExampleHouseholds,
): string[] {
  const answers = cases.flatMap((one) => {
    const results = answersTo(pack, one, examples)
    return one.expect
      .filter((expected) => expected.programme === programme)
      .flatMap((expected): Answered[] => {
        const result = resultFor(results, expected)
        return result ? [{ expected, result }] : []
      })
  })
  const shown = new Set(answers.flatMap((answer) => shownBy(pack, answer)))
  return sidesOf(pack, programme).filter((side) => !shown.has(side))
}

/** Every side of every condition, and every tier, that cases should show. */
function sidesOf(pack: Pack, programme: string): string[] {
  const sides = pack.program.targets.flatMap((target) => {
    if (pack.programmes[target.programme]?.id !== programme) return []
    const conditions = target.conditions.flatMap(({ id, reads }, i) => {
      const key = keyOf(id, pack.conditionTexts[target.index]?.[i]?.tier)
      const open = Object.values(reads).some((list) => list.length > 0)
      return ['met', 'unmet', ...(open ? ['unknown'] : [])].map((side) => `${key} ${side}`)
    })
    return [...conditions, ...target.tiers.map(({ id }) => `${id} tier`)]
  })
  return [...new Set(sides)]
}

function shownBy(pack: Pack, { expected, result }: Answered): string[] {
  const { verdict, tier, conditions } = result
  const list = conditions.flatMap((condition) => {
    const side = sideShown(pack, condition, result, expected)
    return side === null ? [] : [`${keyOf(condition.id, condition.tier)} ${side}`]
  })
  return verdict === 'eligible' && tier !== undefined && namesTier(pack, expected, tier)
    ? [...list, `${tier} tier`]
    : list
}

function sideShown(
  pack: Pack,
  condition: ConditionResult,
  result: Result,
  expected: Expectation,
): 'met' | 'unmet' | 'unknown' | null {
  const { verdict, tier } = result
  if (condition.verdict === 'met')
    return verdict === 'eligible' && (condition.tier ?? tier) === tier ? 'met' : null
  if (!isAlone(pack, condition, result)) return null
  if (failed(condition))
    return verdict !== 'eligible' || expected.tier !== undefined ? 'unmet' : null
  return verdict === 'unknown' || (verdict === 'eligible' && tier === undefined) ? 'unknown' : null
}

/** Whether some tier that the condition belongs to has no other condition that fails as firmly. */
function isAlone(pack: Pack, condition: ConditionResult, result: Result): boolean {
  const programme = pack.programmes.find(({ id }) => id === result.programme)
  const tiers = (programme?.tiers ?? []).filter(({ target }) => target === result.target)
  return tiers
    .filter(({ id }) => (condition.tier ?? id) === id)
    .some(({ id }) =>
      result.conditions.every(
        (other) =>
          other === condition ||
          (other.tier ?? id) !== id ||
          (condition.verdict === 'unmet' ? other.verdict !== 'unmet' : !failed(other)),
      ),
    )
}

function failed(condition: ConditionResult): boolean {
  return condition.verdict === 'unmet' || condition.unconfirmed === true
}

/** A case names the tier, or there is only one. */
function namesTier(pack: Pack, expected: Expectation, tier: string): boolean {
  const tiers = pack.programmes.find(({ id }) => id === expected.programme)?.tiers ?? []
  return expected.tier === tier || (tiers.length === 1 && expected.amount !== undefined)
}

function keyOf(id: string, tier: string | null | undefined): string {
  return tier ? `${tier}/${id}` : id
}
