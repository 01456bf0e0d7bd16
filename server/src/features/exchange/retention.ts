import type { RetentionRules } from '../households/retention.ts'

const delivered = {
  class: 'exchange',
  persons: ['person_id'],
  households: ['household_id'],
} as const

export const exchangeRetention: RetentionRules = {
  // That a row came and what became of it is the record of use; whose it was and what it said is not needed for that.
  'app.delivery_row': { ...delivered, ends: 'reduced', blanks: ['said'] },
  'staging.delivered_fact': { ...delivered, ends: 'deleted' },
}
