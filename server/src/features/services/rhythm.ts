import { addMonths, dayFromText, textFromDay } from '@qiao/rules'

/**
 * How often a household is contacted and visited: by its tier, and at least so often by what is on record of it; in heat,
 * cold and holidays more often. Of several rules the stricter counts, for contacts and visits apart (domain.md §4.5).
 */

export const ruleKeys = [
  'tier-high',
  'tier-middle',
  'tier-low',
  'eighty-alone',
  'scattered-tekun',
  'child-in-difficulty',
  'serious-illness',
] as const
/** 高度, 中度, 低度; 八十岁以上独居, 分散供养特困, 孤儿和困境儿童, 居家重病. */
export type RuleKey = (typeof ruleKeys)[number]

export const tiers = ['high', 'middle', 'low', 'none'] as const
type Tier = (typeof tiers)[number]

export const dueKinds = ['contact', 'visit'] as const
/** Being in touch by any means, and being there. 联系, 走访 */
export type DueKind = (typeof dueKinds)[number]

export type Every = Readonly<{ amount: number; unit: 'day' | 'month' }>

export type Rule = Readonly<{ key: RuleKey; contact: Every | null; visit: Every | null }>

export const seasonKinds = ['heat', 'cold', 'holiday'] as const
export type SeasonKind = (typeof seasonKinds)[number]

/** From a day to a day, both included, intervals are so many per cent of what they are otherwise. */
export type Season = Readonly<{ kind: SeasonKind; from: string; to: string; percent: number }>

/** Days are 'YYYY-MM-DD'. */
export type Due = Readonly<{ due: string; reason: RuleKey; season: SeasonKind | null }>

/** What of a record counts: only who was met was contacted, and only at home visited. */
export function countsAs(
  record: Readonly<{ method: string; outcome: string }>,
): readonly DueKind[] {
  if (record.outcome !== 'met') return []
  return record.method === 'visit' ? ['contact', 'visit'] : ['contact']
}

/** A rule that holds for a household, and since when: 'YYYY-MM-DD'. */
export type Held = Readonly<{ rule: Rule; since: string }>

/** What was due of a household by now, as it was worked out before. */
export type DueBefore = Due & Readonly<{ last: string | null }>

/**
 * When a household is to be contacted or visited next.
 *
 * By no rule is it due before the day from which that rule holds, nor on the day on which it was done last; where nobody was
 * ever there, the first interval runs from the day from which the rule holds. What was missed stays missed until it is done,
 * unless the rules have become less strict.
 *
 * @param last the day it was done last, null where never
 * @param before what was due before, null where nothing was
 * @returns the earliest of what the rules say; null where none says anything of this kind
 */
export function nextDue(
  kind: DueKind,
  held: readonly Held[],
  {
    last,
    today,
    seasons = [],
    before = null,
    rules = [],
  }: Readonly<{
    last: string | null
    today: string
    seasons?: readonly Season[]
    before?: DueBefore | null
    /** All that are in force, among them that of `before`. */
    rules?: readonly Rule[]
  }>,
): Due | null {
  let soonest: (Omit<Due, 'due'> & { due: number; every: Every }) | null = null
  for (const { rule, since } of held) {
    const every = rule[kind]
    if (!every) continue
    const from = number(last ?? since)
    const first = Math.max(number(since), last === null ? 0 : from + 1)
    const one = inSeason(from, after(from, every), seasons)
    const due = Math.max(first, one.due)
    if (!soonest || due < soonest.due)
      soonest = { due, reason: rule.key, season: one.season, every }
  }
  if (!soonest) return null
  const { every, due, ...why } = soonest
  if (before && before.last === last && before.due < today && number(before.due) < due) {
    const former = rules.find(({ key }) => key === before.reason)?.[kind]
    if (former && after(0, every) <= after(0, former)) return { ...why, due: before.due }
  }
  return { ...why, due: textFromDay(due) }
}

/** A season brings the day forward, to its own first day at most, and never puts it off. */
function inSeason(
  from: number,
  due: number,
  seasons: readonly Season[],
): { due: number; season: SeasonKind | null } {
  let soonest: { due: number; season: SeasonKind | null } = { due, season: null }
  for (const season of seasons) {
    const interval = Math.max(1, Math.floor(((due - from) * season.percent) / 100))
    const day = Math.max(from + interval, number(season.from))
    if (day <= number(season.to) && day < soonest.due) soonest = { due: day, season: season.kind }
  }
  return soonest
}

function after(from: number, { amount, unit }: Every): number {
  return unit === 'day' ? from + amount : addMonths(from, amount)
}

/** What is on record of a household that asks for a rhythm of its own. */
export type Standing = Readonly<{
  tier: Tier | null
  /** Lives alone and is eighty or older. */
  eightyAlone: boolean
  /** In extreme poverty, and not in an institution. */
  scatteredTekun: boolean
  childInDifficulty: boolean
  /** A need signal: only whoever may read such facts sees what is due by it alone. */
  seriousIllness: boolean
}>

/**
 * The rules that hold for a household: by what everybody may know of it, and by need signals.
 *
 * @param since from which day its tier holds, and from which what is on record of it is kept
 */
export function rulesFor(
  standing: Standing,
  rules: readonly Rule[],
  since: Readonly<{ tier: string; record: string }>,
): Readonly<Record<'plain' | 'need-signal', readonly Held[]>> {
  const holds: Readonly<Record<RuleKey, 'plain' | 'need-signal' | false>> = {
    'tier-high': standing.tier === 'high' && 'plain',
    'tier-middle': standing.tier === 'middle' && 'plain',
    'tier-low': standing.tier === 'low' && 'plain',
    'eighty-alone': standing.eightyAlone && 'plain',
    'scattered-tekun': standing.scatteredTekun && 'plain',
    'child-in-difficulty': standing.childInDifficulty && 'plain',
    'serious-illness': standing.seriousIllness && 'need-signal',
  }
  const of = (which: 'plain' | 'need-signal') =>
    rules
      .filter(({ key }) => holds[key] === which)
      .map((rule) => ({
        rule,
        since: rule.key.startsWith('tier-') ? since.tier : since.record,
      }))
  return { plain: of('plain'), 'need-signal': of('need-signal') }
}

/** Whole days from a day to another; below zero where it has passed. */
export function daysUntil(day: string, today: string): number {
  return number(day) - number(today)
}

function number(day: string): number {
  const found = dayFromText(day)
  if (found === null) throw new Error(`${day} is no day`)
  return found
}
