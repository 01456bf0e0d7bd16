import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { textColumns, workbookFiles, zipOf } from './xlsx.ts'

test('an archive names every file with its place, size and checksum, and ends as it says', () => {
  const files = { '甲.xml': '<a>桥</a>', 'b/c.txt': 'x'.repeat(70_000) }
  const zip = Buffer.from(zipOf(files))
  const end = zip.subarray(-22)
  expect(end.readUInt32LE(0)).toBe(0x06054b50)
  let at = end.readUInt32LE(16)
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text)
    expect(zip.readUInt32LE(at)).toBe(0x02014b50)
    expect(zip.readUInt32LE(at + 16)).toBe(crc32(content))
    const [size, nameLength] = [zip.readUInt32LE(at + 24), zip.readUInt16LE(at + 28)]
    expect(zip.subarray(at + 46, at + 46 + nameLength).toString()).toBe(name)
    const local = zip.readUInt32LE(at + 42)
    expect(zip.readUInt32LE(local)).toBe(0x04034b50)
    const body = local + 30 + zip.readUInt16LE(local + 26)
    expect(zip.subarray(body, body + size)).toEqual(content)
    at += 46 + nameLength
  }
  expect(at).toBe(zip.length - 22)
})

test('figures are numbers in a workbook; formulas, tags and control characters are text', () => {
  const sheet = workbookFiles([['=1+1', '<b>&"', '12.50', '-3', '1,200', 'a\u0001b']], '试算')
  const row = /<row r="1">(.*)<\/row>/.exec(sheet['xl/sheet.xml'] ?? '')?.[1] ?? ''
  expect([...row.matchAll(/<v>(.*?)<\/v>/g)].map(([, value]) => value)).toEqual(['12.50', '-3'])
  const texts = [...row.matchAll(/<t [^>]*>(.*?)<\/t>/g)].map(([, text]) => text)
  expect(texts).toEqual(['=1+1', '&lt;b&gt;&amp;&quot;', '1,200', 'ab'])
})

test('in a workbook to fill in, what is typed stays text: every column has the format @', () => {
  const files = workbookFiles([['证件号码', '姓名']], '人社')
  const changed = { ...files, ...textColumns(files, 2) }
  expect(changed['xl/sheet.xml']).toContain('<col min="1" max="2" width="22" style="1"')
  expect(changed['xl/styles.xml']?.match(/numFmtId="\d+"/g)).toEqual([
    'numFmtId="0"',
    'numFmtId="49"',
  ])
  for (const part of ['[Content_Types].xml', 'xl/_rels/workbook.xml.rels'])
    expect(changed[part]).toContain('styles')
})
