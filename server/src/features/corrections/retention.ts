import type { RetentionRules } from '../households/retention.ts'

export const correctionRetention: RetentionRules = {
  'app.correction': {
    ends: 'deleted',
    class: 'file',
    persons: ['person_id'],
    households: ['household_id'],
    begins: 'raised_at',
    closes: 'closed_at',
  },
}
