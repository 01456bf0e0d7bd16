import { expect, test } from 'vitest'
import { readValues, withValue, writeValues } from './values.ts'

test('a change goes into an address and comes back as it was', () => {
  const values = [
    { id: 'dibao_standard', value: 1700.5 },
    { id: 'old_age_65', value: -3 },
  ]
  expect(readValues(writeValues(values))).toEqual(values)
})

test('what is no figure in an address is left out', () => {
  expect(readValues('a:1,b:,c,d:zwei,:5,e:2')).toEqual([
    { id: 'a', value: 1 },
    { id: 'e', value: 2 },
  ])
  expect(readValues(undefined)).toEqual([])
})

test('a figure set to what it is today is no change', () => {
  expect(withValue([{ id: 'a', value: 1 }], 'a', null)).toEqual([])
  expect(withValue([{ id: 'a', value: 1 }], 'a', 2)).toEqual([{ id: 'a', value: 2 }])
})
