import type { parser } from '@bpmn-io/lezer-feel'
import type {
  Argument,
  ArithmeticOp,
  Binding,
  ComparisonOp,
  Expr,
  FeelProblem,
  Place,
  TemporalKind,
} from './ast.ts'
import { unescapeString } from './strings.ts'

type SyntaxNode = ReturnType<typeof parser.parse>['topNode']
type Reading = { text: string; problems: FeelProblem[] }

/** Turns a lezer tree without error nodes into our {@link Expr}; refuses what it does not know. */
export function convert(
  node: SyntaxNode | null,
  text: string,
  problems: FeelProblem[],
): Expr | null {
  if (!node) {
    problems.push({ code: 'feel.syntax', from: 0, to: text.length, message: '表达式是空的' })
    return null
  }
  let first: SyntaxNode | null = node
  while (first && isComment(first)) first = first.nextSibling
  return read(first, { text, problems })
}

function isComment(node: SyntaxNode): boolean {
  return node.name === 'LineComment' || node.name === 'BlockComment'
}

/** Children that carry meaning, in order. */
function children(node: SyntaxNode): SyntaxNode[] {
  const list: SyntaxNode[] = []
  for (let c = node.firstChild; c; c = c.nextSibling) if (!isComment(c)) list.push(c)
  return list
}

/** Children that are expressions (not keywords, brackets or operators). */
function parts(node: SyntaxNode): SyntaxNode[] {
  return children(node).filter(
    (c) =>
      (/^[A-Z?]/.test(c.name) && !/^(ArithOp|CompareOp|Wildcard)$/.test(c.name)) ||
      c.name === 'null',
  )
}

function words(node: SyntaxNode, r: Reading): string {
  return r.text.slice(node.from, node.to).trim()
}

function nameOf(node: SyntaxNode, r: Reading): string {
  const raw = words(node, r).replace(/\s+/g, ' ')
  return raw.startsWith('`') && raw.endsWith('`') ? raw.slice(1, -1) : raw
}

function unsupported(node: SyntaxNode | null, at: Place, r: Reading): Expr {
  const what = node ? words(node, r).slice(0, 30) : ''
  r.problems.push({
    code: 'feel.unsupported',
    from: at.from,
    to: at.to,
    message: `不支持这种写法:“${what}”`,
  })
  return { kind: 'null', from: at.from, to: at.to }
}

function read(node: SyntaxNode | null | undefined, r: Reading): Expr {
  if (!node) return unsupported(null, { from: 0, to: r.text.length }, r)
  const at = { from: node.from, to: node.to }
  switch (node.name) {
    case 'ParenthesizedExpression':
    case 'PositiveUnaryTest':
    case 'FunctionBody':
      return read(parts(node)[0], r)
    case 'NumericLiteral':
      return { ...at, kind: 'number', text: words(node, r).replace(/\s+/g, '') }
    case 'StringLiteral':
      return { ...at, kind: 'string', value: unescapeString(words(node, r)) }
    case 'BooleanLiteral':
      return { ...at, kind: 'boolean', value: words(node, r) === 'true' }
    case 'null':
      return { ...at, kind: 'null' }
    case 'VariableName':
    case 'SpecialFunctionName':
      return { ...at, kind: 'name', name: nameOf(node, r) }
    case '?':
      return { ...at, kind: 'tested' }
    case 'DateTimeLiteral':
      return readTemporal(node, at, r)
    case 'Conjunction':
    case 'Disjunction':
      return readJunction(node, node.name === 'Conjunction' ? 'and' : 'or', r)
    case 'IfExpression': {
      const [test, then, other] = parts(node)
      return { ...at, kind: 'if', test: read(test, r), then: read(then, r), else: read(other, r) }
    }
    default:
      return readOperator(node, at, r) ?? readStructure(node, at, r) ?? unsupported(node, at, r)
  }
}

function readJunction(node: SyntaxNode, kind: 'and' | 'or', r: Reading): Expr {
  const [first, ...rest] = parts(node).map((c) => read(c, r))
  if (!first) return unsupported(node, node, r)
  return rest.reduce((a, b) => ({ kind, a, b, from: a.from, to: b.to }), first)
}

function readTemporal(node: SyntaxNode, at: Place, r: Reading): Expr {
  const at_ = node.getChild('AtLiteral')
  if (at_) {
    const literal = at_.getChild('StringLiteral')
    const value = literal ? read(literal, r) : unsupported(node, at, r)
    return { ...at, kind: 'temporal', ctor: '@', args: [{ name: null, value }] }
  }
  const ctor = node.getChild('DateTimeConstructor')
  const name = ctor ? nameOf(ctor, r) : ''
  if (!isTemporal(name)) return unsupported(node, at, r)
  return { ...at, kind: 'temporal', ctor: name, args: readArguments(node, r) }
}

function isTemporal(name: string): name is TemporalKind {
  return name === 'date' || name === 'time' || name === 'date and time' || name === 'duration'
}

function readArguments(node: SyntaxNode, r: Reading): Argument[] {
  const positional = node.getChild('PositionalParameters')
  if (positional) return parts(positional).map((c) => ({ name: null, value: read(c, r) }))
  const named = node.getChild('NamedParameters')
  if (!named) return []
  return named.getChildren('NamedParameter').map((c) => {
    const [name, value] = parts(c)
    return { name: name ? nameOf(name, r) : '', value: read(value, r) }
  })
}

function readOperator(node: SyntaxNode, at: Place, r: Reading): Expr | null {
  switch (node.name) {
    case 'ArithmeticExpression':
      return readArithmetic(node, at, r)
    case 'Comparison':
      return readComparison(node, at, r)
    case 'SimplePositiveUnaryTest': {
      const interval = node.getChild('Interval')
      if (interval) return readInterval(interval, at, r)
      const op = node.getChild('CompareOp')
      const value = parts(node)[0]
      if (!op || !value) return null
      return { ...at, kind: 'unary', op: words(op, r) as ComparisonOp, value: read(value, r) }
    }
    case 'Interval':
      return readInterval(node, at, r)
    case 'InstanceOfExpression': {
      const type = node.getChild('Type')
      const x = parts(node)[0]
      if (!type || !x) return null
      return {
        ...at,
        kind: 'instance-of',
        x: read(x, r),
        type: words(type, r).replace(/\s+/g, ' '),
      }
    }
    default:
      return null
  }
}

function readArithmetic(node: SyntaxNode, at: Place, r: Reading): Expr {
  const op = node.getChildren('ArithOp').at(0)
  const sign = op ? words(op, r) : ''
  const [a, b] = parts(node)
  if (a && !b && sign === '-') return { ...at, kind: 'negate', a: read(a, r) }
  if (!a || !b) return unsupported(node, at, r)
  return { ...at, kind: 'arithmetic', op: sign as ArithmeticOp, a: read(a, r), b: read(b, r) }
}

function readComparison(node: SyntaxNode, at: Place, r: Reading): Expr {
  const all = parts(node)
  const [x, second, third] = all
  if (!x) return unsupported(node, at, r)
  if (node.getChild('between')) {
    return { ...at, kind: 'between', x: read(x, r), low: read(second, r), high: read(third, r) }
  }
  if (node.getChild('in')) {
    const group = node.getChild('PositiveUnaryTests')
    const tests = group ? parts(group) : all.slice(1)
    return { ...at, kind: 'in', x: read(x, r), tests: tests.map((t) => read(t, r)) }
  }
  const op = node.getChild('CompareOp')
  if (!op || !second) return unsupported(node, at, r)
  const b = read(second, r)
  if (b.kind === 'unary' && second.name !== 'ParenthesizedExpression')
    return unsupported(node, at, r)
  return { ...at, kind: 'compare', op: words(op, r) as ComparisonOp, a: read(x, r), b }
}

function readInterval(node: SyntaxNode, at: Place, r: Reading): Expr {
  const [low, high] = parts(node)
  const body = words(node, r)
  return {
    ...at,
    kind: 'interval',
    low: read(low, r),
    high: read(high, r),
    lowOpen: !body.startsWith('['),
    highOpen: !body.endsWith(']'),
  }
}

function readBindings(node: SyntaxNode, r: Reading): Binding[] {
  const group = node.getChild('InExpressions')
  if (!group) return []
  return group.getChildren('InExpression').map((c) => {
    const name = c.getChild('Name')
    const iteration = c.getChild('IterationContext')
    const [low, high] = iteration ? parts(iteration) : []
    const list: Expr =
      high && iteration
        ? {
            kind: 'span',
            from: iteration.from,
            to: iteration.to,
            low: read(low, r),
            high: read(high, r),
          }
        : read(low, r)
    return { from: c.from, to: c.to, name: name ? nameOf(name, r) : '', in: list }
  })
}

function readStructure(node: SyntaxNode, at: Place, r: Reading): Expr | null {
  const all = parts(node)
  switch (node.name) {
    case 'PathExpression': {
      const [of, name] = all
      if (!of || !name) return null
      const nameAt = { from: name.from, to: name.to }
      return { ...at, kind: 'path', of: read(of, r), name: nameOf(name, r), nameAt }
    }
    case 'FilterExpression':
      return { ...at, kind: 'filter', of: read(all[0], r), where: read(all[1], r) }
    case 'FunctionInvocation':
      return { ...at, kind: 'call', fn: read(all[0], r), args: readArguments(node, r) }
    case 'QuantifiedExpression': {
      const which = node.getChild('every') ? 'every' : 'some'
      return {
        ...at,
        kind: 'quantified',
        which,
        bindings: readBindings(node, r),
        satisfies: read(all.at(-1), r),
      }
    }
    case 'ForExpression':
      return { ...at, kind: 'for', bindings: readBindings(node, r), return: read(all.at(-1), r) }
    case 'List':
      return { ...at, kind: 'list', items: all.map((c) => read(c, r)) }
    case 'Context':
      return {
        ...at,
        kind: 'context',
        entries: node.getChildren('ContextEntry').map((c) => readEntry(c, r)),
      }
    case 'FunctionDefinition':
      return readFunction(node, at, r)
    default:
      return null
  }
}

function readEntry(node: SyntaxNode, r: Reading): { key: string; value: Expr } {
  const [key, value] = parts(node)
  const literal = key?.getChild('StringLiteral')
  const text = literal ? unescapeString(words(literal, r)) : key ? nameOf(key, r) : ''
  return { key: text, value: read(value, r) }
}

function readFunction(node: SyntaxNode, at: Place, r: Reading): Expr {
  const formal = node.getChild('FormalParameters')
  const parameters = (formal?.getChildren('FormalParameter') ?? []).map((c) => {
    const name = c.getChild('ParameterName')
    const type = c.getChild('Type')
    return { name: name ? nameOf(name, r) : '', type: type ? words(type, r) : null }
  })
  const body = node.getChild('FunctionBody')
  return {
    ...at,
    kind: 'function',
    parameters,
    body: read(body, r),
    external: body?.getChild('external') !== null && body !== null,
  }
}
