import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { actionName, actionNames, fieldName, fieldNames } from './words.ts'

/** Where the files say what is noted: the first group of the pattern. */
function notedIn(files: string, pattern: RegExp): string[] {
  return globSync(files)
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(pattern)])
    .map(([, action = '']) => action)
}

test('every action that the program or the database notes has a name', () => {
  const program = notedIn('server/src/**/*.ts', /\baction: '([a-z]+\.[a-z-]+)'/g)
  const database = notedIn('server/migrations/schema.sql', /'((?:session|account|push)\.[a-z-]+)'/g)
  const noted = new Set([...program, ...database])
  expect(new Set(program).size).toBeGreaterThan(25)
  expect(new Set(database).size).toBeGreaterThan(15)
  expect([...noted].filter((action) => !Object.hasOwn(actionNames, action))).toEqual([])
})

test('names are Chinese; what is not known keeps its code', () => {
  for (const { name } of [...Object.values(actionNames), ...Object.values(fieldNames)])
    expect(name).toMatch(/[一-龥]/)
  expect(actionName('policy.draft-submitted')).toBe('政策草稿 submitted')
  expect(actionName('some.thing')).toBe('some.thing')
  expect(fieldName('fact:assets')).toBe('信息项 assets')
  expect(fieldName('head')).toBe('户主')
})
