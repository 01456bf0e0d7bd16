import fc from 'fast-check'
import { parse } from 'yaml'
import { readFileSync } from 'node:fs'
import type { Fact } from '@qiao/rules'
import { describe, expect, test } from 'vitest'
import { readDay, readName, readNumber, readValue } from './cells.ts'
import { factFields } from './fields.ts'
import { hintsOf, proposeMapping } from './mapping.ts'
import { openSheet } from './sheet.ts'
import { all, sourceOf, workbook, zip } from './test-files.ts'

/** Files as they really come, and what becomes of each. */

const today = '2025-06-01'
const { facts } = parse(
  readFileSync(new URL('../../../../../policy/facts.yaml', import.meta.url), 'utf8'),
  { merge: true },
) as { facts: Fact[] }
const factCalled = (id: string) => facts.find((fact) => fact.id === id) as Fact

const rowsOf = async (bytes: Buffer | string) =>
  all((await openSheet(sourceOf(Buffer.from(bytes)))).rows)
const cellsOf = async (bytes: Buffer | string) => (await rowsOf(bytes)).map(({ cells }) => cells)
const unreadable = async (bytes: Buffer | string) => {
  try {
    await rowsOf(bytes)
  } catch (error) {
    return error as Error
  }
  return undefined
}

describe('a text file', () => {
  test.each([
    ['with a mark at its beginning', '\uFEFF姓名,养老金\n张三,1\n'],
    ['with the line ends of another system, mixed', '姓名,养老金\r\n张三,1\r\n'],
    ['without an end to its last line', '姓名,养老金\n张三,1'],
    ['between tabs', '姓名\t养老金\n张三\t1\n'],
    ['between semicolons', '姓名;养老金\n张三;1\n'],
    ['with the mark of an export beneath', '姓名,养老金\n张三,1\n# 导出第 1 号，不得外传\n'],
    ['in quotes', '"姓名","养老金"\n"张三","1"\n'],
  ])('%s reads the same', async (_what, text) => {
    expect(await cellsOf(text)).toEqual([
      ['姓名', '养老金'],
      ['张三', '1'],
    ])
  })

  test('as Excel writes Unicode text, in UTF-16, reads the same', async () => {
    expect(await cellsOf(Buffer.from('\uFEFF姓名\t养老金\n张三\t1\n', 'utf16le'))).toEqual([
      ['姓名', '养老金'],
      ['张三', '1'],
    ])
  })

  test('in GBK is told by its bytes, even where only its end is not plain', async () => {
    const plain = Buffer.from(`number,name\n${'1,a\n'.repeat(5000)}`)
    const sheet = await openSheet(
      sourceOf(Buffer.concat([plain, Buffer.from('322cd5c5c8fd0a', 'hex')])),
    )
    expect(sheet.encoding).toBe('gb18030')
    expect((await all(sheet.rows)).at(-1)).toEqual({ row: 5002, cells: ['2', '张三'] })
  })

  test('counts rows as the program that made it does: empty ones are passed over, cells may hold line ends', async () => {
    expect(await rowsOf('a,b\n\n1,"x\ny"\n,\n2,z\n')).toEqual([
      { row: 1, cells: ['a', 'b'] },
      { row: 3, cells: ['1', 'x\ny'] },
      { row: 5, cells: ['2', 'z'] },
    ])
  })

  test('with rows longer and shorter than its headings keeps them as they are', async () => {
    expect(await cellsOf('a,b\n1\n1,2,3\n')).toEqual([['a', 'b'], ['1'], ['1', '2', '3']])
  })

  test('with a cell of ten megabytes says so of the cell, and reads the rest', async () => {
    const rows = await rowsOf(`a,b\n1,${'长'.repeat(3_500_000)}\n2,x\n`)
    expect(rows.map(({ cells }) => cells[1])).toEqual([
      'b',
      { wrong: '内容过长，超过 10000 字' },
      'x',
    ])
  })

  test('with a quote that is never closed is not read, and says where', async () => {
    const error = await unreadable('a,b\n1,"x\n2,y\n3,z\n')
    expect(error?.message).toMatch(/双引号没有成对.*第 2 行/)
  })

  test('with a sign that no encoding has says so of the cell', async () => {
    expect((await cellsOf(Buffer.from('612c620aff2c780a', 'hex')))[1]?.[0]).toMatchObject({
      wrong: expect.any(String),
    })
  })
})

describe('what is no sheet', () => {
  test.each([
    ['nothing', '', /空的/],
    ['a PDF', '%PDF-1.7', /另存为/],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), /另存为/],
    ['a page of the web', '<html><table>', /另存为/],
    ['a workbook of old', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), /旧版或加密/],
    ['the beginning of a workbook', Buffer.from('504b0304140000000800', 'hex'), /损坏/],
  ])('%s is refused, with what to do', async (_what, bytes, message) => {
    expect((await unreadable(bytes))?.message).toMatch(message)
  })

  test('another archive is refused', async () => {
    expect((await unreadable(await zip({ 'readme.txt': 'x' })))?.message).toMatch(
      /不是 CSV 或 XLSX/,
    )
  })

  test('an archive that would unpack without end is refused before it is unpacked', async () => {
    const bomb = await workbook({
      rows: `<row r="1"><c r="A1"><v>${'0'.repeat(30_000_000)}</v></c></row>`,
    })
    expect(bomb.length).toBeLessThan(60_000)
    expect((await unreadable(bomb))?.message).toMatch(/异常地大/)
  })

  test('a workbook that was cut is refused', async () => {
    const whole = await workbook({ rows: '<row r="1"><c r="A1"><v>1</v></c></row>' })
    expect((await unreadable(whole.subarray(0, whole.length - 40)))?.message).toMatch(/损坏/)
  })
})

describe('a workbook', () => {
  const strings =
    '<si><t>姓名</t></si><si><r><t>张</t></r><r><t>三</t></r><rPh sb="0" eb="1"><t>zhang</t></rPh></si>'

  test('has its texts, numbers and days as they are shown, rows as they are counted', async () => {
    const styles =
      '<numFmts><numFmt numFmtId="180" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="180"/></cellXfs>'
    const rows = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>养老金 &amp; 其他</t></is></c></row>
      <row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" s="1"><v>45658</v></c><c r="C3"><v>1234.5600000000001</v></c><c r="D3" t="b"><v>1</v></c><c r="E3" s="2"><v>60</v></c></row>`
    expect(await rowsOf(await workbook({ rows, strings, styles }))).toEqual([
      { row: 1, cells: ['姓名', '', '养老金 & 其他'] },
      { row: 3, cells: ['张三', '2025-01-01', '1234.56', '是', { wrong: '不是有效日期' }] },
    ])
  })

  test('of the other calendar counts its days from 1904', async () => {
    const bytes = await workbook({
      rows: '<row r="1"><c r="A1" s="0"><v>0</v></c></row>',
      styles: '<cellXfs><xf numFmtId="14"/></cellXfs>',
      workbook: '<workbookPr date1904="1"/>',
    })
    expect(await cellsOf(bytes)).toEqual([['1904-01-01']])
  })

  test('says of formulas, wrong results and numbers that lost their end what they are', async () => {
    const rows = `<row r="1"><c r="A1"><f>B1*2</f><v>10</v></c><c r="B1" t="e"><v>#N/A</v></c><c r="C1"><v>3.10118195001011E+17</v></c></row>`
    const [cells = []] = await cellsOf(await workbook({ rows }))
    expect(cells.map((cell) => (cell as { wrong: string }).wrong)).toEqual([
      expect.stringContaining('公式'),
      expect.stringContaining('#N/A'),
      expect.stringContaining('后几位已丢失'),
    ])
  })

  test('with joined cells keeps the first and says so of the others', async () => {
    const cell = (at: string, text: string) =>
      `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`
    const rows = `<row r="1">${cell('A1', '姓名')}${cell('B1', '金额')}</row><row r="2">${cell('A2', '张三')}${cell('B2', '1')}</row><row r="3"><c r="A3"/>${cell('B3', '2')}</row>`
    const after = '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'
    expect((await cellsOf(await workbook({ rows, after }))).map(([cell]) => cell)).toEqual([
      '姓名',
      '张三',
      { wrong: expect.stringContaining('合并单元格') },
    ])
  })

  test('with several filled sheets is refused, and they are named', async () => {
    const rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    const more = {
      'xl/worksheets/sheet2.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    }
    expect((await unreadable(await workbook({ rows, more })))?.message).toMatch(
      /只保留一张.*表1、表2/,
    )
  })
})

test('a table reads back as it was written, in either form and encoding', async () => {
  const text = fc.string({
    unit: fc.constantFrom('a', '1', ' ', ',', '"', '\n', '桥', '、', '𠮷'),
    maxLength: 6,
  })
  const table = fc.array(fc.array(text, { minLength: 2, maxLength: 4 }), {
    minLength: 1,
    maxLength: 6,
  })
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
  const xml = (cell: string) =>
    cell.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      const filled = rows.filter((row) => row.some((cell) => cell.trim() !== ''))
      const text = rows.map((row) => row.map(quoted).join(',')).join('\n')
      fc.pre(filled.length > 0)
      expect(await cellsOf(text)).toEqual(filled)
      expect(await cellsOf(Buffer.from(`\uFEFF${text}`, 'utf16le'))).toEqual(filled)
      const sheet = rows.map(
        (row, at) =>
          `<row r="${at + 1}">${row.map((cell) => `<c t="inlineStr"><is><t xml:space="preserve">${xml(cell)}</t></is></c>`).join('')}</row>`,
      )
      expect(await cellsOf(await workbook({ rows: sheet.join('') }))).toEqual(filled)
    }),
    { numRuns: Number(process.env['QIAO_PROPERTY_RUNS'] ?? 60) },
  )
})

describe('a cell', () => {
  test.each([
    ['310118195001010011', true],
    ['３１０１１８１９５００１０１００１１', true],
    [' 310118 19500101 0011\u200b', true],
    ["'310118195001010011", true],
    ['310118195001010012', false],
    ['', false],
  ])('an ID number written %j reads: %s', (text, reads) => {
    const number = '310118195001010011'
    const read = readNumber(text)
    if (reads) expect(read).toEqual({ value: number })
    else expect(read).toMatchObject({ wrong: expect.stringMatching(/./) })
  })

  test('an ID number of 15 digits becomes one of 18', () => {
    expect(readNumber('310118500101001')).toMatchObject({
      value: expect.stringMatching(/^31011819500101001/),
    })
  })

  test.each([
    [' 张　三 ', '张三'],
    ['阿依古丽•买买提', '阿依古丽·买买提'],
    ['', null],
  ])('the name %j is %j', (text, name) => {
    expect(readName(text)).toEqual({ value: name })
  })

  test.each([
    ['2025-05-01', '2025-05-01'],
    ['2025/5/1', '2025-05-01'],
    ['2025.5.1', '2025-05-01'],
    ['2025年5月1日', '2025-05-01'],
    ['20250501', '2025-05-01'],
    ['2025/5/1 0:00:00', '2025-05-01'],
  ])('the day %j is %j', (text, day) => {
    expect(readDay(text, today)).toEqual({ value: day })
  })

  test.each([
    ['45778', '是 Excel 的日期序号，应写作 2025-05-01'],
    ['2025-02-30', '要填日期，如 2025-06-01'],
    ['5/1/2025', '要填日期，如 2025-06-01'],
    ['2025-06-02', '日期不能晚于今天'],
  ])('the day %j is refused: %s', (text, wrong) => {
    expect(readDay(text, today)).toEqual({ wrong })
  })

  test.each([
    ['pension', '3,000.50元', 300050],
    ['pension', '￥3000', 300000],
    ['pension', '3000元/月', 300000],
    ['pension', '０', 0],
    ['sex', '女', '2'],
    ['sex', '2', '2'],
    ['birth_date', '1950年1月1日', '1950-01-01'],
  ])('%s written %j is %j', (fact, text, value) => {
    expect(readValue(factCalled(fact), text, today)).toEqual({ value })
  })

  test.each([
    ['pension', '0.3万元', '金额请以元为单位，不用“万元”'],
    ['pension', '3,00', '金额以元为单位，最多两位小数'],
    ['pension', '3000左右', '金额以元为单位，最多两位小数'],
    ['sex', '不详', '要从中选一项：男、女'],
  ])('%s written %j is refused: %s', (fact, text, wrong) => {
    expect(readValue(factCalled(fact), text, today)).toEqual({ wrong })
  })

  test('that is empty says nothing, and none is said only of what one may have none of', () => {
    expect(readValue(factCalled('pension'), '　 ', today)).toBeUndefined()
    const nullable = facts.find((fact) => fact.nullable && fact.entity === 'person') as Fact
    expect(readValue(nullable, '无', today)).toEqual({ value: null })
  })
})

describe('columns', () => {
  const wanted = factFields([factCalled('pension'), factCalled('labour_income')], today)

  test('are known by name, id or unit, whatever stands round them', () => {
    expect(
      proposeMapping(['身份证号 ', '＊姓名', '养老金(元/月)', 'labour_income', '备注'], wanted),
    ).toEqual({
      'id-number': '身份证号 ',
      name: '＊姓名',
      pension: '养老金(元/月)',
      labour_income: 'labour_income',
    })
  })

  test('that were swapped are noticed, and the right one is named', () => {
    const headings = ['证件号码', '姓名', '养老金']
    const rows = [1, 2, 3].map((row) => ({ row, cells: ['张三', '310118195001010011', '100'] }))
    const hints = hintsOf({
      headings,
      mapping: proposeMapping(headings, wanted),
      fields: wanted,
      rows,
    })
    expect(hints.map(({ message }) => message)).toEqual([
      '“证件号码”列有不少内容不像证件号码；看起来“姓名”列才是',
      '“姓名”列有不少内容不像姓名',
    ])
  })
})
