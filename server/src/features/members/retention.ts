import type { RetentionRules } from '../households/retention.ts'

export const memberRetention: RetentionRules = {
  'app.supporter': {
    ends: 'deleted',
    class: 'file',
    persons: ['person_id', 'supporter_id'],
    begins: 'recorded_at',
    closes: 'superseded_at',
  },
  'app.registered_place': {
    ends: 'deleted',
    class: 'file',
    persons: ['person_id'],
    begins: 'recorded_at',
    closes: 'superseded_at',
  },
}
