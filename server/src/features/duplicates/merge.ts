import { dayFromText, textFromDay } from '@qiao/rules'

/** Days in which a merge can be undone: 待核, as that of a delivery. */
const undoDays = 30

/** @param today 'YYYY-MM-DD' */
export function undoUntil(today: string): string {
  return textFromDay((dayFromText(today) ?? 0) + undoDays)
}

/** Whose value stands: that of the record that is kept, or of the one that goes. */
type Choice = 'kept' | 'merged'

/**
 * What becomes, in a merge, of the rows that name the record that goes.
 *
 * - `passes`: closed there and said of the kept one, by a rule of its own in the migration of merging
 * - `follows`: worked out anew of both households once they changed
 * - `stays`: says what was delivered, found or done to that record, and goes on saying it
 */
export type MergeRule = 'passes' | 'follows' | 'stays'

/** One rule for every table that names a person; a table without one fails the test beside this. */
export const mergeRules: Readonly<Record<string, MergeRule>> = {
  'app.answer': 'follows',
  'app.authorisation': 'passes',
  'app.award': 'passes',
  // Planned for that record: what goes on is planned anew for the one that is kept.
  'app.case_goal': 'stays',
  // Who asked what of that record: it is refused, or asked again of the one that is kept.
  'app.change_item': 'stays',
  'app.collector': 'passes',
  // What its source delivered and was asked of that record.
  'app.correction': 'stays',
  'app.delivery_row': 'stays',
  'app.duplicate_pair': 'passes',
  'app.erasure': 'stays',
  'app.erasure_stub': 'stays',
  'app.fact': 'passes',
  // Closed as the answers are: the household of the kept one has lines of its own.
  'app.lead_line': 'follows',
  'app.member': 'passes',
  'app.merge': 'stays',
  'auth.merged_person': 'stays',
  'app.near_line': 'follows',
  'app.objection': 'passes',
  'app.other_word': 'passes',
  'app.person': 'passes',
  'app.person_current': 'follows',
  'app.question': 'follows',
  'app.registered_place': 'passes',
  // What was done for that household: it stays with it.
  'app.service_record': 'stays',
  'app.supporter': 'passes',
  'app.undecided': 'follows',
  // What that person answered to a scale.
  'app.scale_result': 'stays',
  // What was found of that record goes on saying it; the household of the kept one is asked anew.
  'app.warning_evidence': 'stays',
  'staging.delivered_fact': 'stays',
}

/** A fact on record of one of two persons. */
export type Said = Readonly<{ fact: string; value: unknown; verifiedOn: string }>

/** Both have it, in two words: which stands unless somebody chooses. */
export type Difference<T extends Said> = Readonly<{ kept: T; merged: T; proposed: Choice }>

/**
 * Facts of which two records say different things; the one verified later is proposed, of two of one day that of the
 * record that is kept, as `app.merge_facts` decides where nobody chose.
 */
export function differencesOf<T extends Said>(
  kept: readonly T[],
  merged: readonly T[],
): readonly Difference<T>[] {
  return merged.flatMap((theirs) => {
    const ours = kept.find(({ fact }) => fact === theirs.fact)
    if (!ours || JSON.stringify(ours.value) === JSON.stringify(theirs.value)) return []
    const proposed = theirs.verifiedOn > ours.verifiedOn ? 'merged' : 'kept'
    return [{ kept: ours, merged: theirs, proposed }] as const
  })
}
