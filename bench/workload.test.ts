import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../server/test/database.ts'
import { openPostgres } from './peers/postgres.ts'
import { batchOf } from './workload/batch.ts'
import { withHidden } from './workload/hidden.ts'
import { emptyKept } from './workload/kept.ts'
import { runLimit } from './workload/limit.ts'
import { emptyOutputs, type Outputs, policies } from './workload/outputs.ts'
import { runPlain } from './workload/plain.ts'
import { populationOf } from './workload/population.ts'
import { emptyQiaoKept, judgeAllInto, judgeInto, openQiao, truthOf } from './workload/qiao.ts'
import { runThreeValued } from './workload/three-valued.ts'
import { differences, totalsOf, verdictCounts } from './workload/totals.ts'
import { no, open, yes } from './workload/truth.ts'
import { soundnessOf } from './workload/unsound.ts'

const population = populationOf(2000, 1)
const hidden = withHidden(population, 0.2, 1)
const limit = filled((outputs) => runLimit(population, outputs))

function filled(run: (outputs: Outputs) => void): Outputs {
  const outputs = emptyOutputs(population)
  run(outputs)
  return outputs
}

describe('the ten policies', () => {
  test('the limit, the plain loop and Qiao give the same totals', async () => {
    const qiao = await openQiao()
    const batch = batchOf(population)
    const expected = totalsOf(limit)
    expect(totalsOf(filled((outputs) => runPlain(population, outputs)))).toEqual(expected)
    expect(totalsOf(filled((outputs) => judgeInto(qiao, batch, outputs)))).toEqual(expected)
    expect(Object.keys(expected)).toHaveLength(11)
  })

  test('every policy is met by somebody, and each verdict of yes that pays has an amount', () => {
    const counts = verdictCounts(limit)
    const totals = totalsOf(limit)
    for (const { id, pays } of policies) {
      expect(counts[id], id).toBeGreaterThan(0)
      if (pays) expect(totals[`${id} amount`]?.nonZero, id).toBe(counts[id])
    }
  })

  test('an answer in another row changes the totals', () => {
    const moved = filled((outputs) => runLimit(population, outputs))
    const amounts = moved.amounts['old-age']
    const at = amounts.findIndex((amount, i) => amount > 0 && amounts[i + 1] === 0)
    amounts.copyWithin(at + 1, at, at + 1)
    amounts[at] = 0
    expect(differences(totalsOf(limit), totalsOf(moved))).toEqual(['old-age amount'])
  })

  test('no decided verdict on hidden facts is other than that on all facts', async () => {
    const qiao = await openQiao()
    const found = emptyQiaoKept(qiao, population)
    judgeAllInto(qiao, batchOf(hidden), found)
    const kept = emptyKept(population)
    runThreeValued(hidden, kept)
    for (const verdicts of [truthOf(found), kept.verdicts]) {
      const { open, wrong } = soundnessOf(verdicts, limit.verdicts)
      expect(wrong).toBe(0)
      expect(open).toBeGreaterThan(0)
    }
  })

  test('Qiao decides on hidden facts whatever the three-valued loop decides', async () => {
    const qiao = await openQiao()
    const found = emptyQiaoKept(qiao, population)
    judgeAllInto(qiao, batchOf(hidden), found)
    const kept = emptyKept(population)
    runThreeValued(hidden, kept)
    const told = truthOf(found)
    for (const { id } of policies) {
      const left = kept.verdicts[id].filter((v, row) => v !== open && told[id][row] === open)
      expect(left, id).toHaveLength(0)
    }
  })

  test('amounts of the three-valued loop hold the amount that all facts give', () => {
    const kept = emptyKept(population)
    runThreeValued(hidden, kept)
    for (const { id, pays } of policies) {
      if (!pays) continue
      const amounts: Int32Array = Reflect.get(limit.amounts, id)
      const outside = amounts.filter(
        (amount, row) =>
          kept.verdicts[id][row] === yes &&
          (amount < kept.least[id][row]! || amount > kept.most[id][row]!),
      )
      expect(outside, id).toHaveLength(0)
    }
  })
})

describe('SQL by hand', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.close())

  test('on all facts it gives the totals of the limit', async () => {
    const sql = await openPostgres(database.owner.pool, population)
    await sql.run()
    expect(await sql.totals()).toEqual(totalsOf(limit))
    await sql.close()
  })

  test('on hidden facts it leaves open what the three-valued loop leaves open', async () => {
    const sql = await openPostgres(database.owner.pool, hidden)
    await sql.run()
    const kept = emptyKept(population)
    runThreeValued(hidden, kept)
    const counts = policies.map(({ id }) => [
      id,
      [yes, no, open].map((verdict) => kept.verdicts[id].filter((v) => v === verdict).length),
    ])
    expect(await sql.verdicts()).toEqual(Object.fromEntries(counts))
    await sql.close()
  })
})

describe('the population', () => {
  test('is the same for the same seed and another for another', () => {
    expect(populationOf(2000, 1)).toEqual(population)
    expect(populationOf(2000, 2)).not.toEqual(population)
  })

  test('has as many households for its persons as the measured comparison', () => {
    const { households, offsets, persons } = populationOf(127_000, 1)
    expect(Math.abs(households / 50_920 - 1)).toBeLessThan(0.01)
    expect(offsets[households]).toBe(persons)
  })

  test('hides the asked share of five columns and nothing else', () => {
    const share = (from: ArrayLike<number>, to: ArrayLike<number>) =>
      Array.from(from).filter((cell, i) => cell !== to[i]).length / from.length
    for (const name of ['income', 'medical', 'assets', 'supporter', 'disability'] as const)
      expect(share(population[name], hidden[name]), name).toBeCloseTo(0.2, 1)
    for (const name of ['age', 'pension', 'local', 'car', 'floorArea'] as const)
      expect(share(population[name], hidden[name]), name).toBe(0)
  })
})
