import type { ConditionResult, Fact, MeasureResult, Pack, Result } from '@qiao/rules'
import { sensitivityOf } from '../households/household.ts'

/** What a line rests on, as far as its sentence goes. */
export type WhyOf = Readonly<{
  pack: Pick<Pack, 'facts' | 'programmes'>
  programme: string
  verdict: 'eligible' | 'unknown'
  /** Whether the programme pays: who is only recognised is missing from a roll, not from payments. */
  pays: boolean
  /** The programme's answer, worked out again; none where it no longer agrees with the stored one. */
  result: Result | undefined
}>

/**
 * Why a line was raised, one sentence for the list: 人均收入 1,180 元，低于 1,595 元；未见最低生活保障发放.
 *
 * It says what decided: a value against its line, else the conditions met in the policy's own words.
 * Whoever may see the lead reads it, so nothing in it rests on a fact that is more than plain.
 */
export function why({ pack, programme, verdict, pays, result }: WhyOf): string {
  const name = pack.programmes.find(({ id }) => id === programme)?.name ?? programme
  const receipt = pays ? `未见${name}发放` : `${name}名册上没有`
  return `${reasonOf(pack.facts, verdict, result)}；${receipt}`
}

function reasonOf(
  facts: readonly Fact[],
  verdict: WhyOf['verdict'],
  result: Result | undefined,
): string {
  const met = result ? metConditions(facts, result) : []
  const measured = mostTelling(met)
  if (verdict === 'eligible') return measured || textOf(met) || '符合条件'
  const open = result?.missing.length ? missingText(facts, result.missing) : '有条件待核实'
  return [measured, open].filter((part) => part !== '').join('，')
}

/** The met conditions of everybody and of the tier that applies, if every fact behind them is plain. */
function metConditions(facts: readonly Fact[], result: Result): ConditionResult[] {
  const { conditions } = result
  const tier = tierOf(result)
  const plain = new Set(facts.filter((fact) => sensitivityOf(fact) === 'plain').map(({ id }) => id))
  return conditions.filter(
    (one) =>
      one.verdict === 'met' &&
      (one.tier === undefined || one.tier === tier) &&
      one.reads.length > 0 &&
      one.reads.every(({ fact }) => plain.has(fact)),
  )
}

/** The tier that applies; while that is open, the first that is sure, else the first still possible. */
function tierOf({ tier, conditions }: Result): string | undefined {
  const tiers = [tier, ...conditions.map((one) => one.tier)].filter((one) => one !== undefined)
  const without = (...verdicts: readonly ConditionResult['verdict'][]) =>
    tiers.find((id) => !conditions.some((one) => one.tier === id && verdicts.includes(one.verdict)))
  return tier ?? without('unmet', 'unknown') ?? without('unmet')
}

/** Money says more than an age or a count; among equals what the policy names first. */
function mostTelling(met: readonly ConditionResult[]): string {
  const measures = met.flatMap(({ measure }) => (measure ? [measure] : []))
  const [first = ''] = [...measures.filter(({ money }) => money), ...measures]
    .map(measureText)
    .filter((text) => text !== '')
  return first
}

const against: Readonly<Record<string, string>> = {
  '<': '低于',
  '<=': '不超过',
  '>': '高于',
  '>=': '满',
}
const turned: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

/** Empty where a side is not exactly known, or the line is nothing and so says nothing. */
function measureText(measure: MeasureResult): string {
  const [value, line] =
    measure.line === 'left' ? [measure.right, measure.left] : [measure.left, measure.right]
  const word = against[(measure.line === 'left' ? turned[measure.op] : measure.op) ?? '']
  if (!word || measure.label === '' || value.min === null || line.min === null) return ''
  if (value.min !== value.max || line.min !== line.max || line.min === 0) return ''
  // The list names the unit only; the period stands in the explanation.
  const unit = measure.unit.split('/')[0] ?? ''
  const figure = (n: number) => `${measure.money ? yuan(n) : n.toLocaleString('en-US')} ${unit}`
  return `${measure.label} ${figure(value.min)}，${word} ${figure(line.min)}`
}

/** The tier's own conditions say more than those of everybody. */
function textOf(met: readonly ConditionResult[]): string {
  const telling = met.filter(({ reads }) => reads.some(({ value }) => value !== false))
  const own = telling.filter(({ tier }) => tier !== undefined)
  return (own.length > 0 ? own : telling)
    .slice(-2)
    .map(({ text }) => text.replace(/（[^）]*）/g, ''))
    .join('，')
}

/** What is to be asked, however many of the family have to be asked it: money first. */
function missingText(facts: readonly Fact[], missing: Result['missing']): string {
  const ids = new Set(missing.map(({ fact }) => fact))
  const asked = facts.filter(({ id }) => ids.has(id))
  const first = asked.find(({ type }) => type === 'money') ?? asked[0]
  return asked.length === 1
    ? `还差${first?.name}就能判断`
    : `还差${first?.name}等 ${asked.length} 项信息就能判断`
}

/** Whole yuan without decimals, anything else with both. */
function yuan(fen: number): string {
  const digits = fen % 100 === 0 ? 0 : 2
  return (fen / 100).toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
}
