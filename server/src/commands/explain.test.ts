import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Type from 'typebox'
import Value from 'typebox/value'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand } from '../../test/running-command.ts'

/** 一家三口：低收入的母亲、重残的儿子、领养老金的外婆。 */
const household = {
  household: { assets: 60_000, 近三月家庭收入: '7651.5' },
  members: [
    {
      id: '母亲',
      birth_date: '1978-03-09',
      性别: '女',
      hukou: '本街镇户籍',
      labour_income: 1200.5,
      pension: 0,
      other_income: '0',
      disability_level: null,
    },
    {
      id: '儿子',
      birth_date: '2003-11-30',
      sex: '1',
      hukou: 1,
      labour_income: 0,
      pension: 0,
      other_income: 0,
      残疾等级: '一级',
      残疾类别: '肢体残疾',
    },
    { id: '外婆', 出生日期: '1949-05-02', 性别: '女', hukou: '1', 养老金: '1350.00' },
  ],
}

let scratch: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'qiao-explain-'))
})
afterAll(() => rm(scratch, { recursive: true }))

async function explain(given: unknown, ...options: string[]) {
  const file = join(scratch, 'household.json')
  await writeFile(file, typeof given === 'string' ? given : JSON.stringify(given))
  return runCommand(['explain', file, ...options])
}

const on = ['--on', '2025-06-01']

async function results(given: unknown, ...options: string[]) {
  const { code, out, err } = await explain(given, ...on, '--json', ...options)
  expect([code, err]).toEqual([0, ''])
  return JSON.parse(out).results
}

const closed = { additionalProperties: false }
const literals = (...words: string[]) => Type.Union(words.map((word) => Type.Literal(word)))
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
const Id = Type.String({ pattern: '^[a-z][a-z0-9_-]*$' })
const Verdict = literals('eligible', 'ineligible', 'unknown')
const Per = literals('month', 'year', 'once', 'event')
const Fen = Type.Integer({ minimum: 0 })
const Amount = Type.Union([
  Type.Object({ kind: Type.Literal('exact'), fen: Fen, per: Per }, closed),
  Type.Object({ kind: Type.Literal('range'), min: Fen, max: Fen, per: Per }, closed),
  Type.Object({ kind: literals('official', 'none', 'unknown') }, closed),
])
const Read = Type.Object(
  {
    fact: Id,
    member: Type.Optional(Type.String()),
    value: Type.Union([Type.Number(), Type.Boolean(), Type.String(), Type.Null()]),
    state: literals('known', 'known-none', 'unknown'),
    source: Type.Optional(Type.String()),
    day: Type.Optional(Day),
  },
  closed,
)
const Condition = Type.Object(
  {
    id: Id,
    tier: Type.Optional(Id),
    text: Type.String({ minLength: 2 }),
    verdict: literals('met', 'unmet', 'unknown'),
    unconfirmed: Type.Optional(Type.Literal(true)),
    clause: Type.Object(
      { document: Type.String({ minLength: 2 }), article: Type.String({ minLength: 1 }) },
      closed,
    ),
    reads: Type.Array(Read),
  },
  closed,
)
/** What the command promises to print, with nothing beside it. */
const Answer = Type.Object(
  {
    on: Day,
    pack: Type.Object({ version: Type.String(), hash: Type.String() }, closed),
    results: Type.Array(
      Type.Object(
        {
          programme: Id,
          tier: Type.Optional(Id),
          target: literals('household', 'person'),
          member: Type.Optional(Type.String()),
          verdict: Verdict,
          reasons: Type.Array(Id),
          via: Type.Optional(Type.Array(Id)),
          provisional: Type.Optional(
            Type.Object(
              { verdict: Verdict, amount: Amount, parameter: Type.String(), knownUntil: Day },
              closed,
            ),
          ),
          amount: Amount,
          conditions: Type.Array(Condition),
          missing: Type.Array(
            Type.Object({ fact: Id, member: Type.Optional(Type.String()) }, closed),
          ),
          nearMiss: Type.Optional(Type.Literal(true)),
          nextChange: Type.Optional(Day),
        },
        closed,
      ),
    ),
  },
  closed,
)

describe('the answer as JSON', () => {
  test.each(['2025-06-01', '2024-02-29', '2026-09-01', '2030-01-01'])(
    'on %s has exactly the promised shape, for every programme of the pack',
    async (day) => {
      const { out } = await explain(household, '--on', day, '--json')
      const answer = JSON.parse(out)
      expect([...Value.Errors(Answer, answer)].slice(0, 3)).toEqual([])
      expect(answer.on).toBe(day)
      expect(out.endsWith('\n')).toBe(true)
      const programmes = new Set(
        answer.results.map(({ programme }: { programme: string }) => programme),
      )
      expect(programmes.size).toBeGreaterThanOrEqual(29)
      for (const result of answer.results) {
        expect(result.target === 'person', result.programme).toBe('member' in result)
        if (result.amount.kind === 'range')
          expect(result.amount.min).toBeLessThanOrEqual(result.amount.max)
      }
    },
  )

  test('names the programme that was asked for only', async () => {
    const found = await results(household, '--programme', 'canji-huli')
    expect(found.length).toBeGreaterThan(0)
    expect(new Set(found.map(({ programme }: { programme: string }) => programme))).toEqual(
      new Set(['canji-huli']),
    )
  })

  test('gives money back in yuan as it was given, codes by their number, and says what is unknown', async () => {
    const found = await results(household)
    const reads = found.flatMap(({ conditions }: never) =>
      (conditions as { reads: object[] }[]).flatMap((condition) => condition.reads),
    )
    expect(reads).toContainEqual({
      fact: 'labour_income',
      member: '母亲',
      value: 1200.5,
      state: 'known',
    })
    expect(reads).toContainEqual({ fact: 'pension', member: '外婆', value: 1350, state: 'known' })
    expect(reads).toContainEqual({
      fact: 'disability_level',
      member: '儿子',
      value: '1',
      state: 'known',
    })
    expect(reads).toContainEqual({
      fact: 'disability_level',
      member: '母亲',
      value: null,
      state: 'known-none',
    })
    expect(reads).toContainEqual({
      fact: 'labour_income',
      member: '外婆',
      value: null,
      state: 'unknown',
    })
  })

  test('a programme with missing facts names them, and the reason', async () => {
    const [dibao] = await results({ members: [{ id: 'a' }] }, '--programme', 'dibao')
    expect(dibao.verdict).toBe('unknown')
    expect(dibao.reasons).toContain('missing-facts')
    expect(dibao.missing).toContainEqual({ fact: 'labour_income', member: 'a' })
  })

  test('ids and Chinese names, codes and labels, numbers and their text give the same answer', async () => {
    const one = await results({
      household: { assets: 1000.5 },
      members: [{ id: 'a', sex: '2', hukou: 1 }],
    })
    const other = await results({
      household: { 货币财产: '1000.50' },
      members: [{ id: 'a', 性别: '女', 户籍: '本街镇户籍' }],
    })
    expect(other).toEqual(one)
  })

  test('comes from standard input as well', async () => {
    const stdin = JSON.stringify(household)
    const { out } = await runCommand(['explain', '-', ...on, '--json'], { stdin })
    expect(JSON.parse(out).results).toEqual(await results(household))
  })
})

test('for a person it is a table: what is given first, and that officials decide', async () => {
  const { code, out } = await explain(household, ...on)
  expect(code).toBe(0)
  expect(out).toMatch(/^符合 {2}/m)
  expect(out.search(/^符合/m)).toBeLessThan(out.search(/^待核实/m))
  expect(out.trimEnd().endsWith('仅供参考,以街镇审核确认为准')).toBe(true)
})

const member = (facts: object) => ({ members: [{ id: 'a', ...facts }] })

test.each([
  ['an unknown key', member({ 收入情况: 1 }), '收入情况'],
  ['an unknown key of the household', { household: { cash: 1 }, members: [{ id: 'a' }] }, 'cash'],
  [
    'a fact of a person at the household',
    { household: { sex: '1' }, members: [{ id: 'a' }] },
    'sex',
  ],
  ['a fact of the household at a person', member({ 货币财产: 1 }), '货币财产'],
  ['a fact given twice', member({ sex: '1', 性别: '男' }), '性别'],
  ['a key beside household and members', { ...member({}), address: 'x' }, 'address'],
  ['money with three decimals', member({ pension: 1.005 }), 'pension'],
  ['money below nothing', member({ pension: -1 }), 'pension'],
  ['money with a unit', member({ 养老金: '1000元' }), '养老金'],
  ['a code nobody declared', member({ 残疾等级: '五级' }), '残疾等级'],
  ['a day that does not exist', member({ birth_date: '2001-02-29' }), 'birth_date'],
  ['a text for a truth', member({ kin_of_local: 'yes' }), 'kin_of_local'],
  ['a fraction for a whole number', member({ age: 1.5 }), 'age'],
  ['null where there is no “none”', member({ labour_income: null }), 'labour_income'],
  ['a list for a value', member({ pension: [1] }), 'pension'],
  ['a member without id', { members: [{ sex: '1' }] }, 'members[0].id'],
  ['two members of one id', { members: [{ id: 'a' }, { id: 'a' }] }, 'members[1].id'],
  ['nobody', { members: [] }, 'members'],
  ['no members', { household: {} }, 'members'],
  ['a list', [], 'household'],
  ['no JSON', '{"members": [', 'FILE'],
])(
  '%s is refused naming the key, with exit code 2 and nothing on standard output',
  async (_what, given, key) => {
    const { code, out, err } = await explain(given, ...on, '--json')
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(key)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  },
)

test.each([
  ['a missing --on', [], '--on'],
  ['a day of no calendar', ['--on', '2025-02-30'], '--on'],
  ['a day written in another way', ['--on', '2025/06/01'], '--on'],
  ['a programme nobody knows', [...on, '--programme', 'dibaoo'], 'dibaoo'],
  ['an option nobody knows', [...on, '--verbose'], '--verbose'],
])('%s is refused with exit code 2', async (_what, options, named) => {
  const { code, out, err } = await explain(household, ...options)
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain(named)
})

test('a file that is not there is refused by name', async () => {
  const { code, err } = await runCommand(['explain', join(scratch, 'none.json'), ...on])
  expect(code).toBe(2)
  expect(err).toContain('none.json')
})
