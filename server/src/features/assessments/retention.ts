import type { RetentionRules } from '../households/retention.ts'

// What is written of a household names whom it likes, so all of it goes with any member.
const ofHousehold = {
  ends: 'deleted',
  class: 'care',
  households: ['household_id'],
  whole: true,
} as const

export const assessmentRetention: RetentionRules = {
  'app.assessment_objection': { ...ofHousehold, begins: 'recorded_at', closes: 'replied_at' },
  'app.need': { ...ofHousehold, begins: 'changed_at' },
  'app.needs_assessment': { ...ofHousehold, begins: 'saved_at', closes: 'superseded_at' },
  'app.safety_task': { ...ofHousehold, begins: 'raised_at', closes: 'handled_at' },
  'app.scale_result': { ...ofHousehold, persons: ['person_id'], begins: 'recorded_at' },
}
