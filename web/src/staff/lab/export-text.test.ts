import { expect, test } from 'vitest'
import { csvText } from './export-text.ts'

test('a cell with a comma, a quote or a break stays one cell', () => {
  expect(csvText([['甲,乙', '说"好"', '一\n二']])).toBe('\uFEFF"甲,乙","说""好""","一\n二"\r\n')
})

test('a spreadsheet takes no cell for a formula, and a negative number stays a number', () => {
  expect(csvText([['=1+1', '@甲', '-5', '-甲']])).toBe("\uFEFF'=1+1,'@甲,-5,'-甲\r\n")
})
