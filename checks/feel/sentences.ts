import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** A sentence with which the engine refuses an expression; `…` stands for what differs. */
export type Sentence = Readonly<{ code: string; text: string }>

/** Every sentence of refusal in the source files of a folder of the engine, each once. */
export function sentencesIn(folder: string): Sentence[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort()
  const found = files.flatMap((file) => sentencesOf(join(folder, file)))
  const once = new Map(found.map((one) => [`${one.code} ${one.text}`, one]))
  return [...once.values()]
}

function sentencesOf(path: string): Sentence[] {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
  const found: Sentence[] = []
  const visit = (node: ts.Node): void => {
    const said = spoken(node)
    if (said) {
      const texts = textsOf(said.message, file)
      if (texts.length === 0 && !isCaught(said.message))
        throw new Error(`${path}: cannot tell what ${said.message.getText()} says`)
      const [code = ''] = said.code ? textsOf(said.code, file) : []
      found.push(...texts.map((text) => ({ code, text })))
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

type Spoken = Readonly<{ code: ts.Expression | null; message: ts.Expression }>

/** The message of a refusal, where the node is one. */
function spoken(node: ts.Node): Spoken | null {
  if (ts.isCallExpression(node)) return spokenByCall(node)
  if (ts.isNewExpression(node) && node.expression.getText() === 'TooLarge')
    return asSpoken(ts.factory.createStringLiteral('feel.too-large'), node.arguments?.[0])
  if (ts.isObjectLiteralExpression(node))
    return asSpoken(valueAt(node, 'code'), valueAt(node, 'message') ?? valueAt(node, 'refused'))
  return null
}

function spokenByCall({ expression, arguments: given }: ts.CallExpression): Spoken | null {
  const callee = expression.getText()
  if (callee === 'refuse' && given.length === 1) return asSpoken(null, given[0])
  if (callee === 'refuse') return asSpoken(given[2], given[3])
  if (callee === 'problem') return asSpoken(given[0], given[3])
  return /\breport\.add$/.test(callee) ? asSpoken(given[1], given[2]) : null
}

function asSpoken(
  code: ts.Expression | null | undefined,
  message: ts.Expression | null | undefined,
): Spoken | null {
  return message ? { code: code ?? null, message } : null
}

function valueAt(object: ts.ObjectLiteralExpression, key: string): ts.Expression | null {
  for (const property of object.properties)
    if (ts.isPropertyAssignment(property) && property.name.getText() === key)
      return property.initializer
  return null
}

/** Sentences that are handed on are found where they are made: `error.message`, a parameter. */
function isCaught(node: ts.Expression): boolean {
  return /\bmessage\b/.test(node.getText())
}

/** Every text that an expression may be, as far as the file itself tells. */
function textsOf(node: ts.Expression, file: ts.SourceFile): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text]
  if (ts.isNumericLiteral(node)) return [node.text.replaceAll('_', '')]
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node))
    return textsOf(node.expression, file)
  if (ts.isConditionalExpression(node))
    return [...textsOf(node.whenTrue, file), ...textsOf(node.whenFalse, file)]
  if (ts.isTemplateExpression(node)) return templateTexts(node, file)
  if (ts.isIdentifier(node)) return isParameter(node) ? [] : declared(node.text, file)
  if (ts.isElementAccessExpression(node)) return textsOf(node.expression, file)
  if (ts.isObjectLiteralExpression(node))
    return node.properties.flatMap((one) =>
      ts.isPropertyAssignment(one) ? textsOf(one.initializer, file) : [],
    )
  return ts.isCallExpression(node) ? returned(node.expression.getText(), file) : []
}

/** An addition that may be left out is given; what cannot be told is `…`. */
function templateTexts(node: ts.TemplateExpression, file: ts.SourceFile): string[] {
  return node.templateSpans.reduce<string[]>(
    (before, { expression, literal }) => {
      const isConstant = /^[A-Z_]+$/.test(expression.getText())
      const known = isConstant || ts.isConditionalExpression(expression)
      const texts = (known ? textsOf(expression, file) : []).filter((text) => text !== '')
      const parts = texts.length === 0 ? ['…'] : texts
      return before.flatMap((start) => parts.map((part) => start + part + literal.text))
    },
    [node.head.text],
  )
}

/** Whether a function around the name gives it its value. */
function isParameter({ text, parent }: ts.Identifier): boolean {
  for (let node: ts.Node | undefined = parent; node; node = node.parent)
    if (ts.isFunctionLike(node) && node.parameters.some((one) => one.name.getText() === text))
      return true
  return false
}

/** The texts of a constant of the file. */
function declared(name: string, file: ts.SourceFile): string[] {
  return nodesOf(file).flatMap((node) =>
    ts.isVariableDeclaration(node) && node.name.getText() === name && node.initializer
      ? textsOf(node.initializer, file)
      : [],
  )
}

/** The texts that a function of the file may return. */
function returned(name: string, file: ts.SourceFile): string[] {
  const made = nodesOf(file).find(
    (node) => ts.isFunctionDeclaration(node) && node.name?.text === name,
  )
  return made
    ? nodesOf(made).flatMap((node) =>
        ts.isReturnStatement(node) && node.expression ? textsOf(node.expression, file) : [],
      )
    : []
}

function nodesOf(root: ts.Node): ts.Node[] {
  const all: ts.Node[] = []
  const visit = (node: ts.Node): void => {
    all.push(node)
    ts.forEachChild(node, visit)
  }
  visit(root)
  return all
}
