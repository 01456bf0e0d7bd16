import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import type { FieldProblem } from '../../platform/http/problem.ts'
import type { PackFiles, PackProblem } from '../policies/pack-files.ts'

/** One rule of a programme as the law has it today. */
export type Rule = Readonly<{
  /** Where it stands in its programme, by ids: `terms/X`, `conditions/C`, `amount`, `tiers/T/…`. */
  id: string
  kind: 'term' | 'condition' | 'amount'
  text: string
  /** FEEL */
  expr: string
}>

/** A rule with other FEEL in place of today's. */
export type RuleChange = Readonly<{ programme: string; id: string; expr: string }>

/** Rules changed at a time, and characters of one. */
export const [mostRules, longestRule] = [8, 4000]

/** Every rule of a programme that FEEL decides, in the order of its file; none where it is unknown. */
export function rulesOf(files: PackFiles, programme: string): Rule[] {
  const text = files[fileOf(programme)]
  return text === undefined ? [] : placesOf(parseDocument(text)).map(({ rule }) => rule)
}

/**
 * The files with the changed rules written into them; everything else stays to the letter.
 *
 * @returns field problems for rules that there are not
 */
export function withRules(
  files: PackFiles,
  rules: readonly RuleChange[],
): { files: PackFiles } | { problems: FieldProblem[] } {
  const problems = rules.flatMap(({ programme, id }, i): FieldProblem[] => {
    const path = `/body/rules/${i}/id`
    if (rules.findIndex((one) => one.id === id && one.programme === programme) !== i)
      return [{ path, message: '这条规则改了两次' }]
    const isThere = rulesOf(files, programme).some((rule) => rule.id === id)
    return isThere ? [] : [{ path, message: '没有这条规则' }]
  })
  if (problems.length > 0) return { problems }
  const made = { ...files }
  for (const { programme, id, expr } of rules) {
    const file = fileOf(programme)
    const text = made[file] ?? ''
    const [from, to] = rangeOf(text, id)
    made[file] = text.slice(0, from) + JSON.stringify(expr) + text.slice(to)
  }
  return { files: made }
}

/** A problem of a rule, and at which of its characters; elsewhere there is no such place. */
export type RuleProblem = FieldProblem & Readonly<{ from?: number }>

/** Problems of changed files, told at the rule they lie in with its own line and column, else by file. */
export function problemsOfRules(
  files: PackFiles,
  rules: readonly RuleChange[],
  problems: readonly PackProblem[],
): RuleProblem[] {
  return problems.map((problem) => {
    const { file, line, column, message } = problem
    const own = rules.findIndex((rule) => file === fileOf(rule.programme) && isIn(rule))
    if (own < 0) return { path: `${file}:${line}:${column}`, message }
    const [from] = rangeOf(files[file] ?? '', rules[own]?.id ?? '')
    const before = (rules[own]?.expr ?? '').slice(0, Math.max(0, placeOf(problem) - from - 1))
    const lines = before.split('\n')
    const at = `第 ${lines.length} 行第 ${(lines.at(-1)?.length ?? 0) + 1} 个字`
    return {
      path: `/body/rules/${own}/expr`,
      message: `${at}：${message}`,
      from: before.length,
    }
    function isIn({ id }: RuleChange): boolean {
      const [start, end] = rangeOf(files[file] ?? '', id)
      const place = placeOf(problem)
      return place >= start && place < end
    }
  })
  function placeOf({ file, line, column }: PackProblem): number {
    const counter = new LineCounter()
    parseDocument(files[file] ?? '', { lineCounter: counter })
    return (counter.lineStarts[line - 1] ?? 0) + column - 1
  }
}

function fileOf(programme: string): string {
  return `programmes/${programme}.yaml`
}

function rangeOf(text: string, id: string): [number, number] {
  const place = placesOf(parseDocument(text)).find(({ rule }) => rule.id === id)
  return place?.range ?? [0, 0]
}

type Place = Readonly<{ rule: Rule; range: [number, number] }>

function placesOf(document: Document.Parsed): Place[] {
  const made: Place[] = []
  const add = (path: readonly (string | number)[], id: string, kind: Rule['kind']) => {
    const node = document.getIn([...path, 'expr'], true)
    if (!isScalar(node) || typeof node.value !== 'string' || !node.range) return
    const text = document.getIn([...path, 'text'])
    const rule = {
      id,
      kind,
      text: typeof text === 'string' ? text : id,
      expr: node.value.trimEnd(),
    }
    made.push({ rule, range: [node.range[0], node.range[1]] })
  }
  const each = (path: readonly (string | number)[], under: string, kind: Rule['kind']) => {
    for (const [i, id] of idsIn(document, path).entries()) add([...path, i], `${under}/${id}`, kind)
  }
  each(['terms'], 'terms', 'term')
  each(['conditions'], 'conditions', 'condition')
  add(['amount'], 'amount', 'amount')
  for (const [i, id] of idsIn(document, ['tiers']).entries()) {
    each(['tiers', i, 'conditions'], `tiers/${id}/conditions`, 'condition')
    add(['tiers', i, 'amount'], `tiers/${id}/amount`, 'amount')
  }
  return made
}

function idsIn(document: Document.Parsed, path: readonly (string | number)[]): string[] {
  const list = document.getIn(path, true)
  if (!isSeq(list)) return []
  return list.items.map((item) => (isMap(item) ? String(item.get('id')) : ''))
}
