import type { RetentionRules } from '../households/retention.ts'

// What people write of a household names whom it likes, so all of it goes with any member.
const ofHousehold = {
  ends: 'deleted',
  class: 'care',
  households: ['household_id'],
  whole: true,
} as const

export const leadRetention: RetentionRules = {
  'app.lead_event': { ...ofHousehold, begins: 'at' },
  'app.lead_line': {
    ...ofHousehold,
    persons: ['person_id'],
    begins: 'raised_on',
    closes: 'closed_on',
  },
  'app.lead': { ...ofHousehold, begins: 'raised_on', closes: 'closed_on' },
}
