import type { Pack } from '../pack.ts'
import { parseFeel } from '../feel/parse.ts'

/** What the programmes of a pack use, directly or through terms; facts, terms and parameters by id. */
export type Reached = Readonly<{
  names: ReadonlySet<string>
  sources: ReadonlySet<string>
  categories: ReadonlySet<string>
}>

/** Everything that conditions, amounts and exclusions of a pack lead to. */
export function reachedFrom(pack: Pack): Reached {
  return {
    names: namesReached(pack),
    sources: new Set(pack.programmes.flatMap(sourcesOf)),
    categories: new Set(pack.programmes.map(({ category }) => category)),
  }
}

function sourcesOf(programme: Pack['programmes'][number]): string[] {
  const resting = [
    ...programme.conditions,
    ...programme.tiers.flatMap(({ conditions }) => conditions),
    ...programme.excludes,
    ...programme.parameters.flatMap(({ rows }) => rows),
  ]
  return [...(programme.sources ?? []), ...resting.flatMap(({ source }) => source ?? [])]
}

function namesReached(pack: Pack): Set<string> {
  const leadsTo = leads(pack)
  const reached = new Set<string>()
  const open = pack.programmes.flatMap((programme) => [
    ...programme.conditions.map(({ expr }) => expr),
    ...programme.tiers.flatMap(({ conditions, amount }) => [
      ...conditions.map(({ expr }) => expr),
      ...(amount.expr === undefined ? [] : [amount.expr]),
    ]),
    ...programme.excludes.map((excluded) => `status("${excluded.programme}")`),
  ])
  for (let expr = open.pop(); expr !== undefined; expr = open.pop()) {
    for (const word of wordsOf(expr)) {
      for (const { id, expr: further } of leadsTo.get(word) ?? []) {
        if (reached.has(id)) continue
        reached.add(id)
        if (further !== null) open.push(further)
      }
    }
  }
  return reached
}

type Lead = Readonly<{ id: string; expr: string | null }>

/** By every word that stands for it: a fact, parameter or term, and the expression it leads on to. */
function leads(pack: Pack): ReadonlyMap<string, readonly Lead[]> {
  const found = new Map<string, Lead[]>()
  const add = (word: string, lead: Lead): void => {
    found.set(word, [...(found.get(word) ?? []), lead])
  }
  for (const { id, name, derive, consent, programme } of pack.facts) {
    const lead = { id, expr: derive?.ageOf ?? consent ?? null }
    add(id, lead)
    add(name, lead)
    if (programme !== undefined) add(programme, lead)
  }
  for (const { id, name } of pack.parameters)
    for (const word of [id, name]) add(word, { id, expr: null })
  for (const { id, name, expr } of pack.programmes.flatMap(({ terms }) => terms))
    for (const word of [id, name]) add(word, { id, expr })
  return found
}

/** Every name and text in an expression; a text may be the programme of a status. */
function wordsOf(expr: string): string[] {
  const words: string[] = []
  const walk = (part: unknown): void => {
    if (typeof part === 'string') words.push(part)
    else if (typeof part === 'object' && part !== null) Object.values(part).forEach(walk)
  }
  walk(parseFeel(expr).expr)
  return words
}
