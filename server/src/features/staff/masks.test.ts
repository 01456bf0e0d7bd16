import { expect, test } from 'vitest'
import { fieldClasses } from './field-classes.ts'
import { hiddenText, maskIdNumber, maskName, maskPhone, maskText } from './masks.ts'

test.each([
  ['王建国', '王○○'],
  ['李四', '李○'],
  ['欧阳建国', '欧○○'],
  ['𠮷野', '𠮷○'],
  ['Smith', 'S○○'],
  ['王', '王○'],
  ['', ''],
])('in a list %s is written %s', (name, masked) => {
  expect(maskName(name)).toBe(masked)
})

test('of a phone only the last four digits can be read, of an ID number also the first', () => {
  expect(maskPhone('10000001234')).toBe('*******1234')
  expect(maskIdNumber('310199194905010021')).toBe('3101**********0021')
  expect(maskIdNumber('310199490501002')).toBe('3101*******1002')
  expect(maskIdNumber('3101')).toBe('****')
})

test('what is masked twice is masked once, and nothing stays nothing', () => {
  for (const fieldClass of Object.keys(fieldClasses)) {
    const once = maskText(fieldClass, '310199194905010021')
    expect(maskText(fieldClass, once)).toBe(once)
    expect(maskText(fieldClass, '')).toBe('')
  }
  expect(maskText('free-text', '家中困难')).toBe(hiddenText)
})

test('a class that nobody declared shows nothing', () => {
  expect(maskText('colour', 'red')).toBe('')
})
