import type { Entity, Node, NodeId, Program } from '../ir.ts'
import { MAX_MEMBERS } from '../ir.ts'

/**
 * Where the values of all nodes of one household lie: `lo`, `hi` and `nul` by slot.
 * A person node has one slot per member, any other has one; what belongs to one member lies together.
 */
export class Frame {
  readonly lo: Float64Array
  readonly hi: Float64Array
  readonly nul: Uint8Array
  /** By slot of a fact's node: 1 if there is a reading (null included). */
  readonly given: Uint8Array
  readonly base: Int32Array
  readonly nodes: readonly Node[]
  /** How many nodes are of persons: so far apart lie the slots of two members. */
  readonly persons: number
  /** First slots of the household and of the first member; before them lie those of the day. */
  readonly firstHousehold: number
  readonly firstPerson: number

  constructor(program: Program) {
    this.nodes = program.nodes
    this.base = new Int32Array(program.nodes.length)
    const count = (of: Entity): number => program.nodes.filter(({ entity }) => entity === of).length
    this.persons = count('person')
    this.firstHousehold = count('day')
    this.firstPerson = this.firstHousehold + count('household')
    const next = { day: 0, household: this.firstHousehold, person: this.firstPerson }
    for (const { id, entity } of program.nodes) this.base[id] = next[entity]++
    const size = this.firstPerson + this.persons * MAX_MEMBERS
    this.lo = new Float64Array(size)
    this.hi = new Float64Array(size)
    this.nul = new Uint8Array(size)
    this.given = new Uint8Array(size)
  }

  /** First slot of a node. */
  at(id: NodeId): number {
    return this.base[id] ?? 0
  }

  /** The step from the slot of one member to that of the next; 0 if the node has one slot only. */
  stride(id: NodeId): number {
    return this.nodes[id]?.entity === 'person' ? this.persons : 0
  }

  /** Slot of a node as seen from a row (member index; 0 for a household). */
  slot(id: NodeId, row: number): number {
    return this.at(id) + row * this.stride(id)
  }
}

/** Evaluates one node for a household of so many members. */
export type Step = (members: number) => void
