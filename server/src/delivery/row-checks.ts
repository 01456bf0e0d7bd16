import { dayFromText, type Fact } from '@qiao/rules'
import { checkCharacter } from '../features/households/id-number.ts'
import { type Table, tables } from '../district/rows.ts'
import { checkValue, shelfUntil } from '../features/households/fact-value.ts'
import { isRecorded, sensitivityOf } from '../features/households/household.ts'

/** What a delivery may speak of. */
export type Known = Readonly<{
  today: string
  committees: ReadonlySet<string>
  /** Committees, townships and the district. */
  areas: ReadonlySet<string>
  facts: ReadonlyMap<string, Fact>
  programmes: ReadonlySet<string>
  /** Every basis, and whether what is known on it needs an authorisation. */
  bases: ReadonlyMap<string, boolean>
}>

/** One row by its columns; `''` is an empty cell. */
type Row = Readonly<Record<string, string>>
type Check = (cell: string, row: Row) => string | undefined

/**
 * Tells what is wrong with a row of a table, cell by cell. Rows come in the order household, person,
 * then the rest: a row may only name what came before.
 */
export type RowCheck = (
  table: Table,
  cells: readonly string[],
) => { column: string; message: string }[]

export function makeRowCheck(known: Known): RowCheck {
  const seen = {
    households: new Set<string>(),
    registers: new Set<string>(),
    idNumbers: new Set<string>(),
    householdOf: new Map<string, string>(),
  }
  const checks: Record<Table, Checks> = {
    household: householdChecks(known, seen),
    person: personChecks(known, seen),
    fact: factChecks(known, seen),
    award: awardChecks(known, seen),
    authorisation: authorisationChecks(known, seen),
    roll: rollChecks(known),
  }
  return (table, cells) => {
    const columns: readonly string[] = tables[table]
    if (cells.length !== columns.length) {
      return [{ column: '', message: `应有 ${columns.length} 列，这一行有 ${cells.length} 列` }]
    }
    const row = Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']))
    return Object.entries(checks[table]).flatMap(([column, check]) => {
      const message = check(row[column] ?? '', row)
      return message === undefined ? [] : [{ column, message }]
    })
  }
}

/** What came so far. */
type Seen = Readonly<{
  households: Set<string>
  registers: Set<string>
  idNumbers: Set<string>
  /** Household by person, both by their numbers in the files. */
  householdOf: Map<string, string>
}>
type Checks = Readonly<Record<string, Check>>

function householdChecks({ committees }: Known, { households, registers }: Seen): Checks {
  return {
    number: (cell) => number(cell) ?? first(households, cell),
    area_id: oneOf(committees, '没有这个居村委会代码'),
    kind: oneOf(new Set(['family', 'collective']), '要填 family 或 collective'),
    register_no: (cell) => filled(cell) ?? first(registers, cell),
    address: filled,
  }
}

function personChecks({ today }: Known, seen: Seen): Checks {
  return {
    number: (cell, row) => {
      const wrong = number(cell) ?? (seen.householdOf.has(cell) ? twice : undefined)
      if (!wrong) seen.householdOf.set(cell, row['household_number'] ?? '')
      return wrong
    },
    household_number: household(seen),
    name: filled,
    relation: matching(/^\d{2}$/, '要填 GB/T 4761 的两位代码，如 02 户主'),
    joined_on: past(today),
    id_number: (cell) => idNumber(cell) ?? first(seen.idNumbers, cell),
    phone: matching(/^(|\d{5,15})$/, '只能是数字'),
  }
}

function factChecks(known: Known, seen: Seen): Checks {
  const factOf = (row: Row) => known.facts.get(row['fact'] ?? '')
  return {
    household_number: household(seen),
    person_number: (cell, row) => {
      const entity = factOf(row)?.entity
      if (entity === 'person' && cell === '') return '要写明是哪位成员'
      if (entity === 'household' && cell !== '') return '这一项是全家的，不分成员'
      return member(seen)(cell, row)
    },
    fact: (_cell, row) => {
      const fact = factOf(row)
      return fact && isRecorded(fact) ? undefined : '没有这一项事实，或它由别的推出'
    },
    value: (cell, row) => valueWrong(factOf(row), cell, known.today),
    source: filled,
    basis: (cell) => (cell === '' || known.bases.has(cell) ? undefined : basisWrong(known)),
    verified_on: past(known.today),
    shelf_until: (cell, row) => shelfWrong(factOf(row), cell, row['verified_on'] ?? ''),
    sensitivity: (cell, row) => {
      const fact = factOf(row)
      return !fact || cell === sensitivityOf(fact) ? undefined : `应为 ${sensitivityOf(fact)}`
    },
  }
}

function awardChecks({ programmes }: Known, seen: Seen): Checks {
  const states = new Set(['receiving', 'ended', 'refused'])
  return {
    household_number: household(seen),
    person_number: member(seen),
    programme: oneOf(programmes, '政策库里没有这项政策'),
    state: oneOf(states, '要填 receiving、ended 或 refused'),
    valid_from: day,
    valid_to: (cell, row) => {
      if (cell === '') return undefined
      return day(cell) ?? (cell < (row['valid_from'] ?? '') ? '不能早于起始日' : undefined)
    },
    source: filled,
  }
}

function authorisationChecks({ bases }: Known, seen: Seen): Checks {
  return {
    household_number: household(seen),
    person_number: member(seen),
    basis: (cell) => (bases.get(cell) ? undefined : '要填须有授权的依据，如 check'),
    valid_from: day,
    valid_to: (cell, row) =>
      day(cell) ?? (cell < (row['valid_from'] ?? '') ? '不能早于起始日' : undefined),
    evidence: filled,
  }
}

function basisWrong({ bases }: Known): string {
  return `要填 ${[...bases.keys()].join('、')}，或留空`
}

function rollChecks({ programmes, areas, today }: Known): Checks {
  return {
    programme: oneOf(programmes, '政策库里没有这项政策'),
    area_id: oneOf(areas, '没有这个区划代码'),
    on_day: past(today),
    complete: oneOf(new Set(['true', 'false']), '要填 true 或 false'),
    source: filled,
  }
}

const twice = '前面已有这一行'

function household({ households }: Seen): Check {
  return (cell) => (households.has(cell) ? undefined : `household.csv 里没有编号 ${cell}`)
}

/** A member of the household the row names; empty: the household itself. */
function member({ householdOf }: Seen): Check {
  return (cell, row) =>
    cell === '' || householdOf.get(cell) === row['household_number']
      ? undefined
      : `person.csv 里这一户没有编号 ${cell}`
}

function past(today: string): Check {
  return (cell) =>
    isDay(cell) && cell <= today ? undefined : '要填日期，如 2025-06-01，不能晚于今天'
}

function filled(cell: string): string | undefined {
  return cell.trim() === '' ? '不能空' : undefined
}

function isDay(cell: string): boolean {
  return dayFromText(cell) !== null
}

function day(cell: string): string | undefined {
  return isDay(cell) ? undefined : '要填日期，如 2025-06-01'
}

function number(cell: string): string | undefined {
  return /^[1-9]\d{0,14}$/.test(cell) ? undefined : '要填正整数'
}

function oneOf(allowed: ReadonlySet<string>, message: string): Check {
  return (cell) => (allowed.has(cell) ? undefined : message)
}

function matching(pattern: RegExp, message: string): Check {
  return (cell) => (pattern.test(cell) ? undefined : message)
}

/** Notes what came; the second of the same is wrong. */
function first(seen: Set<string>, cell: string): string | undefined {
  if (seen.has(cell)) return twice
  seen.add(cell)
  return undefined
}

/** By the number a person is known again; it is never shown. */
function idNumber(cell: string): string | undefined {
  if (!/^\d{17}[\dX]$/.test(cell)) return '要填 18 位公民身份号码'
  return cell[17] === checkCharacter(cell.slice(0, 17)) ? undefined : '校验位不对'
}

function valueWrong(fact: Fact | undefined, cell: string, today: string): string | undefined {
  if (!fact) return undefined
  const written = fromJson(cell)
  if (written === undefined) return '要填 JSON：数字、true、false、null 或双引号里的文字'
  const checked = checkValue(fact, written, { today, money: 'fen' })
  return 'wrong' in checked ? checked.wrong : undefined
}

function shelfWrong(fact: Fact | undefined, cell: string, verified: string): string | undefined {
  if (!fact || !isDay(verified)) return undefined
  const until = shelfUntil(fact, verified) ?? ''
  return cell === until ? undefined : `应为 ${until || '空'}`
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
