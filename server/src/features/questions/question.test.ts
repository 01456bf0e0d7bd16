import type { Question, Way } from '@qiao/rules'
import { expect, test } from 'vitest'
import { csvSheet } from '../../platform/csv-sheet.ts'
import { questionsExport } from './export-list.ts'
import { askText, chosenQuestions, departmentName, programmesOf, whyText } from './question.ts'

function question(fact: string, way: Way, of: Partial<Question> = {}): Question {
  return {
    fact,
    way,
    settles: [],
    decided: 1,
    found: 0,
    certainFen: 0,
    cost: 1,
    worth: 1,
    waiting: 1,
    basis: 'population',
    ...of,
  }
}

test('letters do not crowd out what can be asked at the door', () => {
  const letters = ['a', 'b', 'c', 'd', 'e', 'f'].map((fact) => question(fact, 'department'))
  const doors = [question('g', 'person'), question('h', 'consent'), question('i', 'visit')]
  const facts = (ranked: readonly Question[]) => chosenQuestions(ranked).map(({ fact }) => fact)
  expect(facts([...letters, ...doors])).toEqual(['a', 'b', 'c', 'g', 'h'])
  expect(facts([...doors, ...letters])).toEqual(['g', 'h', 'i', 'a', 'b'])
  expect(facts(letters)).toEqual(['a', 'b', 'c', 'd', 'e'])
})

test('what a department shares is asked of the department by name', () => {
  const fact = { name: '养老金', ask: '每个月领多少养老金？' }
  expect(askText(fact, { way: 'department', department: '人社' })).toBe('向人社部门核对：养老金')
  expect(askText(fact, { way: 'department', department: '残联' })).toBe('向残联核对：养老金')
  expect(askText(fact, { way: 'department' })).toBe('向主管部门核对：养老金')
  expect(departmentName('街镇')).toBe('街镇')
})

test('a legal supporter is first asked for consent', () => {
  expect(askText({ name: '同意', ask: '是不是书面同意？' }, { way: 'consent' })).toBe(
    '先取得赡养（抚养）人同意：是不是书面同意？',
  )
})

test('the reason says what is settled, how much of it is good news, and what nobody can say', () => {
  const settling = { decided: 2.34, found: 0.61, certainFen: 31_000 }
  expect(whyText(question('a', 'person', settling), ['低保', '医疗救助'])).toBe(
    '平均能定下 2.3 项（低保、医疗救助），其中约 0.6 项会符合，每月约 310 元',
  )
  expect(whyText(question('a', 'person', { ...settling, basis: 'uniform' }), ['低保'])).toBe(
    '平均能定下 2.3 项（低保），各种回答的多少尚无统计',
  )
  expect(whyText(question('a', 'person', { decided: 0, waiting: 3 }), [])).toBe(
    '还有 3 项政策缺这一条，单凭它还定不下来',
  )
})

test('a programme settled for several members is named once', () => {
  const of = (member: string) => ({ programme: 'x', member, probability: 1, eligible: 0 })
  expect(programmesOf(question('a', 'person', { settles: [of('1'), of('2')] }))).toEqual(['x'])
})

test('a table to take along opens as text, whatever its cells begin with', () => {
  const row = {
    township: '=1+1',
    committee: '东"村',
    fact: 'assets',
    way: 'department' as const,
    department: '民政',
    households: 2,
    persons: 2,
    decided: 3,
    found: null,
    certainFen: null,
  }
  const fact = { id: 'assets', name: '货币财产' }
  const shown = { ...row, factName: fact.name, ask: askText(fact, row) }
  const { columns } = questionsExport({ packInForce: () => Promise.reject(new Error('unused')) })
  const [head = '', line = ''] = csvSheet([
    columns.map(({ name }) => name),
    columns.map(({ cell }) => cell(shown)),
  ]).split('\r\n')
  expect(head.startsWith('\uFEFF街镇,居村,事实')).toBe(true)
  expect(line).toBe(
    `'=1+1,"东""村",货币财产,向部门核对,民政,向民政部门核对：货币财产,2,2,3.0,尚无统计,尚无统计`,
  )
})
