import type { Fact, Pack, Question, Way } from '@qiao/rules'
import { isRecorded, mayRead, type Reader, sensitivityOf } from '../households/household.ts'

/** Why a household is looked at: an open lead, a sign of need, or neither. */
export type Because = 'lead' | 'sign' | 'other'

/** Which households are looked at: those with a lead or a sign of need, or all. */
export type Among = 'cases' | 'all'

/** So many questions are kept of a household. */
const mostQuestions = 5
/** At least so many of those can be asked there and then, and so many by letter, where there are any. */
const ofEachKind = 2

/**
 * The questions to show of a household, out of all in order of worth: the best, but letters to
 * departments do not crowd out what the advisor at the door can ask, nor the other way round.
 */
export function chosenQuestions(ranked: readonly Question[]): Question[] {
  const byLetter = ranked.filter(({ way }) => way === 'department')
  const atTheDoor = ranked.filter(({ way }) => way !== 'department')
  const kept = new Set([...byLetter.slice(0, ofEachKind), ...atTheDoor.slice(0, ofEachKind)])
  for (const question of ranked) {
    if (kept.size >= mostQuestions) break
    kept.add(question)
  }
  return ranked.filter((question) => kept.has(question))
}

/** Whether a question settles anything: others only fill the list where nothing better is known. */
export function settlesSomething({ decided, certainFen }: Question): boolean {
  return decided > 0 || certainFen > 0
}

/** A department as one writes to it: 公安部门, but 残联 and 街镇 as they are. */
export function departmentName(owner: string): string {
  return /[联会镇办局]$/.test(owner) ? owner : `${owner}部门`
}

/** What is to be asked, in words: the question itself, or whom to turn to instead of the person. */
export function askText(
  fact: Pick<Fact, 'name' | 'ask'>,
  { way, department = '' }: Readonly<{ way: Way; department?: string | null | undefined }>,
): string {
  if (way === 'department') {
    return department
      ? `向${departmentName(department ?? '')}核对：${fact.name}`
      : `向主管部门核对：${fact.name}`
  }
  if (way === 'consent') return `先取得赡养（抚养）人同意：${fact.ask ?? fact.name}`
  return fact.ask ?? fact.name
}

/** One sentence of what it brings, and how sure that is. */
export function whyText(
  { decided, found, certainFen, waiting, basis }: Question,
  programmes: readonly string[],
): string {
  const named = programmes.slice(0, 3).join('、')
  const more = programmes.length > 3 ? `等 ${programmes.length} 项` : ''
  if (decided === 0) return `还有 ${waiting} 项政策缺这一条，单凭它还定不下来`
  const settled = `平均能定下 ${oneDigit(decided)} 项（${named}${more}）`
  if (basis === 'uniform') return `${settled}，各种回答的多少尚无统计`
  const brings = found >= 0.05 ? `，其中约 ${oneDigit(found)} 项会符合` : ''
  const yuan = Math.round(certainFen / 100)
  return yuan > 0 ? `${settled}${brings}，每月约 ${yuan} 元` : `${settled}${brings}`
}

function oneDigit(n: number): string {
  return String(Math.round(n * 10) / 10)
}

/** Where the likelihood of answers comes from, said once under the list. */
export const basisNames = {
  'age-band': '按本区同年龄段已知情况估计',
  population: '按本区已知情况估计',
  uniform: '尚无统计，各种回答同样看待',
} as const

/** Programmes that a question settles, each once, likeliest first. */
export function programmesOf({ settles }: Question): string[] {
  return [...new Set(settles.map(({ programme }) => programme))]
}

/** Whether this reader may write the answer down where it is asked. */
export function mayRecord(
  pack: Pack,
  { fact: id }: Pick<Question, 'fact'>,
  reader: Reader,
): boolean {
  const fact = pack.facts.find((one) => one.id === id)
  return fact !== undefined && isRecorded(fact) && mayRead(sensitivityOf(fact), reader)
}

const wayNames: Readonly<Record<string, string>> = {
  person: '当面问',
  visit: '入户看',
  department: '向部门核对',
  consent: '先取得同意',
} satisfies Record<Way, string>
const becauseNames: Readonly<Record<string, string>> = {
  lead: '有线索',
  sign: '有困难迹象',
  other: '其他',
} satisfies Record<Because, string>

/** How a question is put, in words. */
export function wayName(way: string): string {
  return wayNames[way] ?? way
}

/** Why a household is looked at, in words. */
export function becauseName(because: string): string {
  return becauseNames[because] ?? because
}
