import { isMap, isScalar, isSeq, parseDocument } from 'yaml'

/** The same options as the server's, so that nothing but the change differs. */
const asWritten = { lineWidth: 0, flowCollectionPadding: false } as const

export type YamlPath = readonly (string | number)[]

export interface RowForm {
  from: string
  to?: string
  value: number
  document?: string
  note?: string
}

export interface ParameterForm {
  id: string
  name: string
  type: string
  unit: string | undefined
  range: readonly [number | null, number | null]
  rows: RowForm[]
  pending: string[]
  path: YamlPath
}

export interface ExpressionForm {
  /** Where the text of the expression stands. */
  path: YamlPath
  kind: 'condition' | 'amount' | 'term'
  title: string
  group: string
  expr: string
  /** Where its words stand, for those that have them. */
  textPath?: YamlPath
}

export interface ProgrammeForm {
  parameters: ParameterForm[]
  expressions: ExpressionForm[]
}

type Plain = Record<string, unknown>
const listOf = (value: unknown): Plain[] => (Array.isArray(value) ? (value as Plain[]) : [])
const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

/** What a programme's file holds for the form; null where it cannot be read. */
export function readProgramme(text: string): ProgrammeForm | null {
  const document = parseDocument(text)
  if (document.errors.length > 0 || !isMap(document.contents)) return null
  const data = document.toJS() as Plain
  const tiers = listOf(data['tiers'])
  return {
    parameters: listOf(data['parameters']).map((one, i) => parameterOf(one, ['parameters', i])),
    expressions: [
      ...conditionsOf(data['conditions'], ['conditions'], ''),
      ...tiers.flatMap((tier, i) => [
        ...conditionsOf(tier['conditions'], ['tiers', i, 'conditions'], textOf(tier['name'])),
        ...amountOf(tier, ['tiers', i, 'amount']),
      ]),
      ...listOf(data['terms']).map(
        (term, i): ExpressionForm => ({
          path: ['terms', i, 'expr'],
          kind: 'term',
          title: textOf(term['name']),
          group: '',
          expr: textOf(term['expr']),
        }),
      ),
    ].filter(({ expr }) => expr !== ''),
  }
}

function parameterOf(one: Plain, path: YamlPath): ParameterForm {
  const range = Array.isArray(one['range']) ? one['range'] : [null, null]
  return {
    id: textOf(one['id']),
    name: textOf(one['name']),
    type: textOf(one['type']),
    unit: one['unit'] === undefined ? undefined : textOf(one['unit']),
    range: [range[0] as number | null, range[1] as number | null],
    rows: listOf(one['rows']).map((row) => ({
      from: textOf(row['from']),
      ...(row['to'] === undefined ? {} : { to: textOf(row['to']) }),
      value: Number(row['value']),
      document: textOf(row['document']),
      note: textOf(row['note']),
    })),
    pending: listOf(one['pending']).map((row) => textOf(row['from'])),
    path,
  }
}

function conditionsOf(list: unknown, path: YamlPath, group: string): ExpressionForm[] {
  return listOf(list).map((one, i) => ({
    path: [...path, i, 'expr'],
    textPath: [...path, i, 'text'],
    kind: 'condition',
    title: textOf(one['text']),
    group,
    expr: textOf(one['expr']),
  }))
}

function amountOf(tier: Plain, path: YamlPath): ExpressionForm[] {
  const amount = tier['amount'] as Plain | undefined
  if (amount?.['expr'] === undefined) return []
  const group = textOf(tier['name'])
  return [
    {
      path: [...path, 'expr'],
      textPath: [...path, 'text'],
      kind: 'amount' as const,
      title: textOf(amount['text']),
      group,
      expr: textOf(amount['expr']),
    },
  ]
}

/** The text with one value written in its place; nothing else changes. */
export function withValue(text: string, path: YamlPath, value: string | number | null): string {
  const document = parseDocument(text)
  if (value === null) document.deleteIn(path)
  else document.setIn(path, value)
  return document.toString(asWritten)
}

/** The text with a figure in its place by day; what was awaited for that day no longer is. */
export function withRow(
  text: string,
  { path, rows, pending }: ParameterForm,
  row: RowForm,
): string {
  const document = parseDocument(text)
  const node = document.createNode(row)
  node.flow = true
  const list = document.getIn([...path, 'rows'])
  if (isSeq(list)) list.items.splice(rows.filter(({ from }) => from < row.from).length, 0, node)
  else document.setIn([...path, 'rows'], [node])
  const awaited = pending.indexOf(row.from)
  if (awaited >= 0)
    document.deleteIn(pending.length === 1 ? [...path, 'pending'] : [...path, 'pending', awaited])
  return document.toString(asWritten)
}

/** Where a value's own characters begin and end in the text; undefined where there is none. */
export function placeOf(text: string, path: YamlPath): { from: number; to: number } | undefined {
  const node: unknown = parseDocument(text).getIn(path, true)
  if (!isScalar(node) || !node.range) return undefined
  const quoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE' ? 1 : 0
  return { from: node.range[0] + quoted, to: node.range[1] }
}
