import type { Names } from './names.ts'
import type { Origins, Path, Reporter } from './shape.ts'
import { nearest } from './shape.ts'
import { dayFromText } from '../days.ts'
import { decimalPlaces, scaled } from '../decimals.ts'
import type { Fact } from '../pack.ts'

type Context = Readonly<{
  names: Names
  report: Reporter
  origins: Origins
  programmes: readonly string[]
}>

/** Checks what one fact declares against the others: names, range, codes, derivation, status. */
export function checkFacts(
  facts: readonly Fact[],
  { names, report, origins, programmes }: Context,
): void {
  for (const fact of facts) {
    const path = origins.get(fact) ?? []
    names.add(fact.id, { kind: 'fact', id: fact.id }, [...path, 'id'], report)
    names.add(fact.name, { kind: 'fact', id: fact.id }, [...path, 'name'], report)
    if (facts.find((f) => f.id === fact.id) !== fact)
      report.add([...path, 'id'], 'pack.duplicate-name', `事实编号“${fact.id}”重复`)
    checkRange(fact, path, report)
    checkCodes(fact, path, report, origins)
    checkDerive(fact, facts, path, report)
    checkStatus(fact, programmes, path, report)
    checkConsent(fact, facts, path, report)
  }
}

const PLACES = { money: 2, integer: 0, number: 4 } as const

function checkRange(fact: Fact, path: Path, report: Reporter): void {
  const { range, type } = fact
  if (range === undefined) return
  const at = [...path, 'range']
  if (type === 'code' || type === 'boolean')
    return report.add(at, 'pack.range', '代码和是否类事实没有范围')
  if (range.length !== 2)
    return report.add(at, 'pack.range', '范围要写成 [最小, 最大],没有界限的一端写 null')
  const numbers = range.map((v) => {
    if (v === null) return null
    if (type === 'date') return dayFromText(String(v)) ?? Number.NaN
    const places = decimalPlaces(v)
    return places === null || places > PLACES[type] ? Number.NaN : scaled(v, 4)
  })
  if (numbers.some((n) => Number.isNaN(n)))
    return report.add(
      at,
      'pack.range',
      type === 'date' ? '日期的范围要写有效日期' : '范围要写数字,小数位数与类型相符',
    )
  const [lo = null, hi = null] = numbers
  if (lo !== null && hi !== null && lo > hi) report.add(at, 'pack.range', '范围的最小值大于最大值')
}

function checkCodes(fact: Fact, path: Path, report: Reporter, origins: Origins): void {
  if (fact.type !== 'code') {
    if (fact.codes) report.add([...path, 'codes'], 'pack.codes', '只有 type: code 的事实才有 codes')
    return
  }
  if (!fact.codes)
    return report.add(path, 'pack.missing-key', '缺少必填的“codes”(type: code 要列出取值)')
  const seen = new Set<string>()
  for (const c of fact.codes) {
    for (const word of new Set([c.code, c.name])) {
      if (seen.has(word)) report.add(origins.get(c) ?? path, 'pack.codes', `取值“${word}”重复`)
      seen.add(word)
    }
  }
}

function checkDerive(fact: Fact, facts: readonly Fact[], path: Path, report: Reporter): void {
  if (!fact.derive) return
  const at = [...path, 'derive', 'ageOf']
  const source = facts.find((f) => f.id === fact.derive?.ageOf)
  if (!source) {
    const near = nearest(
      fact.derive.ageOf,
      facts.map((f) => f.id),
    )
    report.add(
      at,
      'pack.derive',
      `没有编号为“${fact.derive.ageOf}”的事实${near ? `,是不是“${near}”?` : ''}`,
    )
  } else if (source.type !== 'date' || source.entity !== fact.entity || source.derive) {
    report.add(at, 'pack.derive', 'ageOf 要指向同一对象(个人或家庭)的日期事实')
  }
  if (fact.type !== 'integer')
    report.add([...path, 'type'], 'pack.derive', '由出生日期推算的年龄应当是 integer')
}

function checkStatus(
  fact: Fact,
  programmes: readonly string[],
  path: Path,
  report: Reporter,
): void {
  if (fact.kind !== 'status') {
    if (fact.programme !== undefined)
      report.add([...path, 'programme'], 'pack.status', '只有 kind: status 的事实才写 programme')
    return
  }
  if (fact.programme === undefined)
    return report.add(
      path,
      'pack.missing-key',
      '缺少必填的“programme”(kind: status 要写是哪项政策)',
    )
  if (!programmes.includes(fact.programme)) {
    const near = nearest(fact.programme, programmes)
    report.add(
      [...path, 'programme'],
      'pack.unknown-programme',
      `没有编号为“${fact.programme}”的政策${near ? `,是不是“${near}”?` : ''}`,
    )
  }
  if (fact.type !== 'boolean')
    report.add([...path, 'type'], 'pack.status', '身份事实(kind: status)应当是 boolean')
}

function checkConsent(fact: Fact, facts: readonly Fact[], path: Path, report: Reporter): void {
  if (fact.consent === undefined) return
  const consent = facts.find((f) => f.id === fact.consent)
  if (consent?.type === 'boolean' && consent.entity === fact.entity && !consent.consent) return
  report.add(
    [...path, 'consent'],
    'pack.consent',
    'consent 要指向同一对象(个人或家庭)的是否类事实,说明有关的人是否同意',
  )
}
