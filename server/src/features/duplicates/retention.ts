import type { RetentionRules } from '../households/retention.ts'

const ofFile = { ends: 'deleted', class: 'file' } as const

export const duplicateRetention: RetentionRules = {
  'auth.merged_person': { ...ofFile, persons: ['person_id'], households: ['household_id'] },
  'app.merge': {
    ...ofFile,
    persons: ['kept_id', 'merged_id'],
    households: ['kept_household', 'merged_household'],
    begins: 'merged_at',
    closes: 'undone_at',
  },
  'app.duplicate_pair': {
    ...ofFile,
    persons: ['first_id', 'second_id'],
    begins: 'found_at',
    closes: 'decided_at',
  },
}
