import type { Programme } from '@qiao/rules'
import { expect, test } from 'vitest'
import { loadPackFolder } from './pack-files.ts'

const { pack } = await loadPackFolder()

const wanted = [
  'level',
  'departments',
  'purpose',
  'forWhom',
  'plain',
  'easyRead',
  'confidence',
  'materials',
  'channel',
  'timeLimit',
  'review',
  'basis',
  'sources',
  'computesNote',
] as const satisfies readonly (keyof Programme)[]

/** Sentences of a text, without their stops. */
function sentences(text: string): string[] {
  return text.split(/[。！？\n]/).filter((sentence) => sentence.trim() !== '')
}

test('the pack holds 34 items with eligibility and amount, 22 with eligibility, 19 for guidance', () => {
  const count = (kind: string) => pack.programmes.filter(({ computes }) => computes === kind).length
  expect(['full', 'eligibility', 'guidance'].map(count)).toEqual([34, 22, 19])
})

test.each(pack.programmes.map((programme) => [programme.id, programme] as const))(
  '%s carries every text that an advisor or a resident may ask for',
  (_id, programme) => {
    const missing = wanted.filter((key) => {
      const value = programme[key]
      return value === undefined || value.length === 0
    })
    expect(missing).toEqual([])
  },
)

test.each(pack.programmes.map((programme) => [programme.id, programme.easyRead ?? ''] as const))(
  '%s: the easy-read text is two or three short sentences without terms of the law',
  (_id, text) => {
    const said = sentences(text)
    expect(said.length).toBeLessThanOrEqual(4)
    expect(said.filter((sentence) => sentence.length > 26)).toEqual([])
    // the service centre is called by its name, which holds one of these words
    expect(text.replaceAll('社区事务受理服务中心', '')).not.toMatch(
      /认定|核定|受理|资格|限额|户籍|本市|人均|[〔〕（）%]/,
    )
  },
)
