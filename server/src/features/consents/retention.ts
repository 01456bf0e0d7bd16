import type { RetentionRules } from '../households/retention.ts'

const consent = {
  ends: 'deleted',
  class: 'file',
  persons: ['person_id'],
  households: ['household_id'],
  begins: 'recorded_at',
  closes: 'withdrawn_at',
  rests: true,
} as const

export const consentRetention: RetentionRules = {
  'app.authorisation': consent,
  'app.objection': consent,
}
