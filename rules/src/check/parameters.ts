import type { Names } from './names.ts'
import type { Origins, Path, Reporter } from './shape.ts'
import { decimalPlaces, scaled } from '../decimals.ts'
import { OPEN_END } from '../ir.ts'
import type { Decimal, Parameter } from '../pack.ts'

type Context = Readonly<{ names: Names; report: Reporter; origins: Origins }>

const PLACES = { money: 2, integer: 0, number: 4 } as const
const WORDS = { money: '金额', integer: '数值', number: '数字' } as const

/** Checks one parameter: names, range, rows ascending and apart, values of the type and in the range. */
export function checkParameter(p: Parameter, { names, report, origins }: Context): void {
  const path = origins.get(p) ?? []
  names.add(p.id, { kind: 'parameter', id: p.id }, [...path, 'id'], report)
  names.add(p.name, { kind: 'parameter', id: p.id }, [...path, 'name'], report)
  const [lo, hi] = p.range
  if (lo !== null && hi !== null && scaled(lo, 4) > scaled(hi, 4))
    report.add([...path, 'range'], 'pack.range', '范围的最小值大于最大值')
  p.rows.forEach((row, i) => {
    const at = origins.get(row) ?? path
    checkValue(p, row.value, [...at, 'value'], report)
    if (row.to !== undefined && row.to < row.from)
      report.add([...at, 'to'], 'pack.rows', `这一行的止日 ${row.to} 早于起日 ${row.from}`)
    const before = p.rows[i - 1]
    if (!before) return
    if (row.from <= before.from) {
      report.add(
        [...at, 'from'],
        'pack.rows',
        `各行应按起日由早到晚排列,${row.from} 不晚于上一行的 ${before.from}`,
      )
    } else if (before.to !== undefined && before.to >= row.from) {
      report.add(
        [...at, 'from'],
        'pack.rows',
        `与上一行的日期重叠:上一行到 ${before.to} 为止,这一行从 ${row.from} 起`,
      )
    }
  })
}

function checkValue(p: Parameter, value: Decimal, at: Path, report: Reporter): void {
  const places = decimalPlaces(value) ?? 0
  if (places > PLACES[p.type]) {
    const most = PLACES[p.type] === 0 ? '应当是整数' : `的小数不能超过 ${PLACES[p.type]} 位`
    report.add(at, 'pack.type', `${WORDS[p.type]}“${value}”${most}`)
    return
  }
  const [lo, hi] = p.range
  const n = scaled(value, 4)
  if ((lo !== null && n < scaled(lo, 4)) || (hi !== null && n > scaled(hi, 4))) {
    report.add(at, 'pack.range', `${value} 不在声明的范围 [${lo ?? '不限'}, ${hi ?? '不限'}] 之内`)
  } else if (Math.abs(scaled(value, 2)) > OPEN_END) report.add(at, 'pack.range', `${value} 太大`)
}
