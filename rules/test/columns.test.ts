import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { batchOf } from '../src/columns/batch-of.ts'
import { reasonNames } from '../src/columns/outcome.ts'
import { type ColumnResults, compileColumns } from '../src/columns/program.ts'
import { amountKinds } from '../src/columns/results.ts'
import { explain } from '../src/explain.ts'
import type { Fact, Pack } from '../src/pack.ts'
import { readPack } from '../src/read-pack.ts'
import type { HouseholdFacts, Reading, Result } from '../src/results.ts'
import { textFromDay } from '../src/days.ts'

const yaml = (file: string): unknown => parse(readFileSync(file, 'utf8'))
const pack = ((): Pack => {
  const read = readPack({
    pack: yaml('policy/pack.yaml'),
    facts: yaml('policy/facts.yaml'),
    programmes: readdirSync('policy/programmes').map((file) => ({
      file,
      data: yaml(`policy/programmes/${file}`),
    })),
  })
  if ('problems' in read) throw new Error(JSON.stringify(read.problems.slice(0, 5), null, 1))
  return read
})()
const runs = Number(process.env['QIAO_PROPERTY_RUNS'] ?? 100)

/** What both evaluators must say alike of one row. */
type Said = Omit<Result, 'conditions' | 'provisional' | 'nextChange' | 'missing' | 'member'> & {
  missing: string[]
}

function saidByExplain(result: Result): Said {
  const { conditions: _c, provisional: _p, nextChange: _n, member: _m, missing, ...rest } = result
  return {
    ...rest,
    reasons: reasonNames.filter((reason) => rest.reasons.includes(reason)),
    missing: [...new Set(missing.map(({ fact }) => fact))].sort(),
  }
}

function saidByColumns(results: ColumnResults, targetIndex: number, row: number): Said {
  const target = pack.program.targets[targetIndex]!
  const columns = results.targets[targetIndex]!
  const kind = amountKinds[columns.amountKind[row]!]!
  const per = target.tiers[columns.periodOf[row]!]?.amount.per ?? 'month'
  const tier = target.tiers[columns.tier[row]!]?.id
  const via = columns.via.get(row)
  return {
    programme: pack.programmes[target.programme]!.id,
    ...(tier === undefined ? {} : { tier }),
    target: target.entity,
    verdict: (['ineligible', 'eligible', 'unknown'] as const)[columns.verdict[row]!]!,
    reasons: reasonNames.filter((_, bit) => columns.reasons[row]! & (1 << bit)),
    ...(via ? { via: via.map((p) => pack.programmes[p]!.id) } : {}),
    amount:
      kind === 'exact'
        ? { kind, fen: columns.amountMin[row]!, per }
        : kind === 'range'
          ? { kind, min: columns.amountMin[row]!, max: columns.amountMax[row]!, per }
          : { kind },
    ...(columns.nearMiss[row] ? { nearMiss: true as const } : {}),
    missing: pack.program.facts
      .filter(
        ({ index }) =>
          columns.missing[row * columns.missingWords + (index >> 5)]! & (1 << (index & 31)),
      )
      .map(({ id }) => id)
      .sort(),
  }
}

const value = (fact: Fact): fc.Arbitrary<Reading['value']> => {
  const known = ((): fc.Arbitrary<Reading['value']> => {
    switch (fact.type) {
      case 'boolean':
        return fc.boolean()
      case 'code':
        return fc.constantFrom(...(fact.codes ?? []).map(({ code }) => code))
      case 'date':
        return fc.integer({ min: -25_000, max: 20_200 }).map(textFromDay)
      case 'money':
        return fc.oneof(
          fc.integer({ min: 0, max: 400_000 }),
          fc.constantFrom(0, 159_500, 159_499, 319_000, 4_000_000, 90_000_000),
        )
      case 'integer':
        return fc.integer({ min: 0, max: 40 })
      case 'number':
        return fc.integer({ min: 0, max: 8000 }).map((x) => x / 100)
    }
  })()
  return fact.nullable
    ? fc.oneof({ weight: 3, arbitrary: known }, { weight: 2, arbitrary: fc.constant(null) })
    : known
}

const readings = (
  entity: 'household' | 'person',
  gaps: number,
): fc.Arbitrary<Record<string, Reading>> =>
  fc
    .tuple(
      ...pack.facts
        .filter((fact) => fact.entity === entity)
        .map((fact) =>
          fc
            .option(value(fact), { freq: gaps, nil: undefined })
            .map((v) => (v === undefined ? [] : [[fact.id, { value: v }] as const])),
        ),
    )
    .map((entries) => Object.fromEntries(entries.flat()))

const household = fc.integer({ min: 1, max: 8 }).chain((gaps) =>
  fc.record({
    household: readings('household', gaps),
    members: fc
      .array(readings('person', gaps), { minLength: 1, maxLength: 6 })
      .map((all) => all.map((facts, i) => ({ id: String(i), facts }))),
  }),
)

function expectAgreement(households: readonly HouseholdFacts[], on: string): void {
  const results = compileColumns(pack, on).run(batchOf(pack, households))
  let person = 0
  for (const [h, one] of households.entries()) {
    for (const result of explain(pack, one, on)) {
      const target = pack.program.targets.findIndex(
        (t) => pack.programmes[t.programme]!.id === result.programme && t.entity === result.target,
      )
      const row =
        result.target === 'household'
          ? h
          : person + one.members.findIndex(({ id }) => id === result.member)
      expect(saidByColumns(results, target, row)).toEqual(saidByExplain(result))
    }
    person += one.members.length
  }
}

test('columns say of every household what explain says of it', { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(
      fc.array(household, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(
        '2014-05-01',
        '2020-03-01',
        '2024-05-01',
        '2025-06-01',
        '2025-07-01',
        '2026-11-23',
      ),
      expectAgreement,
    ),
    { numRuns: runs, endOnFailure: true },
  )
})

test('a household of one and a household of fifty, about whom nothing is known, are answered alike', () => {
  const nobody = (size: number): HouseholdFacts => ({
    household: {},
    members: Array.from({ length: size }, (_, i) => ({ id: String(i), facts: {} })),
  })
  expectAgreement([nobody(1), nobody(50), nobody(2)], '2025-06-01')
})

test('more persons than one block holds are answered as in blocks of their own', () => {
  const [sample] = fc.sample(household, { numRuns: 1, seed: 7 })
  const many = Array.from({ length: 900 }, () => sample!)
  const results = compileColumns(pack, '2025-06-01').run(batchOf(pack, many))
  for (const target of results.targets) {
    const rows = target.verdict.length / many.length
    expect(target.verdict.slice(-rows)).toEqual(target.verdict.slice(0, rows))
  }
})

test('no generated function is too long for the optimiser', () => {
  const longest = Math.max(
    ...compileColumns(pack, '2025-06-01').sources.map((source) => source.length),
  )
  expect(longest).toBeLessThan(40_000)
})
