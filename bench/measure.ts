/** One line of results.md: what was asked, and what came out. */
export type Finding = Readonly<{ question: string; value: string; limit: string; holds: boolean }>

/** Milliseconds of `work`. */
export async function timed(work: () => unknown): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[middle]]
  return (low + high) / 2
}

/** Something measured beside others; `run` may say itself how many milliseconds count. */
export type Entrant = Readonly<{ name: string; run: () => unknown }>

/** Medians, and of each pair the median of the ratios within a round. */
export type Race = Readonly<{
  ms: (name: string) => number
  /** How many times as fast as `other` was `name`. */
  speed: (name: string, other: string) => number
}>

/**
 * Runs all entrants one after the other, round after round, so that a busy minute of the machine
 * falls on all of them. The first rounds are not counted.
 *
 * @param entrants synchronous work, or work whose waiting belongs to it
 */
export async function race(
  entrants: readonly Entrant[],
  { rounds, warmUps }: Readonly<{ rounds: number; warmUps: number }>,
): Promise<Race> {
  const times = new Map<string, number[]>(entrants.map(({ name }) => [name, []]))
  for (let round = -warmUps; round < rounds; round++) {
    for (const { name, run } of entrants) {
      const ms = await timed(run)
      if (round >= 0) times.get(name)?.push(ms)
    }
  }
  const of = (name: string) => times.get(name) ?? []
  return {
    ms: (name) => median(of(name)),
    speed: (name, other) => median(of(other).map((ms, round) => ms / (of(name)[round] ?? NaN))),
  }
}
