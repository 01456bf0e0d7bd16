import { hash } from 'node:crypto'
import { operands, type Pack } from '@qiao/rules'

type Target = Pack['program']['targets'][number]
type Node = Pack['program']['nodes'][number]
type Measure = Target['conditions'][number]['measure']

/** Fields of an operation that name what it is made from, which the forms of those stand for. */
const named = new Set(['a', 'b', 'c', 'of', 'where', 'fact', 'parameter', 'target'])

/** What a target is called in any pack: its programme, and whose it is. */
export function targetKey({ programmes }: Pack, { programme, entity }: Target): string {
  return `${programmes[programme]?.id ?? ''}/${entity}`
}

/**
 * A form for each target of a pack, by its key: targets of two packs have the same form when all they
 * come from is the same. Conditions and tiers with their ids, amounts, figures, the facts as declared, the
 * rules of every programme they wait for. Words and sources do not count.
 *
 * @param figure what counts of a parameter, by its place in the pack: its value on a day, or all its rows
 */
export function targetForms(
  pack: Pack,
  figure: (parameter: number) => unknown,
): Map<string, string> {
  const { nodes, targets, facts } = pack.program
  const forms: string[] = []
  const at = (id: number): string => forms[id] ?? ''
  const digest = (form: unknown): string => hash('sha1', JSON.stringify(form), 'base64')
  for (const node of nodes) forms.push(digest(formOf(node)))
  return new Map(
    targets.map((target) => {
      const amounts = target.tiers.map(({ amount }) =>
        amount.kind === 'computed' ? [amount.kind, amount.per, at(amount.node)] : amount,
      )
      const form = [rootsOf(target, 'root'), rootsOf(target, 'pendingRoot'), amounts]
      return [targetKey(pack, target), digest(form)]
    }),
  )

  function formOf({ op, type, scale, entity }: Node): unknown {
    const rest = Object.entries(op).filter(([key]) => !named.has(key))
    return [entity, type, scale, rest, operands(op).map(at), leafForm(op)]
  }

  function leafForm(op: Node['op']): unknown {
    if (op.kind === 'parameter') return figure(op.parameter)
    if (op.kind === 'match') {
      const target = targets[op.target]
      return target && [targetKey(pack, target), rootsOf(target, 'root')]
    }
    if (!('fact' in op)) return null
    const fact = facts[op.fact]
    return fact && [fact.id, String(fact.range.lo), String(fact.range.hi), fact.codes]
  }

  function rootsOf({ conditions, base, tiers }: Target, root: 'root' | 'pendingRoot'): unknown {
    return [
      base,
      conditions.map((one) => [
        one.id,
        at(one[root]),
        one.whenNull,
        one.confirmed,
        measureForm(one.measure),
      ]),
      tiers.map((tier) => [tier.id, tier.conditions]),
    ]
  }

  function measureForm(measure: Measure): unknown {
    return measure && [measure.op, measure.line, at(measure.a), at(measure.b)]
  }
}
