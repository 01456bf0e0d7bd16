import type { RetentionRules } from '../households/retention.ts'

const answers = {
  ends: 'deleted',
  class: 'answers',
  households: ['household_id'],
  begins: 'recorded_at',
  closes: 'superseded_at',
  // Income is counted by household: what is said of one rests on what is known of all.
  whole: true,
} as const

export const eligibilityRetention: RetentionRules = {
  'app.answer': { ...answers, persons: ['person_id'] },
  'app.undecided': answers,
  'app.change_marker': {
    ends: 'deleted',
    class: 'file',
    households: ['household_id'],
    begins: 'changed_at',
  },
}
