export const CADENCES = ['daily', 'weekly', 'monthly', 'quarterly', 'yearly', 'on-request'] as const
export const TRUSTS = ['authoritative', 'corroborating', 'reference'] as const
