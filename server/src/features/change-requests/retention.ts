import type { RetentionRules } from '../households/retention.ts'

/** One request may be about several members, and its reason may name any of them. */
const ofFile = {
  ends: 'deleted',
  class: 'file',
  households: ['household_id'],
  whole: true,
} as const

export const changeRequestRetention: RetentionRules = {
  'app.change_request_event': { ...ofFile, begins: 'at' },
  'app.change_item': {
    ...ofFile,
    persons: ['person_id'],
    begins: 'recorded_at',
    closes: 'superseded_at',
  },
  'app.change_request': { ...ofFile, begins: 'made_at', closes: 'decided_at' },
}
