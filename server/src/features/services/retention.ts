import type { RetentionRules } from '../households/retention.ts'

// What people write of a household names whom it likes, so all of it goes with any member.
const ofHousehold = {
  ends: 'deleted',
  class: 'care',
  households: ['household_id'],
  whole: true,
} as const

export const serviceRetention: RetentionRules = {
  'app.day_stop': { ...ofHousehold, begins: 'on_day', closes: 'taken_off_at' },
  'app.visit_due': { ...ofHousehold, begins: 'since', closes: 'ended_at' },
  'app.visit_tier': { ...ofHousehold, begins: 'from_day', closes: 'superseded_at' },
  'app.counselling_note': { ...ofHousehold, begins: 'made_at' },
  'app.service_record': { ...ofHousehold, begins: 'made_at', closes: 'superseded_at' },
}
