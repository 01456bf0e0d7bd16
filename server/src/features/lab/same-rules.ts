import { type Decimal, type Pack, parametersOn } from '@qiao/rules'
import { targetForms, targetKey } from '../policies/target-forms.ts'

/**
 * Which targets of another pack judge otherwise than today's, and which of today's it lacks.
 *
 * @param values of parameters of the other pack, in place of the day's
 */
export function changedTargets(
  today: Pack,
  other: Pack,
  on: string,
  values: Readonly<Record<string, Decimal>>,
): { changed: Set<number>; gone: number[] } {
  const [ours, theirs] = [formsOf(today, on, {}), formsOf(other, on, values)]
  const changed = new Set(
    other.program.targets.flatMap((target) => {
      const key = targetKey(other, target)
      return ours.get(key) === theirs.get(key) ? [] : [target.index]
    }),
  )
  const gone = today.program.targets.flatMap((target) =>
    theirs.has(targetKey(today, target)) ? [] : [target.index],
  )
  return { changed, gone }
}

function formsOf(
  pack: Pack,
  on: string,
  overrides: Readonly<Record<string, Decimal>>,
): Map<string, string> {
  const figures = parametersOn(pack.parameters, on, { overrides })
  return targetForms(pack, (parameter) => {
    const figure = figures[parameter]
    return [String(figure?.lo), String(figure?.hi)]
  })
}
