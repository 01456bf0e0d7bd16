import type { RetentionRules } from '../households/retention.ts'

export const auditRetention: RetentionRules = {
  // Kept for six months at least (GB/T 22239-2019) and a chain, of which nothing can go; it has numbers, never names.
  'app.audit': { ends: 'kept' },
}
