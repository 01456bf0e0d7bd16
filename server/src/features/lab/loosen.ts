import { mapOperands, operands, type Pack, parameterScale } from '@qiao/rules'

type Program = Pack['program']
type Node = Program['nodes'][number]
type Target = Program['targets'][number]
type LooseFact = Program['facts'][number]

/**
 * A pack in which some parameters are read from a column instead of being written into the loops:
 * compiled once, it answers for one value after the other while a slider moves.
 *
 * What the day and those parameters decide becomes a value of each household and of each person.
 */
export type Loose = Readonly<{
  pack: Pack
  /** Household columns by parameter id: fill them with {@link looseCell}. */
  columnOf: ReadonlyMap<string, string>
}>

export function loosen(pack: Pack, ids: readonly string[]): Loose {
  const { program } = pack
  const facts = [...program.facts]
  const columnOf = new Map<string, string>()
  const factOf = new Map<number, number>()
  for (const id of ids) {
    const at = pack.parameters.findIndex((parameter) => parameter.id === id)
    if (at < 0) throw new RangeError(`no parameter ${id}`)
    const fact = looseFact(pack, at, facts.length)
    facts.push(fact)
    columnOf.set(id, fact.id)
    factOf.set(at, fact.index)
  }
  const { nodes, placeOf } = spread(program, factOf)
  const targets = program.targets.map((target) => moved(target, placeOf))
  const measures = new Map(
    [...program.measures].flatMap(([id, measure]) => {
      const own = program.nodes[id]?.entity ?? 'day'
      const place = (node: number) => placeOf(node, own)
      return [[place(id), measureAt(measure, place)] as const]
    }),
  )
  return {
    pack: { ...pack, program: { ...program, facts, nodes, targets, measures, names: new Map() } },
    columnOf,
  }
}

/** What a cell of the column holds for a value in yuan or plain numbers. */
export function looseCell(pack: Pack, id: string, value: number): number {
  const parameter = pack.parameters.find((one) => one.id === id)
  return parameter?.type === 'money' ? Math.round(value * 100) : value
}

function looseFact(pack: Pack, at: number, index: number): LooseFact {
  const parameter = pack.parameters[at]
  if (!parameter) throw new RangeError(`no parameter ${at}`)
  const scale = parameterScale(parameter)
  const isMoney = parameter.type === 'money'
  return {
    index,
    id: `parameter ${parameter.id}`,
    entity: 'household',
    type: isMoney ? 'money' : 'number',
    scale,
    factor: isMoney ? 1 : 10 ** scale,
    range: { lo: -Infinity, hi: Infinity },
    nullable: false,
    codes: [],
    derivedFrom: null,
    statusOf: null,
  }
}

type Own = Node['entity']

/**
 * The nodes, with a household's and a person's copy of everything of the day that the loosened
 * parameters decide.
 */
function spread(
  { nodes }: Program,
  factOf: ReadonlyMap<number, number>,
): { nodes: Node[]; placeOf: (id: number, own: Own) => number } {
  const made: Node[] = []
  const places: (number | { household: number; person: number })[] = []
  const placeOf = (id: number, own: Own): number => {
    const place = places[id] ?? 0
    return typeof place === 'number' ? place : place[own === 'day' ? 'household' : own]
  }
  const add = (node: Node, own: Own): number => {
    const of = readerOf(node, own)
    const fact = node.op.kind === 'parameter' ? factOf.get(node.op.parameter) : undefined
    const op: Node['op'] =
      fact === undefined ? mapOperands(node.op, (id) => placeOf(id, of)) : { kind: 'fact', fact }
    made.push({ ...node, id: made.length, entity: own, op })
    return made.length - 1
  }
  for (const node of nodes) {
    const isLoose =
      (node.op.kind === 'parameter' && factOf.has(node.op.parameter)) ||
      operands(node.op).some((id) => typeof places[id] === 'object')
    places[node.id] =
      isLoose && node.entity === 'day'
        ? { household: add(node, 'household'), person: add(node, 'person') }
        : add(node, node.entity)
  }
  return { nodes: made, placeOf }
}

const ofMembers = new Set(['sum', 'least', 'greatest', 'some', 'every'])

/** Whose values the operands of a node are: those of the members, of the household, or its own. */
function readerOf({ op }: Node, own: Own): Own {
  if (op.kind === 'project') return 'household'
  return ofMembers.has(op.kind) ? 'person' : own
}

function moved(target: Target, placeOf: (id: number, own: Own) => number): Target {
  const place = (id: number) => placeOf(id, target.entity)
  return {
    ...target,
    ready: place(target.ready),
    conditions: target.conditions.map((condition) => ({
      ...condition,
      root: place(condition.root),
      pendingRoot: place(condition.pendingRoot),
      measure: condition.measure && measureAt(condition.measure, place),
    })),
    tiers: target.tiers.map((tier) =>
      tier.amount.kind === 'computed'
        ? { ...tier, amount: { ...tier.amount, node: place(tier.amount.node) } }
        : tier,
    ),
  }
}

type Measure = NonNullable<Target['conditions'][number]['measure']>

function measureAt(measure: Measure, place: (id: number) => number): Measure {
  const { left, leftDen, right, rightDen, a, b } = measure
  const maybe = (id: number | null) => (id === null ? null : place(id))
  return {
    ...measure,
    left: place(left),
    leftDen: maybe(leftDen),
    right: place(right),
    rightDen: maybe(rightDen),
    a: place(a),
    b: place(b),
  }
}
