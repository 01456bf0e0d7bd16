import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const SOURCE = join(import.meta.dirname, '../src')

function componentFiles(): string[] {
  return readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx'))
    .map((file) => join(SOURCE, file))
}

/** Everyday words for searching and the name of the other language are data, not interface text. */
const DATA = ['search.tsx', 'language-switch.tsx']

test('no component speaks by itself: its words stand in messages/', () => {
  const speaking = componentFiles()
    .filter((file) => !DATA.some((name) => file.endsWith(name)))
    .flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => /[一-鿿]/.test(line.replace(/\/\*.*|\/\/.*|^\s*\*.*/, '')))
        .map((line) => `${file}: ${line.trim()}`),
    )
  expect(speaking).toEqual([])
})

test('no component file is longer than 200 lines', () => {
  const long = componentFiles().filter(
    (file) => readFileSync(file, 'utf8').split('\n').length > 201,
  )
  expect(long).toEqual([])
})
