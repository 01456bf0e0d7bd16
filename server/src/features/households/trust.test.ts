import { readFileSync } from 'node:fs'
import type { Fact } from '@qiao/rules'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts'
import { asOwner } from '../../platform/db/actor.ts'
import { enterSomebody, say } from './test-words.ts'
import { outranks, trustOrder, type WordKind, wordKinds } from './trust.ts'

const { facts } = parse(
  readFileSync(new URL('../../../../policy/facts.yaml', import.meta.url), 'utf8'),
  { merge: true },
) as { facts: Fact[] }
const kinds = Object.keys(wordKinds) as WordKind[]
const today = '2025-06-01'

describe('whose word goes first', () => {
  test('is said of every fact and every kind, once', () => {
    for (const fact of facts) expect([...trustOrder(fact)].sort()).toEqual([...kinds].sort())
  })

  test('is the owner’s, and of what the township finds out itself that of whoever went there', () => {
    expect(trustOrder({ owner: '人社' })[0]).toBe('owner')
    expect(trustOrder({ owner: '街镇' })[0]).toBe('visit')
    expect(trustOrder({})[0]).toBe('visit')
  })

  test('is a total order: of two words one goes before the other, unless they are of one kind and day', () => {
    const word = fc.record({
      kind: fc.constantFrom(...kinds),
      verifiedOn: fc.constantFrom('2025-05-01', '2025-05-02', '2025-05-03'),
    })
    fc.assert(
      fc.property(fc.constantFrom(...facts), word, word, word, (fact, a, b, c) => {
        const order = trustOrder(fact)
        const before = (one: typeof a, other: typeof a) => outranks(order, one, other)
        const alike = a.kind === b.kind && a.verifiedOn === b.verifiedOn
        expect([before(a, b), before(b, a)].filter(Boolean)).toHaveLength(alike ? 0 : 1)
        if (before(a, b) && before(b, c)) expect(before(a, c)).toBe(true)
      }),
    )
  })
})

type Word = Readonly<{ kind: WordKind; value: number; day: number }>

describe('words as they arrive', () => {
  let db: TestDatabase
  let put = 0

  beforeAll(async () => {
    db = await createTestDatabase()
  })
  afterAll(() => db.close())

  /** What the database takes for a word of each kind. */
  const said: Readonly<Record<WordKind, { source: string; basis: string; by: string }>> = {
    owner: { source: '人社就业登记', basis: 'sharing', by: 'job:load' },
    department: { source: '税务', basis: 'sharing', by: 'job:load' },
    visit: { source: '入户核实', basis: 'visit', by: 'staff:1' },
    resident: { source: '本人陈述', basis: 'visit', by: 'staff:1' },
    load: { source: '旧台账', basis: 'unstated', by: 'job:load' },
  }

  /** One fact of somebody new: what is in force, and what lies beside, after all of it. */
  async function after(words: readonly Word[], keepsLater = false) {
    const id = ++put
    await enterSomebody(db.owner, id)
    for (const { kind, value, day } of words)
      await say(
        db.owner,
        { id, fact: 'labour_income', value, ...said[kind], day: `2025-05-0${day}` },
        { today, keepsLater },
      )
    return asOwner(db.owner, async (tx) => {
      const read = async (from: string) =>
        (
          await sql<Word>`select app.kind_of(fact, source, basis, delivery_id, recorded_by) as kind, value,
              extract(day from verified_on)::int as day
            from ${sql.raw(from)} where household_id = ${id} and superseded_at is null`.execute(tx)
        ).rows
      return { inForce: await read('app.fact'), beside: await read('app.other_word') }
    })
  }

  const income = facts.find(({ id }) => id === 'labour_income') as Fact
  const rank = (word: Word) => trustOrder(income).indexOf(word.kind)
  const word = fc.record({
    kind: fc.constantFrom(...kinds),
    value: fc.integer({ min: 1, max: 3 }),
    day: fc.integer({ min: 1, max: 3 }),
  })
  const byRank = (words: readonly Word[]) => words.toSorted((a, b) => rank(a) - rank(b))

  test('the order in which they come does not change which is in force', async () => {
    const each = fc
      .uniqueArray(word, { selector: ({ kind }) => kind, minLength: 1 })
      .chain((words) =>
        fc.tuple(
          fc.constant(words),
          fc.shuffledSubarray(words, { minLength: words.length, maxLength: words.length }),
        ),
      )
    await fc.assert(
      fc.asyncProperty(each, async ([words, arriving]) => {
        const [first, ...rest] = byRank(words)
        const { inForce, beside } = await after(arriving)
        expect(inForce).toEqual([first])
        expect(byRank(beside)).toEqual(rest)
      }),
      { numRuns: 40 },
    )
  })

  test('none is lost until the same source says another, and once more changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 8 }), async (words) => {
        const last = [...new Map(words.map((one) => [one.kind, one])).values()]
        const stands = async (all: readonly Word[]) => {
          const { inForce, beside } = await after(all)
          expect(inForce).toHaveLength(1)
          return byRank([...inForce, ...beside])
        }
        expect(await stands(words)).toEqual(byRank(last))
        expect(await stands([...words, ...last])).toEqual(byRank(last))
      }),
      { numRuns: 30 },
    )
  })

  test('of one source an earlier day takes nothing back where a file brings it', async () => {
    const { inForce } = await after(
      [
        { kind: 'owner', value: 2, day: 2 },
        { kind: 'owner', value: 1, day: 1 },
      ],
      true,
    )
    expect(inForce).toMatchObject([{ value: 2 }])
  })
})
