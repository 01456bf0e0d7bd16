import type { RetentionRules } from '../households/retention.ts'

// What is told of an emergency names whom it likes, so all of it goes with any member.
const ofHousehold = {
  ends: 'deleted',
  class: 'file',
  households: ['household_id'],
  whole: true,
} as const

export const reliefRetention: RetentionRules = {
  'app.quick_relief_event': { ...ofHousehold, begins: 'at' },
  'app.quick_relief': { ...ofHousehold, begins: 'reported_on', closes: 'closed_on' },
}
