import type { RetentionRules } from '../households/retention.ts'

// What is written of a household names whom it likes, so all of it goes with any member.
const ofHousehold = {
  ends: 'deleted',
  class: 'care',
  households: ['household_id'],
  whole: true,
} as const

export const caseRetention: RetentionRules = {
  'app.case_event': { ...ofHousehold, begins: 'at' },
  'app.case_goal': { ...ofHousehold, persons: ['person_id'], begins: 'recorded_at' },
  'app.household_case': { ...ofHousehold, begins: 'opened_on', closes: 'closed_on' },
}
