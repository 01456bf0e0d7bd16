import {
  distanceOf,
  explain,
  type Fact,
  type HouseholdFacts,
  type Pack,
  type Reading,
  type Result,
} from '@qiao/rules'
import type { Static } from 'typebox'
import type { LeftOut } from '../consents/matching-facts.ts'
import { valueText } from '../households/fact-value.ts'
import { sensitivityOf } from '../households/household.ts'
import { hiddenText } from '../staff/masks.ts'
import type { Withheld } from './clinical.ts'
import type { ExplanationView, ResultView } from './views.ts'

/** 仅供参考: an advisor explains, officials decide. */
export const advice = '仅供参考,以街镇审核确认为准'

export type ExplanationOf = Readonly<{
  pack: Pack
  on: string
  /** Where the household lives. */
  areaId: string
  household: HouseholdFacts
  /** Members who object to matching: nothing is said about them. */
  optedOut: ReadonlySet<string>
  /** Facts on record that matching may not use. */
  leftOut: readonly LeftOut[]
  memberNames: ReadonlyMap<string, string>
  /**
   * Whether this reader may see the value of a fact. What a sign of need leads to they see in any
   * case; a clinical fact that they may not see is left out of `household`, with all it leads to.
   */
  mayRead: (fact: Fact) => boolean
  /** What is withheld: it is on record, so nobody is to ask for it. */
  isWithheld: Withheld
}>

/**
 * Every programme's answer to one household, in words: the very results of `explain`, with names.
 *
 * Values that the reader may not see are left out of `reads`.
 */
export function explanationOf(of: ExplanationOf): Static<typeof ExplanationView> {
  const { pack, on, household } = of
  return {
    on,
    area: { id: of.areaId },
    pack: { version: pack.version, hash: pack.hash },
    advice,
    results: explain(pack, household, on)
      .filter(({ member }) => !of.optedOut.has(member ?? ''))
      .map((result) => resultView(of, result)),
    leftOut: leftOutViews(of),
  }
}

/** By name, for a reader who may see the fact at all; of somebody who objects, only that they do. */
function leftOutViews(of: ExplanationOf): Static<typeof ExplanationView>['leftOut'] {
  const named = of.leftOut.flatMap(({ fact: id, member, reason, text }) => {
    const fact = factOf(of, id)
    if (!fact || !of.mayRead(fact) || of.optedOut.has(member ?? '')) return []
    return [{ fact: id, name: fact.name, reason, text, ...memberOf(of, member) }]
  })
  const objecting = [...of.optedOut].map((member) => ({
    reason: 'objection' as const,
    text: '本人不接受自动匹配，按未知计',
    ...memberOf(of, member),
  }))
  return [...objecting, ...named]
}

function memberOf({ memberNames }: ExplanationOf, member: string | undefined) {
  return member === undefined ? {} : { member, memberName: memberNames.get(member) ?? '' }
}

function resultView(of: ExplanationOf, result: Result): Static<typeof ResultView> {
  const { pack, memberNames } = of
  const programme = pack.programmes.find(({ id }) => id === result.programme)
  const tier = programme?.tiers.find(({ id }) => id === result.tier)
  const receiving = receiptOf(of.household, result)
  const memberName = memberNames.get(result.member ?? '')
  const { tier: tierId, via, member, nearMiss, nextChange, provisional } = result
  return {
    programme: result.programme,
    programmeName: programme?.name ?? result.programme,
    ...(tierId === undefined ? {} : { tier: tierId, tierName: tier?.name ?? tierId }),
    target: result.target,
    ...(member === undefined ? {} : { member }),
    ...(memberName === undefined ? {} : { memberName }),
    verdict: result.verdict,
    reasons: [...result.reasons],
    ...(via === undefined ? {} : { via: [...via] }),
    ...(provisional === undefined
      ? {}
      : {
          provisional: {
            ...provisional,
            parameterName: parameterName(pack, provisional.parameter),
          },
        }),
    amount: result.amount,
    conditions: result.conditions.map((condition) => conditionView(of, condition)),
    missing: result.missing
      .filter(({ fact, member }) => !of.isWithheld(fact, member))
      .map((one) => missingView(pack, one)),
    ...(nearMiss ? { nearMiss } : {}),
    ...(nextChange === undefined ? {} : { nextChange }),
    group: groupOf(result, receiving),
    receiving,
  }
}

/** Under which heading of the household page a result stands. */
function groupOf(result: Result, receiving: 'yes' | 'no' | 'unknown') {
  if (receiving === 'yes') return 'receiving'
  if (result.verdict === 'unknown' && (result.via?.length ?? 0) > 0) return 'following'
  return result.verdict
}

/**
 * Whether it is already received: awards and complete rolls are facts `status_…` like others. As for
 * leads, an award of the household counts for its members, and one of any member for the household.
 */
export function receiptOf(
  { household, members }: HouseholdFacts,
  { programme, target, member }: Pick<Result, 'programme' | 'target' | 'member'>,
): 'yes' | 'no' | 'unknown' {
  const status = `status_${programme.replaceAll('-', '_')}`
  const concerned = target === 'household' ? members : members.filter(({ id }) => id === member)
  const values = [household, ...concerned.map(({ facts }) => facts)].map(
    (facts) => facts[status]?.value,
  )
  if (values.includes(true)) return 'yes'
  return values.includes(false) ? 'no' : 'unknown'
}

function conditionView(of: ExplanationOf, condition: Result['conditions'][number]) {
  const { clause, reads, measure, ...rest } = condition
  const hidden = reads.some((read) => !mayReadFact(of, read.fact))
  const distance = measure ? distanceOf(measure) : null
  return {
    ...rest,
    clause: clause ? { ...clause } : null,
    reads: reads.map((read) => readView(of, read)),
    // A sum with a hidden part would give that part away.
    ...(measure && !hidden ? { measure } : {}),
    ...(distance && !hidden ? { distance } : {}),
  }
}

function factOf({ pack }: ExplanationOf, id: string): Fact | undefined {
  return pack.facts.find((fact) => fact.id === id)
}

function mayReadFact(of: ExplanationOf, id: string): boolean {
  const fact = factOf(of, id)
  return fact === undefined || of.mayRead(fact)
}

function readView(of: ExplanationOf, read: Result['conditions'][number]['reads'][number]) {
  const fact = factOf(of, read.fact)
  const name = fact?.name ?? read.fact
  const sensitivity = fact ? sensitivityOf(fact) : 'clinical'
  const isHidden = read.state !== 'unknown' && !mayReadFact(of, read.fact)
  if (isHidden || of.isWithheld(read.fact, read.member)) {
    return {
      ...read,
      state: 'known' as const,
      name,
      sensitivity,
      value: null,
      valueText: hiddenText,
      hidden: true,
    }
  }
  return { ...read, name, sensitivity, valueText: fact ? readingText(fact, read) : '' }
}

function readingText(
  fact: Fact,
  { state, value }: { state: string; value: Reading['value'] },
): string {
  if (state === 'unknown') return '未知'
  return state === 'known-none' ? '无' : valueText(fact, value)
}

function missingView(pack: Pack, { fact: id, member }: Result['missing'][number]) {
  const fact = pack.facts.find((one) => one.id === id)
  return {
    fact: id,
    name: fact?.name ?? id,
    ...(member === undefined ? {} : { member }),
    ...(fact?.ask === undefined ? {} : { ask: fact.ask }),
  }
}

function parameterName(pack: Pack, id: string): string {
  return pack.parameters.find((parameter) => parameter.id === id)?.name ?? id
}
