import type { Fact } from '@qiao/rules'
import { type Said, readDay, readName, readNumber, readValue } from './cells.ts'
import type { Cell } from './rows.ts'

/** What a column of a file may be taken for. */
export type Field = Readonly<{
  id: string
  name: string
  /** Headings it is known by. */
  headings: readonly string[]
  /** Whether a cell can be one of it. */
  reads: (cell: Cell) => boolean
  /** It is told of somebody, and not only whose a row is or of what day. */
  isFact: boolean
}>

const reads = (said: Said<unknown> | undefined) => said === undefined || !('wrong' in said)

const who: readonly Field[] = [
  {
    id: 'id-number',
    name: '证件号码',
    headings: ['证件号码', '身份证号', '身份证号码', '公民身份号码', '证件号', '身份证'],
    reads: (cell) => reads(readNumber(cell)),
    isFact: false,
  },
  {
    id: 'name',
    name: '姓名',
    headings: ['姓名', '人员姓名', '名字'],
    // A name may be anything but a number.
    reads: (cell) => reads(readName(cell)) && typeof cell === 'string' && !/\d{4}/.test(cell),
    isFact: false,
  },
]

/** @param facts what the source of the delivery may tell */
export const fieldsOf = (
  { roll }: Readonly<{ roll: object | null }>,
  { facts, today }: Readonly<{ facts: readonly Fact[]; today: string }>,
): readonly Field[] => (roll ? rollFields() : factFields(facts, today))

/** A delivery of facts: whose, of what day, and each fact that its source may tell. */
export function factFields(facts: readonly Fact[], today: string): readonly Field[] {
  const day = ['事实日期', '数据日期', '核实日期', '截止日期']
  return [
    ...who,
    {
      id: 'day',
      name: '事实日期',
      headings: day,
      reads: (cell) => reads(readDay(cell, today)),
      isFact: false,
    },
    ...facts.map((fact) => ({
      id: fact.id,
      name: fact.name,
      headings: [fact.name, fact.id, ...(fact.unit ? [`${fact.name}(${fact.unit})`] : [])],
      reads: (cell: Cell) => reads(readValue(fact, cell, today)),
      isFact: true,
    })),
  ]
}

/** A roll: who receives, and since when and until when where it says so. */
function rollFields(): readonly Field[] {
  const day = (cell: Cell) => cell === '' || reads(readDay(cell, lastDay))
  return [
    ...who,
    {
      id: 'from',
      name: '享受起始日期',
      headings: ['享受起始日期', '起始日期', '起发日期', '开始日期', '享受日期', '批准日期'],
      reads: day,
      isFact: false,
    },
    {
      id: 'to',
      name: '享受终止日期',
      headings: ['享受终止日期', '终止日期', '到期日期', '有效期至', '结束日期'],
      reads: day,
      isFact: false,
    },
  ]
}

/** An award may run on after today. */
export const lastDay = '9999-12-31'
