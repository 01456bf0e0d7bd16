import { aggregateFunctions } from '../../rules/src/feel/evaluation/functions/aggregates.ts'
import { builtins } from '../../rules/src/feel/evaluation/functions/builtins.ts'
import { contextFunctions } from '../../rules/src/feel/evaluation/functions/contexts.ts'
import { conversionFunctions } from '../../rules/src/feel/evaluation/functions/conversions.ts'
import { dateFunctions } from '../../rules/src/feel/evaluation/functions/dates.ts'
import { listFunctions } from '../../rules/src/feel/evaluation/functions/lists.ts'
import { numberFunctions } from '../../rules/src/feel/evaluation/functions/numbers.ts'
import { rangeFunctions } from '../../rules/src/feel/evaluation/functions/ranges.ts'
import type { Functions, Signature } from '../../rules/src/feel/evaluation/functions/signature.ts'
import { stringFunctions } from '../../rules/src/feel/evaluation/functions/strings.ts'
import { functionExamples } from './function-examples.ts'
import { takenInPolicies } from './policies.ts'
import { answerTo, code, table } from './shown.ts'

const groups: readonly (readonly [string, Functions])[] = [
  ['数字', numberFunctions],
  ['汇总', aggregateFunctions],
  ['列表', listFunctions],
  ['文字', stringFunctions],
  ['有名称的值', contextFunctions],
  ['日期、时刻、时长', dateFunctions],
  ['转换', conversionFunctions],
  ['范围', rangeFunctions],
]

/** A table of every group of built-in functions. Throws where a function has no group or no example. */
export function functionTables(): string {
  const grouped = groups.flatMap(([, functions]) => Object.keys(functions))
  const lost = Object.keys(builtins).filter((name) => !grouped.includes(name))
  if (lost.length > 0) throw new Error(`no group has the functions ${lost.join(', ')}`)
  const extra = Object.keys(functionExamples).filter((name) => !grouped.includes(name))
  if (extra.length > 0) throw new Error(`examples of no function: ${extra.join(', ')}`)
  return groups.map(groupTable).join('\n\n')
}

function groupTable([title, functions]: readonly [string, Functions]): string {
  const rows = Object.entries(functions).map(([name, signatures]) => {
    const [meaning, example] = functionExamples[name] ?? []
    if (meaning === undefined || example === undefined) throw new Error(`no example of ${name}`)
    return [
      signatures.map((one) => code(written(name, one))).join('<br>'),
      meaning,
      code(example),
      answerTo(example),
      takenInPolicies(name) ? '可用' : '',
    ]
  })
  return `### ${title}\n\n${table(['函数', '结果', '例', '答', '政策'], rows)}`
}

function written(name: string, { parameters, rest }: Signature): string {
  const each = parameters.map((one) => `${one.name}${one.optional ? '?' : ''}: ${one.type}`)
  return `${name}(${[...each, ...(rest ? ['…'] : [])].join(', ')})`
}
