import { expect, test } from 'vitest'
import type { PolicyItem } from '../../api/views.ts'
import { policiesMeant } from './everyday-words.ts'

const policy = (id: string, name: string, plain: string, former: string[] = []): PolicyItem => ({
  id,
  name,
  plain,
  aliases: former.map((one) => ({ name: one, from: null, to: '2024-03-31' })),
  category: 'dibao',
  categoryName: '最低生活保障',
  level: '市',
  departments: [],
  computes: 'full',
  purpose: '',
  currentAmountText: null,
  pending: false,
})
const library = [
  policy('edge', '低保边缘家庭认定', '收入略高于低保标准', ['低收入困难家庭']),
  policy('dibao', '最低生活保障', '收入低于标准的家庭'),
  policy('legal', '法律援助', '低收入困难家庭可以免费请律师'),
]
const found = (typed: string) => policiesMeant(library, typed).map(({ id }) => id)

test('a name that a policy bore finds it, and those that speak of it, and no others', () => {
  expect(found('低收入困难家庭')).toEqual(['edge', 'legal'])
})

test('an everyday word finds what it means', () => {
  expect(found('没钱')).toEqual(['edge', 'dibao', 'legal'])
  expect(found('打官司')).toEqual(['legal'])
})

test('the name of today and the id find it, too', () => {
  expect(found('边缘家庭')).toEqual(['edge'])
  expect(found('DIBAO')).toEqual(['dibao'])
})
