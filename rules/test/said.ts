import { expect } from 'vitest'
import type { ColumnBatch } from '../src/columns/batch.ts'
import { batchOf } from '../src/columns/batch-of.ts'
import { reasonNames } from '../src/columns/outcome.ts'
import { type ColumnProgram, type ColumnResults, compileColumns } from '../src/columns/program.ts'
import { amountKinds, type Judged } from '../src/columns/results.ts'
import { explain } from '../src/evaluate/explain.ts'
import type { Pack } from '../src/pack.ts'
import type { ConditionResult, HouseholdFacts, Result } from '../src/results.ts'

/** What both evaluators must say alike of one household or person; missing facts by id, sorted. */
export type Said = Omit<
  Result,
  'conditions' | 'provisional' | 'nextChange' | 'missing' | 'member'
> & { missing: string[] }

export function saidByExplain(result: Result): Said {
  const { conditions: _c, provisional: _p, nextChange: _n, member: _m, missing, ...rest } = result
  return {
    ...rest,
    reasons: reasonNames.filter((reason) => rest.reasons.includes(reason)),
    missing: [...new Set(missing.map(({ fact }) => fact))].sort(),
  }
}

/** What the columns say of one row of a target of the pack. */
export function saidByColumns(
  pack: Pack,
  results: ColumnResults,
  targetIndex: number,
  row: number,
): Said {
  const target = pack.program.targets[targetIndex]
  const columns = results.targets[targetIndex]
  if (!target || !columns) throw new Error(`no target ${targetIndex}`)
  const at = (column: ArrayLike<number>): number => column[row] ?? Number.NaN
  const kind = amountKinds[at(columns.amountKind)] ?? 'unknown'
  const per = target.tiers[at(columns.periodOf)]?.amount.per ?? 'month'
  const tier = target.tiers[at(columns.tier)]?.id
  const via = columns.via.get(row)
  const [min, max] = [at(columns.amountMin), at(columns.amountMax)]
  const idOf = (programme: number): string => pack.programmes[programme]?.id ?? ''
  return {
    programme: idOf(target.programme),
    ...(tier === undefined ? {} : { tier }),
    target: target.entity,
    verdict: (['ineligible', 'eligible', 'unknown'] as const)[at(columns.verdict)] ?? 'unknown',
    reasons: reasonNames.filter((_, bit) => at(columns.reasons) & (1 << bit)),
    ...(via ? { via: via.map(idOf) } : {}),
    amount:
      kind === 'exact'
        ? { kind, fen: min, per }
        : kind === 'range'
          ? { kind, min, max, per }
          : { kind },
    ...(at(columns.nearMiss) ? { nearMiss: true as const } : {}),
    missing: missingOf(pack, columns.missing, row * columns.missingWords),
  }
}

function missingOf(pack: Pack, bits: Uint32Array, from: number): string[] {
  return pack.program.facts
    .filter(({ index }) => (bits[from + (index >> 5)] ?? 0) & (1 << (index & 31)))
    .map(({ id }) => id)
    .sort()
}

/** Fails unless the columns say of every household what explain says of it. */
export function expectAgreement(
  pack: Pack,
  households: readonly HouseholdFacts[],
  on: string,
): void {
  const batch = batchOf(pack, households)
  const results = compileColumns(pack, on).run(batch)
  const knowing = compileColumns(pack, on, { worthKnowing: 0 })
  expect(knowing.run(batch)).toEqual(results)
  expectJudged(pack, knowing.judge, batch, results)
  expectJudged(pack, knowing.judgeAll, batch, results)
  expectFilled(pack, knowing, batch, results)
  const outcomes = outcomesByColumns(pack, knowing, batch)
  let person = 0
  for (const [h, one] of households.entries()) {
    for (const result of explain(pack, one, on)) {
      const target = pack.program.targets.findIndex(
        (t) => pack.programmes[t.programme]?.id === result.programme && t.entity === result.target,
      )
      const row =
        result.target === 'household'
          ? h
          : person + one.members.findIndex(({ id }) => id === result.member)
      expect(saidByColumns(pack, results, target, row)).toEqual(saidByExplain(result))
      expect(outcomes[target]?.[row]).toEqual(result.conditions.map(({ verdict }) => verdict))
    }
    person += one.members.length
  }
}

/** Fails unless the fast way gives the verdicts and amounts of the thorough one. */
function expectJudged(
  pack: Pack,
  judge: ColumnProgram['judge'],
  batch: ColumnBatch,
  results: ColumnResults,
): void {
  const judged = pack.program.targets.map(() => new Map<number, (number | undefined)[]>())
  judge(batch, ({ target, count, first, rows, verdict, kind, lo, hi }) => {
    for (let i = 0; i < count; i++)
      if (verdict[i] !== 0)
        judged[target]?.set(first + (rows[i] ?? 0), [verdict[i], kind[i], lo[i], hi[i]])
  })
  results.targets.forEach((target, index) => {
    const all = new Map<number, (number | undefined)[]>()
    target.verdict.forEach((verdict, row) => {
      if (verdict !== 0)
        all.set(row, [
          verdict,
          target.amountKind[row],
          target.amountMin[row],
          target.amountMax[row],
        ])
    })
    expect(judged[index]).toEqual(all)
  })
}

/** By target and row: the verdict on every condition, as the columns that keep all say it. */
function outcomesByColumns(
  pack: Pack,
  columns: ColumnProgram,
  batch: ColumnBatch,
): ConditionResult['verdict'][][][] {
  const said: ConditionResult['verdict'][][][] = pack.program.targets.map(() => [])
  columns.judgeAll(batch, ({ target, first, size, words }) => {
    const { length } = pack.program.targets[target]?.conditions ?? []
    const wordsARow = Math.ceil(length / 8)
    for (let row = 0; row < size; row++) {
      const outcomeOf = (c: number): number =>
        ((words[row * wordsARow + (c >> 3)] ?? 0) >>> ((c & 7) * 4)) & 15
      const all = Array.from({ length }, (_, c) => {
        const outcome = outcomeOf(c)
        return outcome === 1 ? 'met' : outcome === 2 ? 'unmet' : 'unknown'
      })
      said[target]![first + row] = all
    }
  })
  return said
}

/** Fails unless columns of the batch are filled with the same verdicts, amounts and outcomes. */
function expectFilled(
  pack: Pack,
  columns: ColumnProgram,
  batch: ColumnBatch,
  results: ColumnResults,
): void {
  const words = pack.program.targets.map(({ conditions }) => Math.ceil(conditions.length / 8))
  const pays = pack.program.targets.map(({ tiers }) =>
    tiers.some(({ amount }) => amount.kind === 'computed'),
  )
  const empty = (): Judged[] =>
    results.targets.map(({ verdict: { length } }, t) => ({
      verdict: new Uint8Array(length).fill(9),
      lo: new Float64Array(pays[t] ? length : 0),
      hi: new Float64Array(pays[t] ? length : 0),
      words: new Uint32Array(length * (words[t] ?? 0)),
    }))
  const all = empty()
  columns.fill(batch, all)
  const low = empty().map(({ verdict, lo }) => ({ verdict, lo }))
  columns.fill(batch, low)
  const range = empty().map(({ verdict, lo, hi }) => ({ verdict, lo, hi: hi! }))
  columns.fill(batch, range)
  const kept = empty()
  columns.judgeAll(batch, ({ target, first, size, words: own }) => {
    const length = words[target] ?? 0
    kept[target]?.words?.set(own.subarray(0, size * length), first * length)
  })
  results.targets.forEach((target, t) => {
    const kindOf = (row: number) => amountKinds[target.amountKind[row] ?? 0]
    const isKnown = (row: number) => kindOf(row) !== 'unknown'
    for (const judged of [all[t], low[t], range[t]]) expect(judged?.verdict).toEqual(target.verdict)
    expect(all[t]?.words).toEqual(kept[t]?.words)
    if (!pays[t]) return
    const lows = target.amountMin.map((fen, row) => (isKnown(row) ? fen : -1))
    const highs = target.amountMax.map((fen, row) => (isKnown(row) ? fen : -1))
    for (const judged of [all[t], range[t]]) {
      expect(judged?.lo).toEqual(lows)
      expect(judged?.hi).toEqual(highs)
    }
    expect(low[t]?.lo).toEqual(lows.map((fen, row) => (kindOf(row) === 'range' ? -1 : fen)))
  })
}
