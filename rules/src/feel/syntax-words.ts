import type { FeelProblem } from './ast.ts'

/** Signs that look right to a Chinese keyboard but are not FEEL, with what is meant instead. */
const FULL_WIDTH: Readonly<Record<string, string>> = {
  '＜': '<',
  '＞': '>',
  '＝': '=',
  '，': ',',
  '（': '(',
  '）': ')',
  '＋': '+',
  '－': '-',
  '＊': '*',
  '／': '/',
  '。': '.',
  '．': '.',
  '、': ',',
  '“': '"',
  '”': '"',
  '‘': '"',
  '’': '"',
  '《': '',
  '》': '',
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  '×': '*',
  '÷': '/',
  '［': '[',
  '］': ']',
  '【': '[',
  '】': ']',
  '；': '',
  '：': ':',
  '！': '!',
  '％': '',
  '＂': '"',
  '　': ' ',
}

/** Pairs of signs that FEEL's grammar lets pass or reads otherwise than they look. */
const PAIRS: readonly (readonly [RegExp, string, string])[] = [
  [/==/g, '==', '='],
  [/=</g, '=<', '<='],
  [/=>/g, '=>', '>='],
  [/<</g, '<<', '<'],
  [/>>/g, '>>', '>'],
  [/<>/g, '<>', '!='],
  [/&&/g, '&&', 'and'],
  [/\|\|/g, '||', 'or'],
]

/** The text with strings, comments and types blanked, so that signs inside them are left alone. */
function withoutStrings(text: string): string {
  const blank = (s: string) => ' '.repeat(s.length)
  return text
    .replace(/"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, blank)
    .replace(/\binstance\s+of\s+(?:function|list|context|range)\s*<[\p{L}\p{N}_ :,<>-]*>/gu, blank)
}

/** Finds full-width signs and doubled operators outside strings and comments. */
export function lookalikes(text: string): FeelProblem[] {
  const found: FeelProblem[] = []
  const bare = withoutStrings(text)
  for (let i = 0; i < bare.length; i++) {
    const sign = bare.charAt(i)
    const meant = FULL_WIDTH[sign] ?? digit(sign)
    if (meant === undefined) continue
    found.push(problem('feel.full-width', i, i + 1, adviceOn(sign, meant)))
  }
  for (const [pattern, written, meant] of PAIRS) {
    for (const match of bare.matchAll(pattern)) {
      const from = match.index
      found.push(
        problem('feel.operator', from, from + 2, `没有“${written}”这个运算符,请写“${meant}”`),
      )
    }
  }
  return found.sort((a, b) => a.from - b.from)
}

function adviceOn(sign: string, meant: string): string {
  if (meant === '"') return '引号要用半角的双引号 " "'
  if (meant === ' ') return '这里有一个全角空格,请改用半角空格'
  const advice =
    meant === '' ? '请删去' : /[≤≥≠×÷]/.test(sign) ? `请写成“${meant}”` : `请改用半角“${meant}”`
  return `“${sign}”不是表达式可用的符号,${advice}`
}

function digit(sign: string): string | undefined {
  const code = sign.charCodeAt(0) - 0xff10
  return code >= 0 && code <= 9 ? String(code) : undefined
}

/** Words for the place where the grammar gave up. */
export function explainSyntaxError(text: string, from: number, to: number): FeelProblem {
  const wrong = text.slice(from, to).trim()
  const code = 'feel.syntax'
  if (text.trim() === '') return problem(code, from, to, '表达式是空的')
  if (/\bif\b/.test(text) && /\bthen\b/.test(text) && !/\belse\b/.test(text)) {
    return problem(code, from, to, 'if … then … 之后缺少 else …')
  }
  if (wrong === '') return problem(code, from, to, '表达式没有写完,这里还缺少内容')
  if (/^,\d{3}/.test(wrong)) return problem(code, from, to, '数字中不能有千分位逗号,例如写 1000')
  if (/^[^\s\d]/u.test(wrong) && /\d$/.test(text.slice(0, from))) {
    return problem(code, from, to, `名称不能以数字开头(“${wrong}”前面是数字)`)
  }
  if (wrong.startsWith("'")) return problem(code, from, to, '文字要用双引号括起,不能用单引号')
  return problem(code, from, to, `读不懂“${wrong.slice(0, 20)}”,请检查这里的写法`)
}

function problem(code: string, from: number, to: number, message: string): FeelProblem {
  return { code, from, to, message }
}
