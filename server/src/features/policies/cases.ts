import { hash } from 'node:crypto'
import type { HouseholdFacts, Pack, Result } from '@qiao/rules'
import { explain } from '@qiao/rules'
import { type Given, readHouseholdFacts } from './given-facts.ts'
import { targetForms } from './target-forms.ts'

/** A sentence about the law and what follows from it on one day, as in policy/cases/. */
export type PolicyCase = Readonly<{
  case: string
  on: string | Date
  like?: string
  household?: Given
  members?: readonly (Given & { id: string })[]
  /** Figures nobody has published, supposed for this case only; by parameter id. */
  suppose?: Readonly<Record<string, number>>
  expect: readonly Expectation[]
}>

export type Expectation = Readonly<{
  programme: string
  member?: string
  target?: string
  verdict: string
  tier?: string
  amount?: number | 'official' | 'none' | 'unknown' | { min: number; max: number }
  unmet?: readonly string[]
  met?: readonly string[]
  unknown?: readonly string[]
  missing?: readonly string[]
  reasons?: readonly string[]
  via?: readonly string[]
  provisional?: { verdict?: string; amount?: number }
  nearMiss?: boolean
}>

export type ExampleHouseholds = Readonly<
  Record<string, { household?: Given; members: readonly (Given & { id: string })[] }>
>

/**
 * What differs between a case and the engine, as sentences; empty where they agree.
 *
 * `unmet`, `missing`, `reasons` and the like name what must be among the results; more may be there.
 * `changed` puts other figures in place of the pack's, to see whether the case would notice.
 */
export function differences(
  pack: Pack,
  of: PolicyCase,
  examples: ExampleHouseholds,
  changed: Readonly<Record<string, number>> = {},
): string[] {
  const results =
    Object.keys(changed).length === 0
      ? answersTo(pack, of, examples)
      : explained(pack, of, examples, changed)
  return of.expect.flatMap((expected) => {
    const result = resultFor(results, expected)
    if (!result) return [`没有 ${expected.programme} ${expected.member ?? ''} 的结果`]
    return differencesOf(expected, result).map(
      (text) => `${expected.programme} ${expected.member ?? ''}: ${text}`,
    )
  })
}

type Answered = Readonly<{ rules: string; examples: ExampleHouseholds; results: readonly Result[] }>
const answers = new WeakMap<PolicyCase, readonly Answered[]>()

/** Packs whose answers to a case are kept: the one in force, a draft, and what either was before. */
const KEPT_ANSWERS = 4

/**
 * What the engine says to a case, worked out once for all packs in which what it is about has the same
 * rules: a draft changes a few programmes of dozens. Words in it may be those of the other pack.
 */
export function answersTo(
  pack: Pack,
  of: PolicyCase,
  examples: ExampleHouseholds,
): readonly Result[] {
  const rules = rulesBehind(pack, of)
  const known = answers.get(of) ?? []
  const found = known.find((one) => one.rules === rules && one.examples === examples)
  if (found) return found.results
  const results = explained(pack, of, examples, {})
  answers.set(of, [{ rules, examples, results }, ...known].slice(0, KEPT_ANSWERS))
  return results
}

const rulesOfPacks = new WeakMap<Pack, ReadonlyMap<string, string>>()

/** All that the answers to a case come from: every target of what it expects, and the facts as declared. */
function rulesBehind(pack: Pack, of: PolicyCase): string {
  const forms =
    rulesOfPacks.get(pack) ?? targetForms(pack, (parameter) => pack.parameters[parameter])
  rulesOfPacks.set(pack, forms)
  const programmes = new Set(of.expect.map((expected) => expected.programme))
  const behind = [...programmes].flatMap((id) =>
    ['household', 'person'].map((entity) => forms.get(`${id}/${entity}`) ?? ''),
  )
  return `${behind.join(' ')} ${catalogueOf(pack)}`
}

/**
 * Works out the answers to many cases and keeps them, day by day: making a pack ready for a day takes
 * longer than a case, and it is kept for few days at a time. A case that cannot be understood says so
 * when it is asked.
 */
export function answerByDay(
  pack: Pack,
  cases: readonly PolicyCase[],
  examples: ExampleHouseholds,
): void {
  for (const one of [...Map.groupBy(cases, ({ on }) => String(on)).values()].flat()) {
    try {
      answersTo(pack, one, examples)
    } catch {
      // Asked again, it throws again.
    }
  }
}

function explained(
  pack: Pack,
  of: PolicyCase,
  examples: ExampleHouseholds,
  changed: Readonly<Record<string, number>>,
): Result[] {
  const [programme, ...others] = new Set(of.expect.map((expected) => expected.programme))
  return explain(pack, factsOf(pack, of, examples), dayOf(of), {
    parameterValues: { ...of.suppose, ...changed },
    ...(programme === undefined || others.length > 0 ? {} : { programme }),
  })
}

/** The day whose law a case is about. */
export function dayOf({ on }: Pick<PolicyCase, 'on'>): string {
  return on instanceof Date ? on.toISOString().slice(0, 10) : on
}

/** The result an expectation speaks of. */
export function resultFor(results: readonly Result[], expected: Expectation): Result | undefined {
  return results.find(
    ({ programme, member, target }) =>
      programme === expected.programme &&
      (expected.member === undefined || member === expected.member) &&
      (expected.target === undefined || target === expected.target),
  )
}

const catalogues = new WeakMap<Pack, string>()

/** The facts as a pack declares them, in one word. */
function catalogueOf(pack: Pack): string {
  const catalogue = catalogues.get(pack) ?? hash('sha1', JSON.stringify(pack.facts))
  catalogues.set(pack, catalogue)
  return catalogue
}

type Read = Readonly<{ catalogue: string; examples: ExampleHouseholds; facts: HouseholdFacts }>
const read = new WeakMap<PolicyCase, Read>()

/** The facts of a case, read once for all packs that declare the same facts. */
export function factsOf(pack: Pack, of: PolicyCase, examples: ExampleHouseholds): HouseholdFacts {
  const catalogue = catalogueOf(pack)
  const known = read.get(of)
  if (known?.catalogue === catalogue && known.examples === examples) return known.facts
  const facts = readFacts(pack, of, examples)
  read.set(of, { catalogue, examples, facts })
  return facts
}

/** Those of the household it is like, with what differs. */
function readFacts(pack: Pack, of: PolicyCase, examples: ExampleHouseholds): HouseholdFacts {
  const like = of.like === undefined ? undefined : examples[of.like]
  if (of.like !== undefined && !like) throw new Error(`no household is called ${of.like}`)
  const members = [...(like?.members ?? [])].map((member) => ({
    ...member,
    ...of.members?.find(({ id }) => id === member.id),
  }))
  const added = (of.members ?? []).filter(({ id }) => !members.some((member) => member.id === id))
  return readHouseholdFacts(pack, {
    household: known({ ...like?.household, ...of.household }),
    members: [...members, ...added].map((member) => ({ ...known(member), id: member.id })),
  })
}

/** In a case the word unknown takes a fact away; YAML reads days as dates. */
function known(given: Given): Given {
  return Object.fromEntries(
    Object.entries(given)
      .filter(([, value]) => value !== 'unknown')
      .map(([key, value]) => [
        key,
        value instanceof Date ? value.toISOString().slice(0, 10) : value,
      ]),
  )
}

function differencesOf(expected: Expectation, result: Result): string[] {
  const found: string[] = []
  const differs = (what: string, wanted: unknown, got: unknown) => {
    if (wanted !== undefined && JSON.stringify(wanted) !== JSON.stringify(got)) {
      found.push(`${what} is ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`)
    }
  }
  const lacks = (what: string, wanted: readonly string[] | undefined, got: readonly string[]) => {
    for (const one of wanted ?? [])
      if (!got.includes(one)) found.push(`${what} lacks ${one}: ${got.join(', ')}`)
  }
  const conditions = (verdict: string) =>
    result.conditions
      .filter((condition) => condition.verdict === verdict)
      .flatMap(({ id, tier }) => (tier === undefined ? [id] : [id, `${tier}/${id}`]))
  differs('verdict', expected.verdict, result.verdict)
  differs('tier', expected.tier, result.tier)
  differs('nearMiss', expected.nearMiss, result.nearMiss ?? false)
  differs('amount', expected.amount, amountIn(result, expected.amount))
  lacks('met', expected.met, conditions('met'))
  lacks('unmet', expected.unmet, conditions('unmet'))
  lacks('unknown', expected.unknown, conditions('unknown'))
  lacks(
    'missing',
    expected.missing,
    result.missing.map(({ fact }) => fact),
  )
  lacks('reasons', expected.reasons, result.reasons)
  lacks('via', expected.via, result.via ?? [])
  if (expected.provisional) {
    differs('provisional verdict', expected.provisional.verdict, result.provisional?.verdict)
    const amount = result.provisional?.amount
    if (expected.provisional.amount !== undefined) {
      differs(
        'provisional amount',
        expected.provisional.amount,
        amount?.kind === 'exact' ? amount.fen / 100 : amount,
      )
    }
  }
  return found
}

function amountIn({ amount }: Result, wanted: Expectation['amount']): unknown {
  if (typeof wanted === 'string') return amount.kind
  if (amount.kind === 'exact') return amount.fen / 100
  return amount.kind === 'range' ? { min: amount.min / 100, max: amount.max / 100 } : amount.kind
}
