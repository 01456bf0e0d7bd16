import type { Entity, Node, NodeId, Program } from '../../ir.ts'
import { MAX_MEMBERS } from '../../ir.ts'
import { operands } from '../../operands.ts'
import { extremeStep } from '../extremes.ts'
import type { Frame, Step } from '../frame.ts'
import type { Verdicts } from '../verdicts.ts'
import { booleanText } from './booleans.ts'
import { libraryFor } from './library.ts'
import { memberLines } from './members.ts'
import { derivedLines, numberLines } from './numbers.ts'
import { verdictLines } from './verdicts.ts'
import { type Writer, writerFor } from './writer.ts'

/** One thing to be worked out: a node, or the verdicts of a target. */
export type Item =
  | Readonly<{ kind: 'node'; id: NodeId }>
  | Readonly<{ kind: 'verdict'; target: number; second: boolean }>

/** What steps read and write. */
export type Place = Readonly<{ program: Program; frame: Frame; verdicts: Verdicts; day: number }>

/** So many items make one function: more would keep the optimiser from it. */
const ITEMS_A_STEP = 40

/**
 * Writes and compiles the functions that work out these items for one household.
 *
 * @param items in an order in which each stands after everything it reads
 * @param dated whether the day's own nodes have been worked out: they are then written as numbers
 */
export function compileSteps(place: Place, items: readonly Item[], dated = true): Step[] {
  const { program, frame, verdicts, day } = place
  const library = libraryFor(day)
  const arrays = new Map<string, Uint8Array>()
  program.targets.forEach(({ index }) => {
    for (const [name, of] of [
      ['first', verdicts.first],
      ['second', verdicts.second],
      ['outcomes', verdicts.outcomes],
    ] as const)
      arrays.set(`${name}${index}`, of[index] ?? new Uint8Array(MAX_MEMBERS))
  })
  const names = ['lo', 'hi', 'nul', 'given', 'lib', 'persons']
  const compile = (source: string): Step => {
    const used = [...new Set(source.match(/\b(?:first|second|outcomes)\d+\b/g))]
    const make = new Function(...names, ...used, source)
    const { lo, hi, nul, given, persons } = frame
    return make(lo, hi, nul, given, library, persons, ...used.map((name) => arrays.get(name)))
  }
  return runsOf(program, items).flatMap(({ entity, items: run }) => {
    const [first] = run
    const op = first?.kind === 'node' ? program.nodes[first.id]?.op : undefined
    if (first?.kind === 'node' && (op?.kind === 'least' || op?.kind === 'greatest'))
      return [extremeStep(first.id, op, frame)]
    const writer = writerFor({ program, frame, dated }, entity)
    for (const item of run) writeItem(item, writer)
    return writer.lines.length === 0 ? [] : [compile(writer.source(frame.persons))]
  })
}

function writeItem(item: Item, writer: Writer): void {
  if (item.kind === 'node') return writeNode(writer.node(item.id), writer)
  const target = writer.program.targets[item.target]
  if (!target) throw new Error(`no target ${item.target}`)
  writer.lines.push(verdictLines(target, item.second, writer))
}

function writeNode(node: Node, writer: Writer): void {
  const { id, op, type } = node
  if (op.kind === 'fact') return
  const text = declaration(node, writer)
  writer.lines.push(text)
  writer.have(id)
  const at = writer.slot(id)
  if (type === 'boolean') writer.lines.push(`lo[${at}] = b${id};`)
  else
    writer.lines.push(
      `lo[${at}] = l${id}; hi[${at}] = h${id};${node.nullable ? ` nul[${at}] = n${id};` : ''}`,
    )
}

/** Statements that declare a node's names. */
function declaration(node: Node, writer: Writer): string {
  const { id, op, type, entity } = node
  if (op.kind === 'match')
    return `const b${id} = first${op.target}[${entity === 'person' ? 'i' : '0'}];`
  if (op.kind === 'project' && type === 'boolean') return `const b${id} = ${writer.mask(op.a)};`
  if (op.kind === 'derived') {
    const fact = writer.program.facts[op.fact]
    if (fact) return derivedLines(node, op.a, fact, writer)
  }
  const boolean = booleanText(node, writer)
  if (boolean !== null) return `const b${id} = ${boolean};`
  const lines = numberLines(node, writer) ?? memberLines(node, writer)
  if (lines === null) throw new Error(`no step for ${op.kind}`)
  return lines
}

type Run = Readonly<{ entity: Entity; items: readonly Item[] }>

/** Items of one entity, one after the other; what reads of another entity comes in a later run. */
function runsOf(program: Program, items: readonly Item[]): Run[] {
  const runs: { entity: Entity; items: Item[] }[] = []
  for (const group of groupsOf(program, items))
    for (const { entity, items: own } of group) {
      let open: Item[] | null = null
      for (const item of own) {
        const alone = isAlone(program, item)
        if (open === null || alone || open.length >= ITEMS_A_STEP) {
          open = []
          runs.push({ entity, items: open })
        }
        open.push(item)
        if (alone) open = null
      }
    }
  return runs
}

function isAlone(program: Program, item: Item): boolean {
  const kind = item.kind === 'node' ? program.nodes[item.id]?.op.kind : undefined
  return kind === 'least' || kind === 'greatest'
}

/**
 * Items by how often values have passed between persons and households before they can be worked
 * out, and among those by entity.
 */
function groupsOf(program: Program, items: readonly Item[]): Run[][] {
  const level = new Map<NodeId, number>()
  const targetLevel = new Map<number, number>()
  const levels: Map<Entity, Item[]>[] = []
  const entityOf = (id: NodeId): Entity => program.nodes[id]?.entity ?? 'day'
  const after = (ids: readonly NodeId[], entity: Entity): number =>
    ids.reduce((most, id) => {
      const own = level.get(id)
      return own === undefined ? most : Math.max(most, own + (entityOf(id) === entity ? 0 : 1))
    }, 0)
  for (const item of items) {
    const [entity, at] =
      item.kind === 'node' ? ofNode(program.nodes[item.id]) : ofVerdict(item.target, item.second)
    const group = (levels[at] ??= new Map<Entity, Item[]>())
    const own = group.get(entity)
    if (own) own.push(item)
    else group.set(entity, [item])
  }
  return levels.map((group) => [...group].map(([entity, own]) => ({ entity, items: own })))

  function ofNode(node: Node | undefined): [Entity, number] {
    if (!node) throw new Error('no such node')
    const { id, entity, op } = node
    const read = op.kind === 'match' ? afterVerdict(op.target, entity) : 0
    const at = Math.max(read, after(operands(op), entity))
    level.set(id, at)
    return [entity, at]
  }

  function afterVerdict(index: number, entity: Entity): number {
    const own = targetLevel.get(index) ?? 0
    return program.targets[index]?.entity === entity ? own : own + 1
  }

  function ofVerdict(index: number, second: boolean): [Entity, number] {
    const { conditions = [], entity = 'household' } = program.targets[index] ?? {}
    const at = after(
      conditions.map((c) => (second ? c.pendingRoot : c.root)),
      entity,
    )
    if (!second) targetLevel.set(index, at)
    return [entity, at]
  }
}
