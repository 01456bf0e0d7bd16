import { type Decimal, mapOperands, operands, type Pack, parametersOn } from '@qiao/rules'

type Target = Pack['program']['targets'][number]
type Node = Pack['program']['nodes'][number]

/** What a target is called in any pack: its programme, and whose it is. */
export function targetKey({ programmes }: Pack, { programme, entity }: Target): string {
  return `${programmes[programme]?.id ?? ''}/${entity}`
}

/**
 * Which targets of another pack judge otherwise than today's, and which of today's it lacks.
 *
 * Two targets are the same when everything they come from is: conditions, amounts, the figures of
 * the day, the facts as declared. Words and sources do not count.
 *
 * @param values of parameters of the other pack, in place of the day's
 */
export function changedTargets(
  today: Pack,
  other: Pack,
  on: string,
  values: Readonly<Record<string, Decimal>>,
): { changed: Set<number>; gone: number[] } {
  const numbers = new Map<string, number>()
  const [ours, theirs] = [formsOf(today, on, {}, numbers), formsOf(other, on, values, numbers)]
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

/** A number per target, the same for the same rules; `numbers` is what numbers stand for. */
function formsOf(
  pack: Pack,
  on: string,
  values: Readonly<Record<string, Decimal>>,
  numbers: Map<string, number>,
): Map<string, number> {
  const numberOf = (text: string): number => {
    const found = numbers.get(text) ?? numbers.size
    numbers.set(text, found)
    return found
  }
  const figures = parametersOn(pack.parameters, on, { overrides: values })
  const nodes: number[] = []
  const rootsOf = ({ conditions, base, tiers }: Target, root: 'root' | 'pendingRoot') => [
    base,
    conditions.map((one) => [nodes[one[root]], one.whenNull, one.confirmed]),
    tiers.map((tier) => tier.conditions),
  ]
  for (const node of pack.program.nodes) nodes.push(numberOf(JSON.stringify(formOf(node))))
  function formOf({ op, type, scale, entity }: Node): unknown {
    const own = [entity, type, scale, op.kind]
    if (op.kind === 'parameter') {
      const figure = figures[op.parameter]
      return [...own, String(figure?.lo), String(figure?.hi)]
    }
    if (op.kind === 'match') {
      const target = pack.program.targets[op.target]
      return target ? [...own, targetKey(pack, target), rootsOf(target, 'root')] : own
    }
    if (!('fact' in op)) return [...own, mapOperands(op, (id) => nodes[id] ?? -1)]
    const fact = pack.program.facts[op.fact]
    const of = operands(op).map((id) => nodes[id])
    return [...own, of, fact && [fact.id, String(fact.range.lo), String(fact.range.hi), fact.codes]]
  }
  return new Map(
    pack.program.targets.map((target) => {
      const amounts = target.tiers.map(({ amount }) =>
        amount.kind === 'computed' ? [amount.kind, amount.per, nodes[amount.node]] : amount,
      )
      const form = [rootsOf(target, 'root'), rootsOf(target, 'pendingRoot'), amounts]
      return [targetKey(pack, target), numberOf(JSON.stringify(form))]
    }),
  )
}
