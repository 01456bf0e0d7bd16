import type { RetentionRules } from '../households/retention.ts'

const ofHousehold = { ends: 'deleted', class: 'file', households: ['household_id'] } as const

export const restrictionRetention: RetentionRules = {
  'app.glass_break': { ...ofHousehold, begins: 'opened_at', closes: 'reviewed_at' },
  'app.restriction_viewer': ofHousehold,
  'app.restriction': { ...ofHousehold, begins: 'recorded_at', closes: 'lifted_at' },
}
