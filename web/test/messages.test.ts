import { expect, test } from 'vitest'
import { messages } from '../src/messages/languages.ts'

function keysOf(words: object, path = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'object' ? keysOf(value, `${path}${key}.`) : [`${path}${key}`],
  )
}

function blanksOf(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').toSorted()
}

function textsOf(words: object): string[] {
  return Object.values(words).flatMap((value) =>
    typeof value === 'object' ? textsOf(value) : [String(value)],
  )
}

test('both languages have the same words', () => {
  expect(keysOf(messages.en)).toEqual(keysOf(messages['zh-CN']))
})

test('both languages leave the same blanks to fill', () => {
  const english = textsOf(messages.en).map(blanksOf)
  expect(english).toEqual(textsOf(messages['zh-CN']).map(blanksOf))
})

test('no English text is left in Chinese', () => {
  const chinese = textsOf(messages.en).filter((text) => /[一-鿿]/.test(text))
  // Everyday words are searched in Chinese, whatever the language of the console.
  expect(chinese.filter((text) => !text.includes('看病'))).toEqual([])
})
