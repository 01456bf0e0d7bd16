import type { RetentionRules } from '../households/retention.ts'

export const ownRetention: RetentionRules = {
  'app.legal_hold': {
    ends: 'deleted',
    class: 'file',
    households: ['household_id'],
    begins: 'recorded_at',
    closes: 'lifted_at',
  },
  'app.erasure': { ends: 'kept' },
  'app.erasure_stub': { ends: 'kept' },
}
