import { checkFacts } from './check/facts.ts'
import { checkIncome } from './check/income.ts'
import { Names } from './check/names.ts'
import { checkParameter } from './check/parameters.ts'
import { checkProgrammes } from './check/programmes.ts'
import type { Origins } from './check/shape.ts'
import { checkShape, Reporter } from './check/shape.ts'
import { Lowering } from './lower/lowering.ts'
import { addPendingRoots } from './lower/programme.ts'
import type {
  Asking,
  Fact,
  Pack,
  PackSource,
  Parameter,
  Problem,
  Programme,
  Sourced,
} from './pack.ts'
import { knownUntil, reviewBy } from './parameters.ts'
import { addReads } from './lower/reads.ts'
import { factsShape, packShape, programmeShape } from './check/pack-shapes.ts'

type PackHead = Pick<Pack, 'id' | 'version' | 'income'> & {
  jurisdiction?: string
  categories?: Pack['categories']
  sources?: Record<string, string>
}
type RawParameter = Omit<Parameter, 'programme' | 'reviewBy' | 'range' | 'pending'> &
  Partial<Pick<Parameter, 'range' | 'pending'>>

/**
 * Reads a whole pack: checks its form, its names and dates, types every expression, lowers it.
 *
 * @param source plain data as parsed from policy/; nothing is read from disk here
 * @returns the pack, ready for {@link explain} and columns; or every problem found, none of it used
 */
export function readPack(source: PackSource): Pack | { problems: Problem[] } {
  const problems: Problem[] = []
  const origins: Origins = new WeakMap()
  const head = checkShape(source.pack, packShape, [], new Reporter('pack.yaml', problems), origins)
    .value as PackHead | undefined
  const factReport = new Reporter('facts.yaml', problems)
  const factFile = checkShape(source.facts, factsShape, [], factReport, origins).value as
    | { facts?: Fact[]; asking?: Asking }
    | undefined
  const facts = factFile?.facts ?? []
  const programmes: Sourced[] = source.programmes.map(({ file, data }) => {
    const checked = checkShape(data, programmeShape, [], new Reporter(file, problems), origins)
    return { file, programme: completed(checked.value as Partial<Programme> | undefined, origins) }
  })
  const parameters = programmes.flatMap((p) => p.programme.parameters)
  const names = new Names()
  checkFacts(facts, {
    names,
    report: factReport,
    origins,
    programmes: programmes.map((p) => p.programme.id),
  })
  for (const { file, programme } of programmes) {
    const report = new Reporter(file, problems)
    for (const p of programme.parameters) checkParameter(p, { names, report, origins })
    for (const t of programme.terms) {
      const path = origins.get(t) ?? []
      names.add(t.id, { kind: 'term', id: t.id }, [...path, 'id'], report)
      names.add(t.name, { kind: 'term', id: t.id }, [...path, 'name'], report)
    }
  }
  names.addBroken(namesIn(source))
  checkProgrammes(programmes, { problems, origins, categories: head?.categories ?? [] })
  checkIncome(head?.income, programmes, facts, problems)
  const lowering = new Lowering({ facts, parameters, programmes, names, problems, origins })
  lowering.run()
  if (problems.length > 0 || !head) return { problems: ordered(problems) }
  addPendingRoots(lowering)
  return {
    id: head.id,
    version: head.version,
    hash: source.hash ?? '',
    ...(head.jurisdiction ? { jurisdiction: head.jurisdiction } : {}),
    categories: head.categories ?? [],
    sources: head.sources ?? {},
    ...(head.income ? { income: head.income } : {}),
    facts,
    ...(factFile?.asking ? { asking: factFile.asking } : {}),
    parameters,
    programmes: programmes.map((p) => p.programme),
    program: addReads(
      {
        nodes: lowering.graph.nodes,
        facts: lowering.facts,
        targets: lowering.targets,
        measures: lowering.measures,
        names: lowering.nodeNames,
      },
      new Map(programmes.map((p, i) => [p.programme.id, i])),
    ),
    conditionTexts: lowering.texts,
  }
}

/** Every id and name that the source gives to a fact, parameter or term, whatever else is wrong with it. */
function namesIn({ facts, programmes }: PackSource): string[] {
  const listed = [
    Reflect.get(Object(facts), 'facts'),
    ...programmes.flatMap(({ data }) => [
      Reflect.get(Object(data), 'parameters'),
      Reflect.get(Object(data), 'terms'),
    ]),
  ]
  return listed
    .flatMap((list: unknown) => (Array.isArray(list) ? list : []))
    .flatMap((one: unknown) => [Reflect.get(Object(one), 'id'), Reflect.get(Object(one), 'name')])
    .filter((name) => typeof name === 'string')
}

/** One problem per place and sentence, in file order. */
function ordered(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>()
  return problems.filter((p) => {
    const key = JSON.stringify([p.file, p.path, p.offset, p.message])
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** A programme with its lists present and its parameters' validity worked out. */
function completed(raw: Partial<Programme> | undefined, origins: Origins): Programme {
  const id = raw?.id ?? ''
  const parameters = ((raw?.parameters ?? []) as unknown as RawParameter[]).map((p) => {
    const rows = p.rows.map((row, i) =>
      keepOrigin(row, { ...row, knownUntil: knownUntil(row, p.rows[i + 1], p.adjusts) }, origins),
    )
    const made: Parameter = {
      ...p,
      rows,
      programme: id,
      range: p.range?.length === 2 ? p.range : [0, null],
      pending: p.pending ?? [],
      reviewBy: reviewBy(p),
    }
    return keepOrigin(p, made, origins)
  })
  const made: Programme = {
    category: '',
    computes: 'full',
    name: id,
    ...raw,
    id,
    parameters,
    terms: raw?.terms ?? [],
    conditions: raw?.conditions ?? [],
    tiers: raw?.tiers ?? [],
    excludes: raw?.excludes ?? [],
    passports: raw?.passports ?? [],
  }
  return raw ? keepOrigin(raw, made, origins) : made
}

function keepOrigin<T extends object>(from: object, to: T, origins: Origins): T {
  origins.set(to, origins.get(from) ?? [])
  return to
}
