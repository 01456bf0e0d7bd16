import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { sourceText } from './source-text.ts'

const { sources } = parse(
  readFileSync(new URL('../../../../policy/pack.yaml', import.meta.url), 'utf8'),
) as { sources: Record<string, string> }

test('no source of the shipped pack shows a foreign word outside an address', () => {
  expect(Object.keys(sources).length).toBeGreaterThan(80)
  for (const [id, text] of Object.entries(sources)) {
    const shown = sourceText(text)
    const words = shown.split(/[\s，、;,]+/).filter((word) => /[A-Za-z]/.test(word))
    expect(
      words.filter((word) => !/^[a-z0-9-]+(\.[a-z0-9-]+)+(\/\S*)?$/i.test(word)),
      `${id}: ${shown}`,
    ).toEqual([])
    expect(shown, id).not.toBe('')
  }
})

test.each([
  [
    'what an editor thought of it is left out',
    'a.cn/20RN (copy of the 2024-06 notice; spam host, cross-check with 24x rule and b.com/exam/1)',
    'a.cn/20RN，第三方页面，未见官方文本',
  ],
  [
    'title, day and address are kept',
    'm.a.com/mip/274069 上海最低生活保障标准一览 2024-06-27',
    'm.a.com/mip/274069 上海最低生活保障标准一览 2024-06-27',
  ],
  [
    'a document it cites stands first',
    'a.com/read-1 citing 沪民规〔2023〕6号',
    '沪民规〔2023〕6号，a.com/read-1',
  ],
  [
    'a day up to which something holds is not taken for its own',
    'mzj.sh.gov.cn/x 调整标准; valid to 2029-01-31',
    '调整标准，mzj.sh.gov.cn/x',
  ],
  ['nothing but notes is a page of somebody else', 'hk01 60315315', '第三方页面，未见官方文本'],
  [
    'Chinese is shown as written',
    '人民日报 2014-09-29 认定标准(试行)',
    '人民日报 2014-09-29 认定标准(试行)',
  ],
])('%s', (_claim, written, shown) => {
  expect(sourceText(written)).toBe(shown)
})
