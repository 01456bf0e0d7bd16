import { expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import { placeInYaml } from './place-in-yaml.ts'

const text = `conditions:
  - expr: age >= 60 and bad
  - expr: 'age >= 60 and bad'
  - expr: >
      age >= 60
      and bad
  - expr: |
      age >= 60
      and bad
  - text: no expression
    rows: []
`
const document = parseDocument(text)
const lineOf = (offset: number) => text.slice(0, offset).split('\n').length
const at = (path: (string | number)[], offset?: number) =>
  placeInYaml(document, text, { path, ...(offset === undefined ? {} : { offset }) })

test.each([
  ['plain', 0, 2],
  ['quoted', 1, 3],
  ['folded', 2, 6],
  ['literal', 3, 9],
])('a mistake in a %s expression is shown where it stands', (_way, index, line) => {
  const place = at(['conditions', index, 'expr'], 'age >= 60 and '.length)
  expect(text.slice(place, place + 3)).toBe('bad')
  expect(lineOf(place)).toBe(line)
})

test('what is missing is shown at the nearest thing above it', () => {
  expect(text.slice(at(['conditions', 4, 'clause', 'document']))).toMatch(/^text: no expression/)
  expect(text.slice(at(['conditions', 4, 'rows', 0, 'from']))).toMatch(/^\[]/)
})
