import type { RetentionRules } from '../households/retention.ts'

export const feedbackRetention: RetentionRules = {
  'app.policy_feedback_household': {
    ends: 'deleted',
    class: 'care',
    households: ['household_id'],
  },
}
