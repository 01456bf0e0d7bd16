import type { Path } from '../check/shape.ts'
import type { Amount, Condition, Measure, NodeId, Target } from '../ir.ts'
import type {
  Clause,
  ConditionText,
  Exclusion,
  Problem,
  ProgrammeAmount,
  ProgrammeCondition,
  Sourced,
  TargetEntity,
} from '../pack.ts'
import { TooLarge } from './graph.ts'
import { PendingRoots, type Rebuilding } from './pending.ts'
import { roundRatio } from './ratio.ts'
import type { Site } from './scope.ts'
import { type Typed, typeWords } from './typed.ts'

/** What lowering a programme needs of the lowering of its pack, and where it puts its targets. */
type PackLowering = Rebuilding &
  Readonly<{
    input: Readonly<{ problems: Problem[]; programmes: readonly Sourced[] }>
    targets: Target[]
    texts: ConditionText[][]
    measures: ReadonlyMap<NodeId, Measure>
    expression: (text: string, entity: TargetEntity, site: Site) => Typed
    origin: (of: object) => Path
    site: (file: string, path: Path) => Site
  }>

type Drafted = Readonly<{
  condition: Omit<Condition, 'pendingRoot' | 'reads'>
  text: ConditionText
}>

/** Lowers the tiers of a programme, target by target. Targets with mistakes are left out: the pack is refused anyway. */
export function lowerProgramme(source: Sourced, index: number, at: PackLowering): void {
  for (const entity of ['household', 'person'] as const) {
    if (source.programme.tiers.some((t) => t.target === entity))
      lowerTarget(source, index, entity, at)
  }
}

function lowerTarget(source: Sourced, index: number, entity: TargetEntity, at: PackLowering): void {
  const { programme } = source
  const drafts: (Drafted | null)[] = []
  programme.conditions.forEach((c) =>
    drafts.push(condition(c, { entity, tier: null, path: at.origin(c) }, source, at)),
  )
  programme.excludes.forEach((e) =>
    drafts.push(exclusion(e, { entity, tier: null, path: at.origin(e) }, source, at)),
  )
  const base = drafts.map((_, i) => i)
  const tiers: { id: string; conditions: number[]; amount: Amount }[] = []
  for (const tier of programme.tiers.filter((t) => t.target === entity)) {
    const first = drafts.length
    for (const c of tier.conditions)
      drafts.push(condition(c, { entity, tier: tier.id, path: at.origin(c) }, source, at))
    const conditions = drafts.slice(first).map((_, i) => first + i)
    const lowered = amount(
      tier.amount,
      { entity, tier: tier.id, path: at.origin(tier.amount) },
      source,
      at,
    )
    if (lowered) tiers.push({ id: tier.id, conditions, amount: lowered })
    else drafts.push(null)
  }
  const good = drafts.filter((d) => d !== null)
  if (good.length < drafts.length) return
  const target: Target = {
    index: at.targets.length,
    programme: index,
    entity,
    conditions: good.map((d) => ({
      ...d.condition,
      pendingRoot: d.condition.root,
      reads: NO_READS,
    })),
    base,
    tiers,
    ready: Math.max(0, ...good.map((d) => d.condition.root)),
    readsStatus: false,
  }
  at.targets.push(target)
  at.texts.push(good.map((d) => d.text))
}

const NO_READS = { facts: [], parameters: [], matches: [], statuses: [] } as const

type Spot = Readonly<{ entity: TargetEntity; tier: string | null; path: Path }>

/** A condition as written, or one made from an exclusion, which may name no clause. */
type Written = Omit<ProgrammeCondition, 'clause'> & Readonly<{ clause?: Clause }>

function condition(c: Written, spot: Spot, source: Sourced, at: PackLowering): Drafted | null {
  const site = at.site(source.file, [...spot.path, 'expr'])
  const typed = at.expression(c.expr, spot.entity, site)
  if (typed.is === 'wrong') return null
  if (typed.is !== 'boolean') {
    site.report.add(site.path, 'feel.type', `条件应当能判断是否,得到的是${typeWords(typed)}`)
    return null
  }
  const root = spot.entity === 'person' ? at.graph.project(typed.node) : typed.node
  if (at.graph.at(root).nullable && c.whenNull === undefined) {
    site.report.add(
      site.path,
      'pack.when-null',
      '事实为“已知没有”(null)时这个条件没有结果,请写明 whenNull: met、unmet 或 unknown',
    )
    return null
  }
  return {
    condition: {
      id: c.id,
      root,
      whenNull: c.whenNull ?? null,
      confirmed: c.confidence !== 'low' && c.confidence !== 'recalled',
      measure: at.measures.get(typed.node) ?? null,
    },
    text: {
      text: c.text,
      tier: spot.tier,
      clause: c.clause ?? null,
      confidence: c.confidence ?? null,
      source: c.source ?? [],
    },
  }
}

/**
 * An exclusion as the condition not-<programme> on its status.
 *
 * A household is excluded by a personal status only when every member has it; otherwise only the
 * person is, which the programme's own expressions must take into account.
 */
function exclusion(e: Exclusion, spot: Spot, source: Sourced, at: PackLowering): Drafted | null {
  const perMember = spot.entity === 'household' && e.entity === 'person'
  const status = `status("${e.programme}")`
  const expr = perMember ? `not(every m in members satisfies ${status})` : `not(${status})`
  const before = at.input.problems.length
  const drafted = condition(
    {
      id: `not-${e.programme}`,
      text: e.text ?? `没有享受${nameOf(e.programme, at)}`,
      expr,
      ...(e.clause ? { clause: e.clause } : {}),
      ...(e.confidence ? { confidence: e.confidence } : {}),
      source: e.source ?? [],
    },
    spot,
    source,
    at,
  )
  // the expression is ours, not the author's: point at the exclusion itself
  at.input.problems.splice(
    before,
    at.input.problems.length,
    ...at.input.problems.slice(before).map(({ offset: _, ...p }) => ({
      ...p,
      path: [...spot.path, 'programme'],
      ...(p.code === 'feel.entity'
        ? { message: `“${e.programme}”的身份是个人的,这里要写明 entity: person` }
        : {}),
    })),
  )
  return drafted
}

function nameOf(programme: string, { input }: PackLowering): string {
  return input.programmes.find((p) => p.programme.id === programme)?.programme.name ?? programme
}

function amount(a: ProgrammeAmount, spot: Spot, source: Sourced, at: PackLowering): Amount | null {
  const per = a.per ?? 'month'
  if (a.kind !== 'computed') return { kind: a.kind, per }
  const site = at.site(source.file, [...spot.path, 'expr'])
  if (a.expr === undefined) {
    site.report.add(spot.path, 'pack.missing-key', '计算的金额要写 expr')
    return null
  }
  const typed = at.expression(a.expr, spot.entity, site)
  if (typed.is === 'wrong') return null
  if (typed.is !== 'number') {
    site.report.add(site.path, 'feel.type', `金额应当是数字(元),得到的是${typeWords(typed)}`)
    return null
  }
  try {
    const rounded = roundRatio(at.graph, typed, a.round ?? 'fen')
    if (at.graph.at(rounded).nullable) {
      site.report.add(
        site.path,
        'pack.amount-null',
        '金额不能是 null:请用 if … != null then … else … 写明“已知没有”时怎么算',
      )
      return null
    }
    return {
      kind: 'computed',
      node: spot.entity === 'person' ? at.graph.project(rounded) : rounded,
      per,
      reads: NO_READS,
    }
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error
    site.report.add(site.path, 'feel.too-large', error.message)
    return null
  }
}

/** Second-pass roots, once every target is lowered: statuses as if each match were confirmed. */
export function addPendingRoots(at: PackLowering): void {
  const pending = new PendingRoots(at)
  at.targets.forEach((t, i) => {
    const conditions = t.conditions.map((c) => ({ ...c, pendingRoot: pending.of(c.root) }))
    at.targets[i] = {
      ...t,
      conditions,
      readsStatus: conditions.some((c) => c.root !== c.pendingRoot),
    }
  })
}
