import { type MatchExtended, ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'

/** As the server has them (features/staff/guessing.ts); a test compares what both say. */
const wordsOfThePlace =
  'qiao 桥 qiaojihua qingpu 青浦 shanghai 上海 zhujiajiao 朱家角 jiuzhu 救助 guwen 顾问 minzheng 民政 shequ 社区 jiedao juwei koulin kouling 口令 mima 密码 guanliyuan 管理员 admin zhengce 政策'.split(
    ' ',
  )

const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })

/** What gives a password away. */
type Weakness =
  | 'account'
  | 'leaked'
  | 'keys'
  | 'repeat'
  | 'sequence'
  | 'date'
  | 'guessable'
  | 'short'

/** Weak is what the server refuses, with the characters yet to come; strong withstands a thousand times what it asks. */
export type Strength =
  | Readonly<{ grade: 'weak'; why: Weakness; missing: number }>
  | Readonly<{ grade: 'enough' | 'strong'; why: null; missing: 0 }>

/** How a password would fare, measured in this browser and sent nowhere. 口令强度 */
export function measure(
  password: string,
  { username, name }: Readonly<{ username: string; name: string }>,
): Strength {
  const missing = Math.max(0, 12 - Array.from(password).length)
  const weak = (why: Weakness): Strength => ({ grade: 'weak', why, missing })
  if (missing > 0) return weak('short')
  if (new Set(password).size < 5) return weak('repeat')
  if (username !== '' && password.toLowerCase().includes(username.toLowerCase()))
    return weak('account')
  const words = [username, name].filter((word) => word.length > 1)
  const { guessesLog10, sequence } = zxcvbn.check(password.normalize('NFKC'), [
    ...words,
    ...wordsOfThePlace,
  ])
  if (guessesLog10 < 10) return weak(weaknessOf(sequence))
  return { grade: guessesLog10 < 13 ? 'enough' : 'strong', why: null, missing: 0 }
}

/** Of the part that gives most of it away. */
function weaknessOf(sequence: readonly MatchExtended[]): Weakness {
  const [match] = sequence
    .filter(({ pattern }) => pattern !== 'bruteforce')
    .toSorted((a, b) => b.token.length - a.token.length)
  if (match?.pattern === 'dictionary')
    return 'dictionaryName' in match && match.dictionaryName === 'userInputs' ? 'account' : 'leaked'
  if (match?.pattern === 'spatial') return 'keys'
  if (match?.pattern === 'repeat' || match?.pattern === 'sequence') return match.pattern
  return match?.pattern === 'date' || match?.pattern === 'regex' ? 'date' : 'guessable'
}
