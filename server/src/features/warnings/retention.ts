import type { RetentionRules } from '../households/retention.ts'

// What people say of a household names whom it likes, so all of it goes with any member.
const ofHousehold = {
  ends: 'deleted',
  class: 'care',
  households: ['household_id'],
  whole: true,
} as const

export const warningRetention: RetentionRules = {
  'app.warning_named': { ...ofHousehold, begins: 'named_at' },
  'app.warning_event': { ...ofHousehold, begins: 'at' },
  'app.warning_evidence': { ...ofHousehold, persons: ['person_id'], begins: 'at' },
  'app.warning': { ...ofHousehold, begins: 'raised_on', closes: 'closed_on' },
}
