import type { LeadAmount } from './views.ts'

/** An amount as it lies in a row. */
export type AmountColumns = Readonly<{
  amountKind: LeadAmount['kind']
  amountMin: number | null
  amountMax: number | null
  per: 'month' | 'year' | 'once' | 'event' | null
}>

export function amountOf({ amountKind, amountMin, amountMax, per }: AmountColumns): LeadAmount {
  if (amountKind === 'exact' && amountMin !== null && per) {
    return { kind: 'exact', fen: amountMin, per }
  }
  if (amountKind === 'range' && per) {
    return { kind: 'range', min: amountMin ?? 0, max: amountMax, per }
  }
  return { kind: amountKind === 'official' || amountKind === 'none' ? amountKind : 'unknown' }
}
