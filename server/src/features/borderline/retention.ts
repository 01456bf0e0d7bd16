import type { RetentionRules } from '../households/retention.ts'

export const borderlineRetention: RetentionRules = {
  'app.near_line': {
    ends: 'deleted',
    class: 'answers',
    persons: ['person_id'],
    households: ['household_id'],
    begins: 'recorded_at',
    closes: 'superseded_at',
    whole: true,
  },
}
