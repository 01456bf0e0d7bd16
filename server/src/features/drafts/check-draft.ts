import { type Pack, unproven } from '@qiao/rules'
import { YAMLParseError } from 'yaml'
import { proofsFrom } from '../policies/case-proofs.ts'
import { type CaseFiles, casesFrom, type CasesOfProgramme } from '../policies/case-files.ts'
import { answerByDay, differences, type ExampleHouseholds } from '../policies/cases.ts'
import { type PackFiles, type PackProblem, packOf, placed } from '../policies/pack-files.ts'
import { readYaml } from '../policies/read-yaml.ts'

/** A pack to be checked, with the cases of these programmes, or all and what they must prove. */
export type CheckWish = Readonly<{
  files: PackFiles
  cases: CaseFiles
  programmes: readonly string[] | 'all'
  /** What the draft changes: a case that no longer holds there is not the draft's to answer for. */
  before: Readonly<{ files: PackFiles; cases: CaseFiles }>
}>

/** A sentence about the law, and how the engine's answer differs from it; empty where it holds. */
type CaseOutcome = Readonly<{
  programme: string
  case: string
  on: string
  differences: string[]
  /** The same case differs without the draft, too: a figure that was entered has outdated it. */
  differedBefore: boolean
}>

export type Checked = Readonly<{
  /** The pack cannot be read: nothing of it would be used. */
  problems: PackProblem[]
  /** It can be read, but still owes this before it may be published. */
  owed: PackProblem[]
  cases: CaseOutcome[]
  /** What cases fail to show, as sentences; only where all were asked for. */
  unproven: string[]
}>

/** The same as `qiao policy check`, for files that lie nowhere yet. */
export function checkDraft({ files, cases, programmes, before }: CheckWish): Checked {
  const pack = packOf(files)
  const broken = brokenCases(cases)
  if ('problems' in pack)
    return { problems: [...pack.problems, ...broken], owed: [], cases: [], unproven: [] }
  if (broken.length > 0) return { problems: broken, owed: [], cases: [], unproven: [] }
  const owed = unproven(pack).map((problem) => placed(problem, files[problem.file] ?? ''))
  const read = casesFrom(cases)
  const { examples, programmes: all } = read
  const asked = programmes === 'all' ? all : all.filter((one) => programmes.includes(one.programme))
  const outcomes = withBefore(outcomesOf(pack, asked, examples), before)
  const failing = outcomes.some((one) => one.differences.length > 0)
  return {
    problems: [],
    owed,
    cases: outcomes,
    unproven: programmes === 'all' && !failing ? [...proofsFrom(pack, read).problems] : [],
  }
}

/** Marks the cases that differ without the draft as well, in the same words. */
function withBefore(outcomes: CaseOutcome[], { files, cases }: CheckWish['before']): CaseOutcome[] {
  const failing = outcomes.filter(({ differences: found }) => found.length > 0)
  if (failing.length === 0) return outcomes
  const pack = packOf(files)
  if ('problems' in pack) return outcomes
  const { examples, programmes } = casesFrom(cases)
  const concerned = new Set(failing.map(({ programme }) => programme))
  const key = ({ programme, case: sentence, on }: CaseOutcome) => `${programme} ${on} ${sentence}`
  const differing = new Set(
    outcomesOf(
      pack,
      programmes.filter(({ programme }) => concerned.has(programme)),
      examples,
    )
      .filter(({ differences: found }) => found.length > 0)
      .map(key),
  )
  return outcomes.map((one) => ({ ...one, differedBefore: differing.has(key(one)) }))
}

function outcomesOf(
  pack: Pack,
  programmes: readonly CasesOfProgramme[],
  examples: ExampleHouseholds,
): CaseOutcome[] {
  answerByDay(
    pack,
    programmes.flatMap(({ cases }) => cases),
    examples,
  )
  return programmes.flatMap(({ programme, cases }) =>
    cases.map((one) => ({
      programme,
      case: one.case,
      on: one.on instanceof Date ? one.on.toISOString().slice(0, 10) : String(one.on),
      differences: tried(() => differences(pack, one, examples)),
      differedBefore: false,
    })),
  )
}

/** A case that cannot be understood does not hold, and says why. */
function tried(work: () => string[]): string[] {
  try {
    return work()
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

/** Files of cases whose YAML is broken, or which are no list of sentences. */
function brokenCases(cases: CaseFiles): PackProblem[] {
  return Object.entries(cases).flatMap(([file, text]) => {
    try {
      if (file.endsWith('/households.yaml') || isListOfCases(readYaml(text))) return []
      return [{ file, line: 1, column: 1, message: '每个例子要有 case、on 和 expect' }]
    } catch (error) {
      const place = error instanceof YAMLParseError ? error.linePos?.[0] : undefined
      const { line = 1, col: column = 1 } = place ?? {}
      return [{ file, line, column, message: '这个文件的格式不对，读不通' }]
    }
  })
}

function isListOfCases(data: unknown): boolean {
  if (data === null || data === undefined) return true
  const isCase = (one: unknown) =>
    typeof one === 'object' &&
    one !== null &&
    ('uncovered' in one || ('case' in one && hasExpect(one)))
  return Array.isArray(data) && data.every(isCase)
}

function hasExpect(one: object): boolean {
  return 'expect' in one && Array.isArray(one.expect)
}
