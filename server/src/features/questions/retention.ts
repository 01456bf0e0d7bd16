import type { RetentionRules } from '../households/retention.ts'

export const questionRetention: RetentionRules = {
  // Worked out anew with every change: it stands until then and has no history.
  'app.question': {
    ends: 'deleted',
    class: 'answers',
    persons: ['person_id'],
    households: ['household_id'],
    whole: true,
  },
}
