import type { Fact, Pack, PackSource, Problem, TargetEntity } from '../../src/pack.ts'
import { readPack } from '../../src/read-pack.ts'
import type { Draw } from './draw.ts'
import { expression, type ExpressionKind } from './expressions.ts'
import { randomFacts, statusFact } from './facts.ts'
import { randomParameter } from './parameters.ts'
import { type Named, type RandomTerm, viewOf } from './view.ts'

/** How deep the expressions of a pack nest. */
const DEPTH = 3

type Condition = {
  id: string
  text: string
  expr: string
  clause: { document: string }
  whenNull: string
  confidence: string
}

const clause = { document: '条款待核' }
type Amount = { kind: string; expr?: string; per: string; round: string }
type Tier = { id: string; target: TargetEntity; conditions: Condition[]; amount: Amount }
type Programme = {
  id: string
  name: string
  category: string
  computes: string
  parameters: unknown[]
  terms: { id: string; name: string; entity: TargetEntity; expr: string }[]
  conditions: Condition[]
  tiers: Tier[]
  excludes: { programme: string; entity: TargetEntity; confidence: string }[]
}

/**
 * A pack that holds together: random facts, parameters, terms and programmes with random
 * expressions. What readPack refuses of an expression becomes a constant.
 *
 * `exact`: the form that a decimal evaluator can check. Divisions that end, sums over everybody (the
 * sum over nobody is 0 here and null in FEEL), no status and no match, and a last programme whose
 * amounts are always due.
 */
export function randomPack(draw: Draw, { exact = false } = {}): Pack {
  const facts = randomFacts(draw)
  const programmes = draw.list(1, 3, (i) => `p${i}`)
  const statuses = exact
    ? []
    : programmes.flatMap((id) =>
        draw
          .pick<TargetEntity[]>([[], ['household'], ['person'], ['household', 'person']])
          .map((entity) => statusFact(id, entity)),
      )
  const parameters = draw.list(1, 3, (i) => randomParameter(draw, i))
  const declared = [...facts, ...statuses]
  const names = { facts: declared, parameters: parameters.map(({ id }) => id), exact }
  const terms = randomTerms(draw, { ...names, terms: [], tests: testsOf(statuses, []) })
  const data: Programme[] = []
  for (const id of programmes) {
    const tests = testsOf(statuses, exact ? [] : data)
    data.push(randomProgramme(draw, id, { ...names, terms, tests }))
  }
  if (exact) data.push(alwaysDue(draw, { ...names, terms, tests: testsOf([], []) }))
  const [first] = data
  if (first) Object.assign(first, { parameters, terms: terms.map(asData) })
  addExclusions(draw, data, statuses)
  return mended({
    pack: { id: 'random', version: '1' },
    facts: { facts: declared },
    programmes: data.map((p) => ({ file: p.id, data: p })),
  })
}

/** A programme for whoever asks, so that its amounts are never left open. */
function alwaysDue(draw: Draw, named: Named): Programme {
  const made = randomProgramme(draw, 'due', named)
  const tiers = (['household', 'person'] as const).map((target): Tier => {
    const always = { text: 'c', expr: 'true', clause, whenNull: 'met', confidence: 'high' }
    const amount = { ...randomAmount(draw, target, named), kind: 'computed' }
    const expr = expression(draw, viewOf(target, named), 'number', DEPTH)
    return {
      id: target,
      target,
      conditions: [{ id: target, ...always }],
      amount: { ...amount, expr },
    }
  })
  return { ...made, conditions: [], tiers }
}

function asData({ id, name, entity, expr }: RandomTerm): Programme['terms'][number] {
  return { id, name, entity, expr }
}

function testsOf(statuses: readonly Fact[], earlier: readonly Programme[]): Named['tests'] {
  const of = (entity: TargetEntity): string[] => [
    ...statuses.filter((f) => f.entity === entity).map((f) => `status("${f.programme}")`),
    ...earlier
      .filter((p) => p.tiers.some((t) => t.target === entity))
      .map((p) => `match("${p.id}")`),
  ]
  return { household: of('household'), person: of('person') }
}

function randomTerms(draw: Draw, named: Named): RandomTerm[] {
  const terms: RandomTerm[] = []
  const count = draw.integer(0, 6)
  for (let i = 0; i < count; i++) {
    const entity = draw.pick<TargetEntity>(['household', 'person'])
    const kind = draw.pick<ExpressionKind>(['number', 'number', 'boolean', 'date'])
    const view = viewOf(entity, { ...named, terms })
    const expr = expression(draw, view, kind, DEPTH)
    terms.push({ id: `${kind}_term_${i}`, name: `第${i}值`, entity, kind, expr })
  }
  return terms
}

function randomProgramme(draw: Draw, id: string, named: Named): Programme {
  const condition = (name: string, entity: TargetEntity | 'either'): Condition => ({
    id: name,
    text: name,
    expr: expression(draw, viewOf(entity, named), 'boolean', DEPTH),
    clause,
    whenNull: draw.pick(['met', 'unmet', 'unknown']),
    confidence: draw.pick(['high', 'high', 'high', 'low', 'recalled']),
  })
  const tiers = draw.list(1, 3, (i): Tier => {
    const target = draw.pick<TargetEntity>(['household', 'person'])
    const conditions = draw.list(1, 2, (c) => condition(`t${i}-c${c}`, target))
    return { id: `t${i}`, target, conditions, amount: randomAmount(draw, target, named) }
  })
  const [first = 'household', ...rest] = tiers.map((t) => t.target)
  const shared = rest.every((target) => target === first) ? first : 'either'
  const conditions = draw.list(0, 2, (c) => condition(`c${c}`, shared))
  const head = { id, name: `政策${id}`, category: 'any', computes: 'full' }
  return { ...head, parameters: [], terms: [], conditions, tiers, excludes: [] }
}

function randomAmount(draw: Draw, target: TargetEntity, named: Named): Amount {
  const kind = draw.pick(['computed', 'computed', 'computed', 'official', 'none'])
  return {
    kind,
    per: draw.pick(['month', 'month', 'year', 'once']),
    round: draw.pick(['fen', 'yuan-up', 'yuan-half-up']),
    ...(kind === 'computed'
      ? { expr: expression(draw, viewOf(target, named), 'number', DEPTH) }
      : {}),
  }
}

function addExclusions(draw: Draw, data: Programme[], statuses: readonly Fact[]): void {
  for (const programme of data) {
    const hasPerson = programme.tiers.some((t) => t.target === 'person')
    const usable = statuses.filter((f) => f.entity === 'household' || hasPerson)
    if (usable.length === 0 || !draw.chance(1, 3)) continue
    const { programme: other = '', entity } = draw.pick(usable)
    programme.excludes.push({ programme: other, entity, confidence: draw.pick(['high', 'low']) })
  }
}

/** The pack, with constants in place of whatever expression is refused. */
function mended(source: PackSource): Pack {
  for (let round = 0; round < 12; round++) {
    const read = readPack(source)
    if (!('problems' in read)) return read
    for (const problem of read.problems) mend(source, problem)
  }
  throw new Error('a random pack cannot be mended')
}

function mend(source: PackSource, { file, path, message }: Problem): void {
  const data = source.programmes.find((p) => p.file === file)?.data as Programme | undefined
  const [list, at, key] = path
  if (list === 'excludes') {
    data?.excludes.splice(Number(at), 1)
    return
  }
  let holder: unknown = data
  for (const step of path.slice(0, -1)) holder = Reflect.get(Object(holder), step)
  if (path.at(-1) !== 'expr') throw new Error(`not an expression: ${message} at ${path.join('.')}`)
  const id = String(Reflect.get(Object(holder), 'id'))
  const constant =
    list === 'terms'
      ? termConstant(id)
      : key === 'conditions' || list === 'conditions'
        ? 'true'
        : '100'
  Reflect.set(Object(holder), 'expr', constant)
}

function termConstant(id: string): string {
  return id.startsWith('boolean') ? 'true' : id.startsWith('date') ? 'on' : '1'
}
