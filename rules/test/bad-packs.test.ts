import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { packOrProblems } from './pack-text.ts'

const folder = new URL('bad/', import.meta.url)

/** The first line says what is wrong; `expect`, at the end, what a policy officer is told. */
for (const file of readdirSync(folder)) {
  const text = readFileSync(new URL(file, folder), 'utf8')
  const [about = file] = text.split('\n')

  test(`refused, ${file}: ${about.replace('# ', '')}`, () => {
    const { expect: expected } = parse(text) as { expect: string[] }
    expect(packOrProblems(text)).toEqual(expected)
  })
}
