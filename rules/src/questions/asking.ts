import type { Asking, Fact, Pack } from '../pack.ts'
import type { Reading } from '../results.ts'

/**
 * How a fact is found out: a line of a form, a visit, a letter to the department that shares it, or
 * first the consent of somebody else whom it is about.
 */
export type Way = 'person' | 'visit' | 'department' | 'consent'

/** What is to be asked for in place of a fact, and how. */
export type Put = Readonly<{
  /** The fact to be recorded: the missing one, or the consent that comes before it. */
  fact: string
  way: Way
  /** Who is written to. */
  department?: string
  /** The fact that the consent is sought for. */
  for?: string
}>

/**
 * Who is asked for a fact. What a department shares is never put to a person (社会救助法 62, 上海市社会救助条例
 * 46), nor is anything clinical; what only a legal supporter's means can tell waits for the
 * supporter's consent (社会救助法 41), and whoever has said no is not asked again.
 *
 * @param given the facts of the person or household that the fact is about
 * @returns null where it may not be asked for at all
 */
export function putOf(
  { facts }: Pack,
  fact: Fact,
  given: Readonly<Record<string, Reading>>,
): Put | null {
  const direct = directly(fact)
  if (fact.consent === undefined) return direct
  const consent = facts.find(({ id }) => id === fact.consent)
  if (!consent) return direct
  const said = given[consent.id]?.value
  if (said === true) return direct
  return said === undefined ? { fact: consent.id, way: 'consent', for: fact.id } : null
}

function directly({ id, who = 'person', owner, sensitivity }: Fact): Put {
  const way = sensitivity === 'clinical' ? 'department' : who
  return {
    fact: id,
    way,
    ...(way === 'department' && owner !== undefined ? { department: owner } : {}),
  }
}

/** Without a word of the pack: questions cost nothing, and every programme settled counts one. */
const plain: Asking = {
  person: 0,
  visit: 0,
  department: 0,
  consent: 0,
  programme: 1,
  hundredYuan: 0,
}

/** What a pack says of the cost of questions and the worth of answers, in minutes of an advisor's time. */
export function askingOf(pack: Pack): Asking {
  return pack.asking ?? plain
}

/**
 * Minutes that an answer is worth, less those it costs to get.
 *
 * @param certainFen 0 where nobody can say how likely the money is: a rare misfortune is else asked
 *   after first, for the sum it would bring
 */
export function worthOf(
  asking: Asking,
  { way, decided, certainFen }: Readonly<{ way: Way; decided: number; certainFen: number }>,
): number {
  return decided * asking.programme + (certainFen / 10_000) * asking.hundredYuan - asking[way]
}
