import { join } from 'node:path'
import { builtins } from '../rules/src/feel/evaluation/functions/builtins.ts'
import { simpleTypes } from '../rules/src/feel/evaluation/types.ts'
import {
  builtTypeExamples,
  formContext,
  forms,
  openExamples,
  operators,
  typeExamples,
} from './feel/forms.ts'
import { functionTables } from './feel/functions.ts'
import { accepted, rejected } from './feel/policy-examples.ts'
import { askPolicy, exampleDay, inPolicy, takenInPolicies } from './feel/policies.ts'
import { type Sentence, sentencesIn } from './feel/sentences.ts'
import { answerTo, code, kindsIn, prose, table } from './feel/shown.ts'

/**
 * docs/reference/feel.md: what of FEEL is understood. Every answer in it is the engine's; an example
 * that no longer shows what it stands for stops the generator.
 */
export function feelReference(root: string): string {
  const feel = join(root, 'rules/src/feel')
  const all = sentencesIn(feel)
  const unread = all.filter((one) => one.code !== '')
  const unevaluated = all.filter((one) => one.code === '')
  return `# FEEL 表达式

给写政策的人。政策的条件、金额和计算项都是 FEEL 表达式（DMN 标准里的表达式语言）。\`qiao feel\` 可以单独试一个表达式，
懂的比政策里能写的多；两者不同之处，下面逐项写明。由引擎的代码生成，例子的答案都是引擎当时给出的，例子里的数只是举例。

## 写法

“在政策里”是把例子当作一个家庭的条件来读的结果。

${table(['写法', '例', '答', '在政策里'], formRows())}

## 运算符

${table(['运算符', '例', '答'], operatorRows())}

\`and\`、\`or\`、\`between\`、\`in\` 和 \`if\` 见上表，\`not(…)\` 是函数。数字是十进制小数，\`0.1 + 0.2\` 就是 \`0.3\`。

## 类型

${table(['类型', '例', '答', '是这个类型'], typeRows())}

别的类型由这些做成，写在 \`instance of\` 之后：

${table(['例', '答'], evaluatedRows(builtTypeExamples))}

JSON 里没有的类型写成带标记的一项，给值和答案都一样，如 \`{"@date": "2025-06-01"}\`、\`{"@duration": "P1M"}\`。

## 不知道、没有、没有答案

没有给出的名称是“不知道”，不是 \`null\`。不管它是什么答案都一样时才有答案。算不出的是 \`null\`。

${table(['例', '已知', '答'], openRows())}

## 函数

问号是可以不写的参数，省略号是可以再写几个。“政策”一栏写明哪些函数能用在政策里。参数也可以写出名称，如
\`substring(string: "徐汇区", start position: 2)\`；政策里只能按顺序写。

${functionTables()}

## 政策里能写什么

下面是同一个虚构的三口之家在 ${exampleDay} 的答案；个人的条件依次是三名成员的答案。\`members\` 也可以写“成员”，
\`household\` 也可以写“家庭”，\`on\` 也可以写“基准日”。成员筛选和成员条件只用于 \`members\`，不能一层套一层。
\`status("编号")\` 读登记的身份，\`match("编号")\` 是按规则得出的是否符合，这两个不是 FEEL 的函数。

${table(['做什么', '写在', '例', '答'], acceptedRows())}

## 政策里不能写什么

${table(['什么', '写在', '例', '怎么说'], rejected.map(rejectedRow))}

## 所有说明

省略号代表随表达式而变的部分。

### 读不懂

${sentenceTable(unread)}

### 求值时拒绝

这些只出现在 \`qiao feel\`。DMN 没有规定、各家读法不同的地方，说明原因，不猜。

${table(
  ['说明'],
  unevaluated.map(({ text }) => [prose(text)]),
)}

### 政策里拒绝

${sentenceTable(sentencesIn(join(root, 'rules/src/lower')))}
`
}

function formRows(): string[][] {
  return Object.entries(forms).map(([kind, { what, example, inPolicy: asked }]) => {
    for (const text of [example, asked])
      if (!([...kindsIn(text, formContext)] as string[]).includes(kind))
        throw new Error(`${text} holds no ${kind}`)
    return [what, code(example), answerTo(example, formContext), inPolicy(asked)]
  })
}

function operatorRows(): string[][] {
  return Object.entries(operators).map(([op, example]) => {
    if (!example.includes(` ${op} `)) throw new Error(`${example} holds no ${op}`)
    return [code(op), code(example), answerTo(example)]
  })
}

function typeRows(): string[][] {
  return [...simpleTypes].map((type) => {
    const example = typeExamples[type]
    if (example === undefined) throw new Error(`no example of the type ${type}`)
    const test = `${example} instance of ${type}`
    return [code(type), code(example), answerTo(example), answerTo(test)]
  })
}

function evaluatedRows(examples: readonly string[]): string[][] {
  return examples.map((example) => [code(example), answerTo(example)])
}

function openRows(): string[][] {
  return openExamples.map(([example, context]) => [
    code(example),
    code(JSON.stringify(context)),
    answerTo(example, context),
  ])
}

const places = {
  household: { condition: '家庭的条件', amount: '家庭的金额' },
  person: { condition: '个人的条件', amount: '个人的金额' },
} as const

/** Every function that the lowering knows or names must be shown in a policy. */
function acceptedRows(): string[][] {
  const unknown = askPolicy('none(1)', { of: 'household', as: 'condition' })
  const [, named = ''] = 'refused' in unknown ? (unknown.refused[0]?.split('可用的有 ') ?? []) : []
  const known = [...named.split('、'), ...Object.keys(builtins).filter(takenInPolicies)]
  for (const name of known)
    if (!accepted.some(([, expr]) => expr.includes(`${name}(`)))
      throw new Error(`no example of ${name} in a policy`)
  return accepted.map(acceptedRow)
}

function acceptedRow([what, expr, place]: (typeof accepted)[number]): string[] {
  const answer = askPolicy(expr, place)
  if ('refused' in answer) throw new Error(`a policy refuses ${expr}: ${answer.refused.join()}`)
  return [what, places[place.of][place.as], code(expr), answer.result]
}

function rejectedRow([what, expr, place]: (typeof rejected)[number]): string[] {
  const answer = askPolicy(expr, place)
  if ('result' in answer) throw new Error(`a policy takes ${expr}`)
  return [what, places[place.of][place.as], code(expr), prose(answer.refused.join('；'))]
}

function sentenceTable(sentences: readonly Sentence[]): string {
  return table(
    ['代码', '说明'],
    sentences.map(({ code: of, text }) => [of === '' ? '' : code(of), prose(text)]),
  )
}
