import type { ArithmeticOp, ComparisonOp, Expr } from '../../rules/src/feel/ast.ts'

type Form = Readonly<{ what: string; example: string; inPolicy: string }>

/** Every kind of expression that is read, with an example that holds it, and one as a condition of a household. */
export const forms: Readonly<Record<Expr['kind'], Form>> = {
  number: { what: '数字', example: '1240.50', inPolicy: '货币财产 <= 30000.50' },
  string: { what: '文字', example: '"一级"', inPolicy: 'count(members[残疾等级 = "一级"]) = 1' },
  boolean: { what: '是、否', example: 'true', inPolicy: 'true' },
  null: { what: '没有', example: 'null', inPolicy: 'count(members[养老金 = null]) = 1' },
  temporal: { what: '日期、时刻、时长', example: '@"2025-06-01"', inPolicy: 'on >= @"2024-07-01"' },
  name: { what: '名称', example: '收入', inPolicy: '有机动车' },
  tested: { what: '被检验的值', example: '5 in (? > 3)', inPolicy: '货币财产 in (? > 3)' },
  path: {
    what: '取其中一项',
    example: '{户主: {年龄: 70}}.户主.年龄',
    inPolicy: 'sum(members.收入) > 1000',
  },
  filter: {
    what: '筛选',
    example: '[3, 8, 5][item > 4]',
    inPolicy: 'count(members[年龄 < 16]) = 1',
  },
  call: { what: '函数', example: 'max(3, 8, 5)', inPolicy: 'count(members) > 2' },
  arithmetic: {
    what: '加减乘除、乘方',
    example: '1000 + 240 * 2',
    inPolicy: '货币财产 / count(members) < 30000',
  },
  negate: { what: '负数', example: '-(3 + 4)', inPolicy: '-货币财产 < 0' },
  compare: { what: '比较', example: '3 >= 2', inPolicy: '货币财产 < 30000' },
  between: {
    what: '在两数之间',
    example: '5 between 1 and 9',
    inPolicy: '货币财产 between 1 and 9',
  },
  in: { what: '属于', example: '5 in (1, 5, 9)', inPolicy: 'count(members) in (1, 3)' },
  unary: {
    what: '省去左边的比较',
    example: '5 in (< 3, > 4)',
    inPolicy: '货币财产 in (< 100, > 200)',
  },
  interval: { what: '范围', example: '9 in (1..9]', inPolicy: 'count(members) in [1..3]' },
  span: {
    what: '从几到几',
    example: 'for x in 1..3 return x * 2',
    inPolicy: 'some x in 1..3 satisfies x > 2',
  },
  and: { what: '并且', example: '3 > 2 and 2 > 1', inPolicy: '有机动车 and 货币财产 > 0' },
  or: { what: '或者', example: '3 > 2 or 1 > 2', inPolicy: '有机动车 or 货币财产 > 0' },
  if: {
    what: '如果',
    example: 'if 3 > 2 then "高" else "低"',
    inPolicy: '货币财产 < (if 有机动车 then 100 else 30000)',
  },
  quantified: {
    what: '有一个、每一个',
    example: 'some x in [3, 8] satisfies x > 5',
    inPolicy: 'every m in members satisfies m.收入 < 2000',
  },
  for: {
    what: '逐项计算',
    example: 'for x in [3, 8] return x + 1',
    inPolicy: 'count(for m in members return m.收入) = 3',
  },
  list: { what: '列表', example: '[3, 8, 5]', inPolicy: 'max([货币财产, 1000]) > 1' },
  context: { what: '一组有名称的值', example: '{甲: 1, 乙: 甲 + 1}', inPolicy: '{甲: 1}' },
  function: {
    what: '自己定义的函数',
    example: '{加倍: function(x) x * 2, 得: 加倍(4)}.得',
    inPolicy: 'function(x) x > 1',
  },
  'instance-of': {
    what: '是否属于某种类型',
    example: '5 instance of number',
    inPolicy: '货币财产 instance of number',
  },
}

/** Values for the examples that read a name. */
export const formContext = { 收入: 800 }

/** Every operator with an example. */
export const operators: Readonly<Record<ArithmeticOp | ComparisonOp, string>> = {
  '+': '"低" + "保"',
  '-': '@"2025-06-01" - @"2025-05-01"',
  '*': '1.1 * 3',
  '/': '1 / 3',
  '**': '2 ** 10',
  '=': '0.1 + 0.2 = 0.3',
  '!=': '"甲" != "乙"',
  '<': '@"2025-06-01" < @"2025-07-01"',
  '<=': '3 <= 3',
  '>': '"乙" > 3',
  '>=': 'duration("P2Y") >= duration("P18M")',
}

/** Every simple type with a value of it. */
export const typeExamples: Readonly<Record<string, string>> = {
  number: '1240.50',
  string: '"一级"',
  boolean: 'true',
  date: 'date("2025-06-01")',
  time: 'time("08:30:00")',
  'date and time': 'date and time("2025-06-01T08:30:00+08:00")',
  'years and months duration': 'duration("P1Y6M")',
  'days and time duration': 'duration("P2DT12H")',
}

/** How other types are written, each in a test of a value. */
export const builtTypeExamples: readonly string[] = [
  '3 instance of Any',
  '[1, 2] instance of list<number>',
  '{年龄: 70} instance of context<年龄: number>',
  '[1..9] instance of range<number>',
  '(function() 1) instance of function<>->Any',
]

/** What is unknown, null or no JSON: expression and context. */
export const openExamples: readonly (readonly [string, Record<string, unknown>])[] = [
  ['收入 > 1000', {}],
  ['收入 > 1000 or 残疾', { 残疾: true }],
  ['if 残疾 then 3 else 3', {}],
  ['收入 = null', { 收入: null }],
  ['收入 > 1000', { 收入: null }],
  ['1 / 0', {}],
  ['出生日期.year', { 出生日期: { '@date': '1950-06-15' } }],
  ['[1..9]', {}],
]
