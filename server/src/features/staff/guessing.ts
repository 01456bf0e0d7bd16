import type { MatchExtended, ZxcvbnResult } from '@zxcvbn-ts/core'

/** What somebody who guesses passwords of this very place would try beside the lists. */
const wordsOfThePlace =
  'qiao 桥 qiaojihua qingpu 青浦 shanghai 上海 zhujiajiao 朱家角 jiuzhu 救助 guwen 顾问 minzheng 民政 shequ 社区 jiedao juwei koulin kouling 口令 mima 密码 guanliyuan 管理员 admin zhengce 政策'.split(
    ' ',
  )

/** Guesses a password must withstand, as a power of ten: zxcvbn calls these "very unguessable". */
const guesses = 10

/** The lists are read from the package when the first password is chosen, not when Qiao starts. */
let reading: Promise<(password: string, words: string[]) => ZxcvbnResult> | undefined

async function readLists() {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
  return (password: string, words: string[]) => zxcvbn.check(password, words)
}

/**
 * What somebody who guesses would find a password by, as a sentence for whoever chose it, or
 * `undefined`. 弱口令与已泄露口令
 *
 * It is measured here, never sent anywhere: against 49,000 passwords of known leaks, words of this
 * place and of the account, rows of keys, days, repetitions and their combinations.
 *
 * @param words the account and the name of its holder
 */
export async function guessedBy(
  password: string,
  words: readonly string[],
): Promise<string | undefined> {
  reading ??= readLists()
  const check = await reading
  const given = words.filter((word) => word.length > 1)
  const { guessesLog10, sequence } = check(password, [...given, ...wordsOfThePlace])
  if (guessesLog10 >= guesses) return undefined
  return `${sentenceFor(longest(sequence), password)}，换一句只有您自己想得到的话会更稳妥`
}

/** The part that gives most of it away. */
function longest(sequence: readonly MatchExtended[]): MatchExtended | undefined {
  return sequence
    .filter(({ pattern }) => pattern !== 'bruteforce')
    .toSorted((a, b) => b.token.length - a.token.length)[0]
}

/** The password itself is not shown again: somebody may look on, and it may be in use elsewhere. */
function sentenceFor(match: MatchExtended | undefined, password: string): string {
  if (!match) return '这个口令容易被猜到'
  if (match.pattern === 'dictionary') {
    const part = match.token.length * 2 > password.length ? '这个口令' : `口令里的“${match.token}”`
    return 'dictionaryName' in match && match.dictionaryName === 'userInputs'
      ? `${part}是账号、姓名或本地常用的词，容易被猜到`
      : `${part}在已泄露的常用口令之列，容易被猜到`
  }
  if (match.pattern === 'spatial') return '口令是键盘上相邻的一串键，容易被猜到'
  if (match.pattern === 'repeat') return '口令是同一段内容的重复，容易被猜到'
  if (match.pattern === 'sequence') return '口令是顺着排的字母或数字，容易被猜到'
  if (match.pattern === 'date' || match.pattern === 'regex')
    return '口令主要是日期或年份，容易被猜到'
  return '这个口令容易被猜到'
}
