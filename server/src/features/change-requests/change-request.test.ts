import type { Fact } from '@qiao/rules'
import { describe, expect, test } from 'vitest'
import { checkItems, type KnownIdentity, stepsOf } from './change-request.ts'

const facts: readonly Fact[] = [
  { id: 'birth_date', name: '出生日期', entity: 'person', type: 'date' },
  { id: 'age', name: '年龄', entity: 'person', type: 'integer', derive: { ageOf: 'birth_date' } },
  {
    id: 'sex',
    name: '性别',
    entity: 'person',
    type: 'code',
    codes: [
      { code: '1', name: '男' },
      { code: '2', name: '女' },
    ],
  },
  { id: 'assets', name: '财产', entity: 'household', type: 'money', unit: '元' },
]
const checked = (asked: Parameters<typeof checkItems>[0], known: readonly KnownIdentity[] = []) =>
  checkItems(asked, { facts, known, today: '2025-06-01' })

describe('what is asked', () => {
  test('is written as it is recorded elsewhere', () => {
    expect(
      checked([
        { personId: 1, field: 'name', after: ' 欧阳 · 小 ' },
        { personId: 1, field: 'phone', after: '139-0000 0000' },
        { personId: null, field: 'address', after: ' 青湖路 8 号 ' },
        { personId: null, field: 'fact:assets', after: 1200 },
      ]),
    ).toEqual({
      items: [
        { personId: 1, field: 'name', after: '欧阳·小' },
        { personId: 1, field: 'phone', after: '13900000000' },
        { personId: null, field: 'address', after: '青湖路 8 号' },
        { personId: null, field: 'fact:assets', after: 1200 },
      ],
    })
  })

  test.each([
    [
      'an ID number with a wrong digit',
      { personId: 1, field: 'id-number', after: '31019919490510001X' },
      '校验位',
    ],
    ['a phone with letters', { personId: 1, field: 'phone', after: '139x0000' }, '数字'],
    ['a name of nothing', { personId: 1, field: 'name', after: ' ' }, '姓名'],
    ['a birth to come', { personId: 1, field: 'fact:birth_date', after: '2026-01-01' }, '今天'],
    [
      'an age, which follows from the birth',
      { personId: 1, field: 'fact:age', after: 70 },
      '不能申请',
    ],
    ['a fact that is not declared', { personId: 1, field: 'fact:luck', after: 1 }, '不能申请'],
    ['the address of one member', { personId: 1, field: 'address', after: '8号' }, '全家'],
    ['the name of nobody', { personId: null, field: 'name', after: '钱三' }, '哪位成员'],
  ] as const)('is not %s', (_, item, why) => {
    expect(checked([item])).toMatchObject({ at: 0, wrong: expect.stringContaining(why) as string })
  })

  test('is said once of each field', () => {
    const name = { personId: 1, field: 'name', after: '钱三' }
    expect(checked([name, { ...name, personId: 2 }])).toHaveProperty('items')
    expect(checked([name, name])).toMatchObject({ at: 1, wrong: '同一项只填一次' })
  })

  test('stays as asked where nothing is written', () => {
    expect(checked([{ personId: 1, field: 'id-number' }])).toEqual({
      items: [{ personId: 1, field: 'id-number', keep: true }],
    })
  })
})

describe('an ID number', () => {
  const of15 = { personId: 1, field: 'id-number', after: '310199490510001' }
  const born = { personId: 1, field: 'fact:birth_date', after: '1949-05-10' }
  const sex = { personId: 1, field: 'fact:sex', after: '1' }

  test('of 15 digits is asked for as one of 18, with the day of birth and sex that it says', () => {
    expect(checked([of15])).toMatchObject({
      items: [
        { field: 'id-number', after: expect.stringMatching(/^31019919490510001/) as string },
        born,
        sex,
      ],
    })
  })

  test('asks for nothing that stands on record already, of the same person', () => {
    const known = [
      { personId: 1, fact: 'birth_date', value: '1949-05-10' },
      { personId: 2, fact: 'sex', value: '1' },
    ]
    expect(checked([of15], known)).toMatchObject({ items: [{ field: 'id-number' }, sex] })
  })

  test('does not go with another day of birth', () => {
    expect(checked([{ ...born, after: '1949-05-01' }, of15])).toEqual({
      at: 0,
      wrong: '与身份证号不一致',
    })
    expect(checked([born, of15])).toMatchObject({ items: [born, { field: 'id-number' }, sex] })
  })
})

describe('what may be done with a request', () => {
  const steps = (state: 'open' | 'returned' | 'approved', mine: boolean, mayDecide: boolean) =>
    stepsOf({ state, mine }, mayDecide).join(' ')

  test('is decided by another than who asked', () => {
    expect(steps('open', false, true)).toBe('approve return refuse rebase')
    expect(steps('open', true, true)).toBe('rebase withdraw')
    expect(steps('open', false, false)).toBe('')
  })

  test('is amended by whoever asked, once it came back', () => {
    expect(steps('returned', true, false)).toBe('rebase amend withdraw')
    expect(steps('returned', false, true)).toBe('refuse rebase')
  })

  test('is nothing once it is decided', () => {
    expect(steps('approved', true, true)).toBe('')
    expect(steps('approved', false, true)).toBe('')
  })
})
