/** How often a property is tried: a share of QIAO_PROPERTY_RUNS, or of the small number of every day. */
export function runs(share = 1): number {
  return Math.max(1, Math.round(Number(process.env['QIAO_PROPERTY_RUNS'] ?? 100) * share))
}

/** A property may take as long as the number of its runs asks. */
export const unhurried = { timeout: 3_600_000 } as const
