import type { Node, NodeId } from '../ir.ts'
import { booleanCode } from './boolean-code.ts'
import { isAggregate, writeInline } from './member-code.ts'
import { literal, type Plan, type Writer } from './names.ts'
import { numberCode } from './number-code.ts'

/** Longest text of a condition that is written again instead of named. */
const SHORT = 40

/**
 * A writer for a loop over households (`h`) or persons (`p`), or over the members in it.
 *
 * @param computes stored nodes that this loop itself computes
 */
export function writerFor(plan: Plan, computes: ReadonlySet<NodeId> = new Set()): Writer {
  const { program, forms, day } = plan
  const scopes: Map<NodeId, string>[] = [new Map()]
  const lines: string[] = []
  const kept = new Set<number>()
  const used = {
    facts: new Set<number>(),
    verdicts: new Set<number>(),
    columns: new Set<NodeId>(),
    constants: new Map<string, string>(),
    household: false,
  }
  const node = (id: NodeId): Node => program.nodes[id]!
  const isDay = (id: NodeId): boolean => node(id).entity === 'day'
  const exact = (id: NodeId): boolean => forms[id]?.exact ?? false
  const nulls = (id: NodeId): boolean => forms[id]?.nulls ?? true
  const isBool = (id: NodeId): boolean => exact(id) && !nulls(id)
  const row = (entity: Node['entity']): string => {
    if (entity !== 'person') used.household = true
    return entity === 'person' ? 'p' : 'h'
  }
  const written = (id: NodeId): string | undefined => {
    for (const scope of scopes) {
      const text = scope.get(id)
      if (text !== undefined) return text
    }
    return undefined
  }
  const need = (id: NodeId): string => {
    const found = written(id)
    if (found !== undefined) return found
    const text = write(id)
    scopes.at(-1)?.set(id, text)
    return text
  }
  const write = (id: NodeId): string => {
    if (plan.stored.has(id) && !computes.has(id)) return load(id)
    const one = node(id)
    if (isAggregate(one)) {
      writeInline(one, names)
      return aggregateName(id)
    }
    if (one.type !== 'boolean') {
      lines.push(numberCode(one, names))
      return ''
    }
    const text = booleanCode(one, names)
    if (isBool(id) && text.length <= SHORT) return `(${text})`
    lines.push(`const ${isBool(id) ? 'b' : 'm'}${id} = ${text};`)
    return `${isBool(id) ? 'b' : 'm'}${id}`
  }
  const aggregateName = (id: NodeId): string =>
    node(id).type === 'boolean' ? `${isBool(id) ? 'b' : 'm'}${id}` : ''
  const load = (id: NodeId): string => {
    used.columns.add(id)
    const at = row(node(id).entity)
    if (node(id).type === 'boolean') return isBool(id) ? `(M${id}[${at}] === 1)` : `M${id}[${at}]`
    if (exact(id)) lines.push(`const v${id} = L${id}[${at}];`)
    else lines.push(`const l${id} = L${id}[${at}], h${id} = H${id}[${at}];`)
    if (nulls(id)) lines.push(`const n${id} = N${id}[${at}];`)
    return ''
  }
  const end = (id: NodeId, side: 'lo' | 'hi'): string => {
    if (isDay(id)) return literal(day[side](id))
    need(id)
    return exact(id) ? `v${id}` : `${side === 'lo' ? 'l' : 'h'}${id}`
  }
  const nul = (id: NodeId): string => {
    if (isDay(id)) return literal(day.nul(id))
    if (!nulls(id)) return '0'
    need(id)
    return `n${id}`
  }
  const sure = (id: NodeId, side: 'lo' | 'hi'): string =>
    !isDay(id) && exact(id) && nulls(id)
      ? `(${nul(id)} === 2 ? ${side === 'lo' ? 'Infinity' : '-Infinity'} : ${end(id, side)})`
      : end(id, side)
  const names: Writer = {
    plan,
    node,
    exact,
    nulls,
    isBool,
    lo: (id) => end(id, 'lo'),
    hi: (id) => end(id, 'hi'),
    nul,
    endLo: (id) => sure(id, 'lo'),
    endHi: (id) => sure(id, 'hi'),
    bool: (id) => (isDay(id) ? String(day.lo(id) === 1) : need(id)),
    mask: (id) => {
      if (isDay(id)) return literal(day.lo(id))
      if (!isBool(id)) return need(id)
      const { op } = node(id)
      // a cell that is known is 0 or 1
      return op.kind === 'fact' ? `(2 - ${names.cell(op.fact)})` : `(2 - ${need(id)})`
    },
    cell: (fact) => {
      if (kept.has(fact)) return `f${fact}`
      used.facts.add(fact)
      if (program.facts[fact]?.entity === 'person') return `F${fact}[gp]`
      used.household = true
      return `F${fact}[gh]`
    },
    verdict: (target) => {
      used.verdicts.add(target)
      return `V${target}`
    },
    row,
    constant: (name, text) => {
      used.constants.set(name, text)
      return name
    },
    lines,
    used,
    within: (head, body) => {
      lines.push(`${head} {`)
      scopes.push(new Map())
      body()
      scopes.pop()
      lines.push('}')
    },
    keepCell: (fact) => {
      lines.push(`const f${fact} = ${names.cell(fact)};`)
      kept.add(fact)
    },
    have: (id) => {
      scopes.at(-1)?.set(id, aggregateName(id))
    },
  }
  return names
}

/** Statements that put a node's value into its columns. */
export function storeCode(writer: Writer, id: NodeId): void {
  writer.used.columns.add(id)
  const { type, entity } = writer.node(id)
  const at = writer.row(entity)
  if (type === 'boolean') {
    writer.lines.push(`M${id}[${at}] = ${writer.mask(id)};`)
    return
  }
  const [lo, hi, nul] = [writer.lo(id), writer.hi(id), writer.nul(id)]
  writer.lines.push(`L${id}[${at}] = ${lo};`)
  if (!writer.exact(id)) writer.lines.push(`H${id}[${at}] = ${hi};`)
  if (writer.nulls(id)) writer.lines.push(`N${id}[${at}] = ${nul};`)
}
