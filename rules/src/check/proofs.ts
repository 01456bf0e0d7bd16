import { dayFromText, textFromDay } from '../days.ts'
import type { Confidence, Pack, Parameter, Problem, Programme } from '../pack.ts'
import { reachedFrom } from './reach.ts'

type Path = readonly (string | number)[]
type Say = (file: string, path: Path, code: string, message: string) => void

/** What a condition or an exclusion rests on. */
type Resting = Readonly<{ source?: readonly string[]; confidence?: Confidence }>

/**
 * What a pack that can be read still owes before it may be published: empty when all is proved.
 *
 * Every figure, condition and exclusion names declared sources; the days between two figures are
 * covered or said to be pending; what is known by recollection alone cannot exclude anybody; every
 * source, category, fact, term and parameter that is declared is used.
 *
 * Readable packs may owe this while they are being written, so reading does not refuse them.
 */
export function unproven(pack: Pack): Problem[] {
  const problems: Problem[] = []
  const say: Say = (file, path, code, message) => problems.push({ file, path, code, message })
  pack.programmes.forEach((programme) => {
    const file = `programmes/${programme.id}.yaml`
    programme.parameters.forEach((p, i) =>
      sayOfFigures(pack, p, { file, path: ['parameters', i] }, say),
    )
    sayOfConditions(pack, programme, file, say)
    sayUndeclared(pack, programme.sources ?? [], { file, path: ['sources'] }, say)
  })
  sayUnused(pack, say)
  return problems
}

type At = Readonly<{ file: string; path: Path }>

function sayOfFigures(pack: Pack, parameter: Parameter, { file, path }: At, say: Say): void {
  parameter.rows.forEach((row, i) => {
    const at = { file, path: [...path, 'rows', i] }
    // a figure entered in the console says in its note where it came from
    if (row.source === undefined || row.source.length === 0) {
      if (!row.note)
        say(file, at.path, 'pack.no-source', `${row.from} 起的这一期没有写来源(source)`)
    } else sayUndeclared(pack, row.source, at, say)
    const next = parameter.rows[i + 1]
    if (row.to === undefined || !next) return
    const gap = dayAfter(row.to)
    if (gap >= next.from || parameter.pending.some((p) => p.from >= gap && p.from < next.from))
      return
    say(
      file,
      at.path,
      'pack.gap',
      `${gap} 至 ${next.from} 前没有数值,也没有写待核:请补一行,或在 pending 里写 {from: ${gap}, note: …}`,
    )
  })
}

function sayOfConditions(pack: Pack, programme: Programme, file: string, say: Say): void {
  const of = (path: Path, what: string, one: Resting): void => {
    if (one.source === undefined || one.source.length === 0) {
      say(file, path, 'pack.no-source', `${what}没有写来源(source)`)
    } else sayUndeclared(pack, one.source, { file, path }, say)
    if (one.confidence === undefined) {
      say(file, path, 'pack.no-confidence', `${what}没有写可信度(confidence)`)
    } else if (isByHeart(one.source) && one.confidence !== 'low' && one.confidence !== 'recalled') {
      say(
        file,
        [...path, 'confidence'],
        'pack.recalled',
        `${what}只凭记忆,不能据以排除:可信度应写 recalled 或 low`,
      )
    }
  }
  programme.conditions.forEach((c, i) => of(['conditions', i], `条件“${c.id}”`, c))
  programme.tiers.forEach((tier, i) =>
    tier.conditions.forEach((c, j) => of(['tiers', i, 'conditions', j], `条件“${c.id}”`, c)),
  )
  programme.excludes.forEach((e, i) => of(['excludes', i], `互斥“${e.programme}”`, e))
}

function isByHeart(source: readonly string[] = []): boolean {
  return source.length > 0 && source.every((id) => id === 'recalled')
}

function sayUndeclared(pack: Pack, ids: readonly string[], { file, path }: At, say: Say): void {
  for (const id of ids) {
    if (!(id in pack.sources))
      say(file, path, 'pack.unknown-source', `pack.yaml 里没有声明来源“${id}”`)
  }
}

function sayUnused(pack: Pack, say: Say): void {
  const { names, sources, categories } = reachedFrom(pack)
  for (const id of Object.keys(pack.sources)) {
    if (!sources.has(id))
      say('pack.yaml', ['sources', id], 'pack.unused', `来源“${id}”没有任何标准、条件或政策用到`)
  }
  pack.categories.forEach(({ id }, i) => {
    if (!categories.has(id))
      say('pack.yaml', ['categories', i], 'pack.unused', `类别“${id}”没有任何政策用到`)
  })
  pack.facts.forEach(({ id, name }, i) => {
    if (!names.has(id))
      say('facts.yaml', ['facts', i], 'pack.unused', `事实“${name}”(${id})没有任何条件或金额用到`)
  })
  for (const programme of pack.programmes) {
    const file = `programmes/${programme.id}.yaml`
    programme.terms.forEach(({ id, name }, i) => {
      if (!names.has(id))
        say(file, ['terms', i], 'pack.unused', `计算项“${name}”没有任何条件或金额用到`)
    })
    programme.parameters.forEach((parameter, i) =>
      sayUnreadFigure(parameter, names.has(parameter.id), { file, path: ['parameters', i] }, say),
    )
  }
}

function sayUnreadFigure(parameter: Parameter, read: boolean, { file, path }: At, say: Say): void {
  const { name, shownOnly } = parameter
  if (!read && shownOnly === undefined) {
    say(
      file,
      path,
      'pack.unused',
      `标准“${name}”没有任何条件或金额用到:只供查阅的写 shownOnly 和理由`,
    )
  }
  if (read && shownOnly !== undefined) {
    say(
      file,
      [...path, 'shownOnly'],
      'pack.unused',
      `标准“${name}”有条件或金额用到,不应写 shownOnly`,
    )
  }
}

function dayAfter(day: string): string {
  return textFromDay((dayFromText(day) ?? 0) + 1)
}
