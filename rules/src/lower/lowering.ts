import type { Names } from '../check/names.ts'
import type { Origins, Path } from '../check/shape.ts'
import { nearest, Reporter } from '../check/shape.ts'
import { scaled } from '../decimals.ts'
import { dayFromText } from '../days.ts'
import type { Place } from '../feel/ast.ts'
import { parseFeel } from '../feel/parse.ts'
import { Graph } from './graph.ts'
import type { CompareOp, LoweredFact, Measure, NodeId, Target } from '../ir.ts'
import { lower } from './expression.ts'
import { lowerProgramme } from './programme.ts'
import type {
  ConditionText,
  Fact,
  Parameter,
  Problem,
  Sourced,
  TargetEntity,
  Term,
} from '../pack.ts'
import { parameterRange, parameterScale } from '../parameters.ts'
import type { Scope, Site, World } from './scope.ts'
import { refuse, topScope } from './scope.ts'
import type { Ratio, Scalar, Typed } from './typed.ts'
import { isScalar, nodeOf, WRONG } from './typed.ts'

type TermAt = Readonly<{ term: Term; site: Site }>
type Resolved = Readonly<{ value: Typed; entity: TargetEntity | 'day' }>

export type LoweringInput = Readonly<{
  facts: readonly Fact[]
  parameters: readonly Parameter[]
  programmes: readonly Sourced[]
  names: Names
  problems: Problem[]
  origins: Origins
}>

/** Lowers a whole pack, term by term and programme by programme, each when first needed. */
export class Lowering {
  readonly graph = new Graph()
  readonly targets: Target[] = []
  readonly texts: ConditionText[][] = []
  readonly nodeNames = new Map<NodeId, string>()
  readonly measures = new Map<NodeId, Measure>()
  readonly world: World
  readonly facts: LoweredFact[]
  readonly input: LoweringInput
  private readonly factIndex = new Map<string, number>()
  private readonly terms = new Map<string, TermAt>()
  private readonly resolvedTerms = new Map<string, Typed>()
  private readonly doneProgrammes = new Set<string>()
  /** Terms and programmes being lowered, outermost first; a repeat is a cycle. */
  private readonly open: string[] = []

  constructor(input: LoweringInput) {
    this.input = input
    input.facts.forEach((f, i) => this.factIndex.set(f.id, i))
    this.facts = input.facts.map((f, i) => lowerFact(f, i, this.factIndex))
    for (const { file, programme } of input.programmes) {
      for (const term of programme.terms) {
        this.terms.set(term.id, { term, site: this.site(file, [...this.origin(term), 'expr']) })
      }
    }
    this.world = {
      graph: this.graph,
      names: input.names,
      resolve: (name, place, scope) => this.resolve(name, place, scope),
      status: (programme, place, scope) => this.status(programme, place, scope),
      match: (programme, place, scope) => this.match(programme, place, scope),
      measured: (node, op, left, right) => this.measured(node, op, left, right),
    }
  }

  private measured(node: NodeId, op: CompareOp, left: Ratio, right: Ratio): void {
    const compare = this.graph.at(node).op
    if (compare.kind !== 'compare' || this.measures.has(node)) return
    const leftIsLine =
      this.graph.at(left.num).entity === 'day' && this.graph.at(right.num).entity !== 'day'
    this.measures.set(node, {
      op,
      left: left.num,
      leftDen: left.den,
      right: right.num,
      rightDen: right.den,
      a: compare.a,
      b: compare.b,
      line: leftIsLine ? 'a' : 'b',
      money: left.money || right.money,
      unit: left.unit || right.unit,
      label: leftIsLine ? right.label : left.label,
    })
  }

  run(): void {
    for (const id of this.terms.keys()) this.term(id)
    for (const { programme } of this.input.programmes) this.programme(programme.id)
  }

  private resolve(name: string, place: Place, scope: Scope): Resolved {
    const use = this.input.names.find(name)
    if (use?.kind === 'fact') return this.fact(use.id)
    if (use?.kind === 'parameter') return { value: this.parameter(use.id), entity: 'day' }
    const found = use && this.terms.get(use.id)
    if (!use || !found) return { value: WRONG, entity: 'day' }
    const key = `term ${use.id}`
    if (this.open.includes(key)) {
      const round = [...this.open.slice(this.open.indexOf(key)), key]
        .map((k) => this.openName(k))
        .join(' → ')
      return {
        value: refuse(scope, place, 'pack.cycle', `循环引用:${round}`),
        entity: found.term.entity,
      }
    }
    return { value: this.term(use.id), entity: found.term.entity }
  }

  private openName(key: string): string {
    const [kind, id = ''] = key.split(' ')
    if (kind === 'term') return this.terms.get(id)?.term.name ?? id
    const found = this.input.programmes.find(({ programme }) => programme.id === id)
    return `${found?.programme.name ?? id}(${id})`
  }

  private term(id: string): Typed {
    const done = this.resolvedTerms.get(id)
    if (done) return done
    const at = this.terms.get(id)
    if (!at) return WRONG
    this.open.push(`term ${id}`)
    const value = this.lowerTerm(at)
    this.open.pop()
    this.resolvedTerms.set(id, value)
    return value
  }

  private lowerTerm({ term, site }: TermAt): Typed {
    const value = this.expression(term.expr, term.entity, site)
    if (value.is === 'wrong') return WRONG
    if (!isScalar(value)) {
      site.report.add(site.path, 'feel.type', '计算项应当是数字、是否、代码或日期')
      return WRONG
    }
    this.nodeNames.set(nodeOf(value), term.name)
    return value.is === 'number'
      ? { ...value, unit: term.unit ?? value.unit, label: term.name, money: value.money }
      : value
  }

  /** Parses and lowers a text in the scope of an entity, reporting at `site`. */
  expression(text: string, entity: TargetEntity, site: Site): Typed {
    const parsed = parseFeel(text)
    for (const p of parsed.problems) site.report.add(site.path, p.code, p.message, p.from)
    return parsed.expr ? lower(parsed.expr, topScope(entity, site), this.world) : WRONG
  }

  private fact(id: string): Resolved {
    const fact = this.input.facts[this.factIndex.get(id) ?? -1]
    if (!fact) return { value: WRONG, entity: 'day' }
    const node = this.factNode(id)
    return { entity: fact.entity, value: this.typedFact(fact, node) }
  }

  private typedFact(fact: Fact, node: NodeId): Scalar {
    switch (fact.type) {
      case 'boolean':
        return { is: 'boolean', node }
      case 'date':
        return { is: 'date', node }
      case 'code':
        return { is: 'code', node, codes: fact.codes ?? [], name: fact.name }
      default:
        return {
          is: 'number',
          num: node,
          den: null,
          money: fact.type === 'money',
          unit: fact.unit ?? '',
          label: fact.name,
        }
    }
  }

  factNode(id: string): NodeId {
    const index = this.factIndex.get(id) ?? -1
    const fact = this.facts[index]
    if (!fact) throw new Error(`no fact ${id}`)
    const { lo, hi } = fact.range
    const type =
      fact.type === 'boolean' || fact.type === 'date' || fact.type === 'code' ? fact.type : 'number'
    const of = {
      entity: fact.entity,
      type,
      scale: fact.scale,
      nullable: fact.nullable,
      lo,
      hi,
    } as const
    if (fact.derivedFrom === null) return this.graph.leaf({ kind: 'fact', fact: index }, of)
    const source = this.facts[fact.derivedFrom]
    const a = this.graph.age(this.factNode(source?.id ?? ''))
    return this.graph.leaf(
      { kind: 'derived', fact: index, a },
      { ...of, nullable: of.nullable || (source?.nullable ?? false) },
    )
  }

  private parameter(id: string): Typed {
    const index = this.input.parameters.findIndex((p) => p.id === id)
    const p = this.input.parameters[index]
    if (!p) return WRONG
    const known = p.rows.map((r) => scaled(r.value, parameterScale(p)))
    const range = parameterRange(p)
    const lo = Math.min(range.lo, ...known)
    const hi = Math.max(range.hi, ...known)
    const num = this.graph.leaf(
      { kind: 'parameter', parameter: index },
      { entity: 'day', type: 'number', scale: parameterScale(p), nullable: false, lo, hi },
    )
    this.nodeNames.set(num, p.name)
    return {
      is: 'number',
      num,
      den: null,
      money: p.type === 'money',
      unit: p.unit ?? '',
      label: p.name,
    }
  }

  private programmeExists(id: string, place: Place, scope: Scope): boolean {
    const ids = this.input.programmes.map((p) => p.programme.id)
    if (ids.includes(id)) return true
    const near = nearest(id, ids)
    refuse(
      scope,
      place,
      'feel.unknown-programme',
      `没有编号为“${id}”的政策${near ? `,是不是“${near}”?` : ''}`,
    )
    return false
  }

  private status(id: string, place: Place, scope: Scope): Typed {
    if (!this.programmeExists(id, place, scope)) return WRONG
    const facts = this.input.facts.filter((f) => f.kind === 'status' && f.programme === id)
    const own =
      facts.find((f) => f.entity === scope.row) ?? facts.find((f) => f.entity === 'household')
    if (own) return { is: 'boolean', node: this.factNode(own.id) }
    return facts.length === 0
      ? refuse(
          scope,
          place,
          'feel.no-status',
          `facts.yaml 里没有政策“${id}”的身份事实(kind: status)`,
        )
      : refuse(
          scope,
          place,
          'feel.entity',
          `“${id}”的身份是个人的,在家庭的表达式里要用 some m in members … 等按成员写`,
        )
  }

  private match(id: string, place: Place, scope: Scope): Typed {
    if (!this.programmeExists(id, place, scope)) return WRONG
    const key = `programme ${id}`
    if (this.open.includes(key)) {
      const round = [...this.open.slice(this.open.indexOf(key)), key]
        .map((k) => this.openName(k))
        .join(' → ')
      return refuse(
        scope,
        place,
        'pack.cycle',
        `政策互相等待对方的匹配结果:${round};其中一处应改用 status(…)`,
      )
    }
    this.programme(id)
    const nodes = this.matchNodes(id).filter(
      (t) => scope.row === 'person' || t.entity === 'household',
    )
    if (nodes.length > 0)
      return {
        is: 'boolean',
        node: this.graph.junction(
          'or',
          nodes.map((t) => t.node),
        ),
      }
    const source = this.input.programmes.find((p) => p.programme.id === id)?.programme
    return source?.computes === 'guidance' || source?.tiers.length === 0
      ? refuse(scope, place, 'feel.no-match', `政策“${id}”不计算资格,没有匹配结果`)
      : this.targets.some((t) => this.input.programmes[t.programme]?.programme.id === id)
        ? refuse(
            scope,
            place,
            'feel.entity',
            `“${id}”是按人匹配的,在家庭的表达式里要按成员写,例如 count(members[match("${id}")])`,
          )
        : WRONG
  }

  /** First-pass verdicts of a programme's targets that are lowered already. */
  matchNodes(id: string): { entity: TargetEntity; node: NodeId }[] {
    return this.targets
      .filter((t) => this.input.programmes[t.programme]?.programme.id === id)
      .map((t) => {
        const of = {
          entity: t.entity,
          type: 'boolean',
          scale: 0,
          nullable: false,
          lo: 0,
          hi: 0,
        } as const
        return { entity: t.entity, node: this.graph.leaf({ kind: 'match', target: t.index }, of) }
      })
  }

  private programme(id: string): void {
    if (this.doneProgrammes.has(id)) return
    this.doneProgrammes.add(id)
    this.open.push(`programme ${id}`)
    const index = this.input.programmes.findIndex((p) => p.programme.id === id)
    const source = this.input.programmes[index]
    if (source && source.programme.computes !== 'guidance') lowerProgramme(source, index, this)
    this.open.pop()
  }

  /** Path of a record in its file. */
  origin(of: object): Path {
    return this.input.origins.get(of) ?? []
  }

  site(file: string, path: Path): Site {
    return { report: new Reporter(file, this.input.problems), path }
  }
}

function lowerFact(f: Fact, index: number, ids: ReadonlyMap<string, number>): LoweredFact {
  const scale = f.type === 'money' ? 2 : f.type === 'number' ? (f.decimals ?? 2) : 0
  const derivedFrom = f.derive ? (ids.get(f.derive.ageOf) ?? null) : null
  return {
    index,
    id: f.id,
    entity: f.entity,
    type: f.type,
    scale,
    derivedFrom,
    factor: f.type === 'number' ? 10 ** scale : 1,
    range: factRange(f, scale),
    nullable: f.nullable ?? false,
    codes: (f.codes ?? []).map((c) => c.code),
    statusOf: f.kind === 'status' ? (f.programme ?? null) : null,
  }
}

/** Money without a declared range lies between 0 and 21 million yuan, as columns of 32 bits hold it. */
const MONEY_RANGE = [0, 21_000_000] as const

function factRange(f: Fact, scale: number): { lo: number; hi: number } {
  if (f.type === 'code') return { lo: 0, hi: Math.max(0, (f.codes?.length ?? 1) - 1) }
  if (f.type === 'boolean') return { lo: 0, hi: 0 }
  const [lo, hi] = f.range ?? (f.type === 'money' ? MONEY_RANGE : [null, null])
  const number = (v: number | string): number =>
    f.type === 'date' ? (dayFromText(String(v)) ?? 0) : scaled(v, scale)
  return { lo: lo === null ? -Infinity : number(lo), hi: hi === null ? Infinity : number(hi) }
}
