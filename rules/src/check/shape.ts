import type { Problem } from '../pack.ts'
import { dayFromText } from '../days.ts'
import { decimalPlaces } from '../decimals.ts'

/** What a piece of plain data must look like. */
export type Shape =
  | Readonly<{ is: 'any' }>
  | Readonly<{ is: 'text' | 'boolean' | 'day' | 'id' | 'month-day' }>
  /** FEEL; a lone number or true needs no quotes. */
  | Readonly<{ is: 'expression' }>
  | Readonly<{ is: 'integer'; min: number; max: number }>
  | Readonly<{ is: 'decimal'; places: number; open?: boolean }>
  | Readonly<{ is: 'one-of'; of: readonly string[] }>
  | Readonly<{ is: 'list'; of: Shape; min?: number; exactly?: number }>
  | Readonly<{ is: 'map'; of: Shape }>
  | Readonly<{ is: 'record'; required: Shapes; optional: Shapes }>

/** Shapes by key. */
export type Shapes = Readonly<Record<string, Shape>>
/** Keys and places that lead from the top of a file to a piece of it. */
export type Path = readonly (string | number)[]

/** Collects problems of one file. */
export class Reporter {
  readonly file: string
  readonly problems: Problem[]

  constructor(file: string, problems: Problem[]) {
    this.file = file
    this.problems = problems
  }

  /** Whether something at or under a path was complained about. */
  has(path: Path): boolean {
    return this.problems.some(
      (p) => p.file === this.file && path.every((step, i) => p.path[i] === step),
    )
  }

  add(path: Path, code: string, message: string, offset?: number): void {
    this.problems.push({
      file: this.file,
      path,
      code,
      message,
      ...(offset === undefined ? {} : { offset }),
    })
  }
}

/** Text that says something. */
export const text: Shape = { is: 'text' }
/** A list of at least `min` things. */
export const list = (of: Shape, min?: number): Shape =>
  min === undefined ? { is: 'list', of } : { is: 'list', of, min }
/** A record of these keys and no other. */
export const record = (required: Shapes, optional: Shapes = {}): Shape => ({
  is: 'record',
  required,
  optional,
})

/** A checked copy of plain data, without what was wrong. `ok`: nothing required was lost. */
export type Checked = { value: unknown; ok: boolean }

/** Where each record of a checked copy stood in its file. */
export type Origins = WeakMap<object, Path>

/**
 * Compares plain data with a shape, reports every difference, and copies what is right.
 *
 * Records in lists that lack something required are left out of the copy, so that one mistake does
 * not hide or cause others; `origins` keeps the path of every record that stays.
 */
export function checkShape(
  value: unknown,
  shape: Shape,
  path: Path,
  report: Reporter,
  origins: Origins,
): Checked {
  switch (shape.is) {
    case 'any':
      return { value, ok: true }
    case 'list':
      return checkList(value, shape, path, report, origins)
    case 'map': {
      if (!isRecord(value)) return wrong(report, path, '这里应当是“键: 值”的形式')
      const entries = Object.entries(value).map(
        ([k, v]) => [k, checkShape(v, shape.of, [...path, k], report, origins)] as const,
      )
      return {
        value: Object.fromEntries(entries.filter(([, c]) => c.ok).map(([k, c]) => [k, c.value])),
        ok: true,
      }
    }
    case 'record':
      return checkRecord(value, shape, path, report, origins)
    case 'expression': {
      const lone = typeof value === 'number' || typeof value === 'boolean'
      return checkShape(lone ? String(value) : value, text, path, report, origins)
    }
    default: {
      const message = scalarProblem(value, shape)
      return message === null ? { value, ok: true } : wrong(report, path, message)
    }
  }
}

function wrong(report: Reporter, path: Path, message: string, code = 'pack.type'): Checked {
  report.add(path, code, message)
  return { value: undefined, ok: false }
}

type Scalar = Exclude<Shape, { is: 'any' | 'list' | 'map' | 'record' | 'expression' }>

function scalarProblem(value: unknown, shape: Scalar): string | null {
  switch (shape.is) {
    case 'text':
      return typeof value === 'string' && value.trim() !== '' ? null : '这里应当是文字'
    case 'boolean':
      return typeof value === 'boolean' ? null : '这里应当是 true 或 false'
    case 'day':
      return typeof value === 'string' && dayFromText(value) !== null
        ? null
        : `“${show(value)}”不是有效日期,应写成 2024-07-01 的样子`
    case 'month-day':
      return typeof value === 'string' && dayFromText(`2023-${value}`) !== null
        ? null
        : `“${show(value)}”不是月日,应写成 "07-01"(加引号)`
    case 'id':
      return typeof value === 'string' && /^[a-z][a-z0-9]*([_-][a-z0-9]+)*$/.test(value)
        ? null
        : `“${show(value)}”不能作编号:只用小写字母、数字、连字符或下划线,以字母开头`
    case 'one-of':
      return typeof value === 'string' && shape.of.includes(value)
        ? null
        : `“${show(value)}”不在可用的写法之内,应为 ${shape.of.join('、')} 之一`
    case 'integer':
      return Number.isInteger(value) && Number(value) >= shape.min && Number(value) <= shape.max
        ? null
        : `这里应当是 ${shape.min} 到 ${shape.max} 之间的整数`
    case 'decimal':
      return decimalProblem(value, shape.places, shape.open ?? false)
  }
}

function decimalProblem(value: unknown, places: number, open: boolean): string | null {
  if (open && value === null) return null
  if (typeof value !== 'number' && typeof value !== 'string') return '这里应当是数字'
  const found = decimalPlaces(value)
  if (found === null) return `“${show(value)}”不是数字(只写数字,不写单位和千分位逗号)`
  if (found > places)
    return places === 0 ? `${show(value)} 应当是整数` : `${show(value)} 的小数不能超过 ${places} 位`
  return null
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '空')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function checkList(
  value: unknown,
  shape: Extract<Shape, { is: 'list' }>,
  path: Path,
  report: Reporter,
  origins: Origins,
): Checked {
  if (!Array.isArray(value)) return wrong(report, path, '这里应当是列表')
  if (shape.exactly !== undefined && value.length !== shape.exactly) {
    return wrong(report, path, `这里应当恰好有 ${shape.exactly} 项`)
  }
  if (shape.min !== undefined && value.length < shape.min)
    return wrong(report, path, `这里至少要有 ${shape.min} 项`)
  const items = value.map((v, i) => checkShape(v, shape.of, [...path, i], report, origins))
  return { value: items.filter((c) => c.ok).map((c) => c.value), ok: true }
}

/** What a required key is for, in words. */
const MEANT: Readonly<Record<string, string>> = {
  amount: '(发多少;由街镇核定的写 {kind: official})',
  category: '(类别)',
  clause: '(依据条款;没有查到的写 {document: 条款待核})',
  computes: '(计算到哪一步:full、eligibility 或 guidance)',
  conditions: '(条件)',
  entity: '(属于个人 person 还是家庭 household)',
  expr: '(表达式)',
  from: '(从哪一天起)',
  id: '(编号)',
  name: '(名称)',
  target: '(按个人 person 还是按家庭 household)',
  text: '(条件的文字)',
  type: '(类型)',
  value: '(数值)',
}

function checkRecord(
  value: unknown,
  shape: Extract<Shape, { is: 'record' }>,
  path: Path,
  report: Reporter,
  origins: Origins,
): Checked {
  if (!isRecord(value)) return wrong(report, path, '这里应当是“键: 值”的形式')
  let ok = true
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(shape.required)) {
    if (value[key] === undefined)
      ok = wrong(report, path, `缺少必填的“${key}”${MEANT[key] ?? ''}`, 'pack.missing-key').ok
  }
  for (const [key, v] of Object.entries(value)) {
    const of = shape.required[key] ?? shape.optional[key]
    if (v === undefined) continue
    if (!of) {
      const near = nearest(key, [...Object.keys(shape.required), ...Object.keys(shape.optional)])
      wrong(
        report,
        [...path, key],
        `不认识的键“${key}”${near ? `,是不是“${near}”?` : ''}`,
        'pack.unknown-key',
      )
      continue
    }
    const checked = checkShape(v, of, [...path, key], report, origins)
    if (checked.ok) copy[key] = checked.value
    else if (shape.required[key]) ok = false
  }
  origins.set(copy, path)
  return { value: copy, ok }
}

/** The candidate closest to a mistyped word, or null where none is close. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  let best: string | null = null
  let least = Math.max(1, Math.floor(word.length / 2)) + 0.5
  for (const candidate of candidates) {
    const d = distance(word, candidate)
    if (d < least) [best, least] = [candidate, d]
  }
  return best
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same))
    }
    row = next
  }
  return row[b.length] ?? 0
}
