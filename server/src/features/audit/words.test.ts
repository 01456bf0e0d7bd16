import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { actionName, actionNames, fieldName, fieldNames } from './words.ts'

const sources = globSync('server/src/**/*.ts').filter((file) => !file.endsWith('.test.ts'))

test('every action that the program notes has a name', () => {
  const noted = new Set(
    sources.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\baction: '([a-z]+\.[a-z-]+)'/g)].map(
        ([, action = '']) => action,
      ),
    ),
  )
  expect(noted.size).toBeGreaterThan(25)
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
