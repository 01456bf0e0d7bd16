import { dayFromText, type Fact } from '@qiao/rules'
import { checkValue, type FactValue } from '../../households/fact-value.ts'
import { readIdNumber } from '../../households/id-number.ts'
import type { Cell } from './rows.ts'

/** What a cell says, or in words what is wrong with it; never a guess. */
export type Said<T> = Readonly<{ value: T } | { wrong: string }>

/** Without what nobody sees or means: spaces of every width, marks without width, full-width forms. */
export function tidy(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u200B-\u200F\u202A-\u202E\u2060\uFEFF]/g, '')
    .trim()
}

/** A citizen ID number; one of 15 digits becomes one of 18. */
export function readNumber(cell: Cell): Said<string> {
  if (typeof cell !== 'string') return cell
  // A sign before it tells Excel that it is text.
  const text = tidy(cell).replace(/^['‘’`]/, '')
  if (text === '') return { wrong: '证件号码不能空' }
  const read = readIdNumber(text)
  return 'wrong' in read ? read : { value: read.idNumber }
}

/** A name as it is on record: dots between its parts are one kind of dot; null where none is given. */
export function readName(cell: Cell): Said<string | null> {
  if (typeof cell !== 'string') return cell
  const text = tidy(cell)
    .replace(/\s+/g, '')
    .replace(/[•・‧∙.]/g, '·')
  if (text === '') return { value: null }
  return text.length > 50 ? { wrong: '姓名过长' } : { value: text }
}

/** A day as officials write it; none that is later than today. */
export function readDay(cell: Cell, today: string): Said<string> {
  if (typeof cell !== 'string') return cell
  const day = dayIn(tidy(cell))
  if (typeof day !== 'string') return day
  return day > today ? { wrong: '日期不能晚于今天' } : { value: day }
}

function dayIn(text: string): string | { wrong: string } {
  const [, year = '', month = '', day = ''] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 0{1,2}:00(?::00)?)?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text) ??
    []
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  if (year !== '' && dayFromText(written) !== null) return written
  if (/^[1-9]\d{4}$/.test(text))
    return { wrong: `是 Excel 的日期序号，应写作 ${dayOfSerial(Number(text))}` }
  return { wrong: '要填日期，如 2025-06-01' }
}

const dayOfSerial = (serial: number) =>
  new Date((serial - 25_569) * 86_400_000).toISOString().slice(0, 10)

const yes = new Set(['是', '有', 'y', 'yes', 'true', '1', '√', '✓'])
const no = new Set(['否', '无', '没有', 'n', 'no', 'false', '0', '×'])
/** Words for having none, of a fact that one may be known to have none of. */
const none = new Set(['无', '没有', '暂无'])

/**
 * What a cell says of a fact: `undefined` for an empty one, which says nothing.
 *
 * @param today no day may be later
 */
export function readValue(fact: Fact, cell: Cell, today: string): Said<FactValue> | undefined {
  if (typeof cell !== 'string') return cell
  const text = tidy(cell)
  if (text === '') return undefined
  if (fact.nullable && none.has(text)) return { value: null }
  const written = writtenIn(fact, text)
  if (typeof written === 'object') return written
  return checkValue(fact, written, { today, money: 'yuan' })
}

function writtenIn(fact: Fact, text: string): string | number | boolean | { wrong: string } {
  switch (fact.type) {
    case 'boolean': {
      const word = text.toLowerCase()
      if (yes.has(word)) return true
      return no.has(word) ? false : { wrong: '要填是或否' }
    }
    case 'date':
      return dayIn(text)
    case 'money':
      return sumIn(text, fact.unit)
    case 'integer':
    case 'number': {
      const plain = withoutUnit(text, fact.unit)
      return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : { wrong: '要填数字' }
    }
    case 'code':
      return codeIn(fact, text)
  }
}

/** A code by itself or by its name; what Excel made of a code like 01 is still it, where nothing else is. */
function codeIn({ codes = [] }: Fact, text: string): string {
  const same = codes.filter(({ code }) => code.replace(/^0+(?=.)/, '') === text)
  return codes.some(({ code, name }) => text === code || text === tidy(name)) || same.length !== 1
    ? text
    : (same[0]?.code ?? text)
}

function sumIn(text: string, unit = '元'): string | { wrong: string } {
  if (/万/.test(text)) return { wrong: '金额请以元为单位，不用“万元”' }
  const plain = withoutUnit(text.replace(/^[¥￥]/, ''), unit)
  // Only a comma before three digits is one between thousands.
  return /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(',', '') : plain
}

/** Without its declared unit, or the part of it before the slash: 元 of 元/月. */
function withoutUnit(text: string, unit = ''): string {
  for (const one of [unit, unit.split('/')[0] ?? ''])
    if (one !== '' && text.endsWith(one)) return text.slice(0, -one.length).trim()
  return text
}
