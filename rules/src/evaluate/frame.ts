import type { Node, NodeId, Program } from '../ir.ts'
import { MAX_MEMBERS } from '../ir.ts'

/**
 * Where the values of all nodes of one household lie: `lo`, `hi` and `nul` by slot.
 * A person node has one slot per member, any other has one.
 */
export class Frame {
  readonly lo: Float64Array
  readonly hi: Float64Array
  readonly nul: Uint8Array
  /** By slot of a fact's node: 1 if there is a reading (null included). */
  readonly given: Uint8Array
  readonly base: Int32Array
  readonly nodes: readonly Node[]

  constructor(program: Program) {
    this.nodes = program.nodes
    this.base = new Int32Array(program.nodes.length)
    let next = 0
    for (const node of program.nodes) {
      this.base[node.id] = next
      next += node.entity === 'person' ? MAX_MEMBERS : 1
    }
    this.lo = new Float64Array(next)
    this.hi = new Float64Array(next)
    this.nul = new Uint8Array(next)
    this.given = new Uint8Array(next)
  }

  /** First slot of a node. */
  at(id: NodeId): number {
    return this.base[id] ?? 0
  }

  /** 1 if the node has a slot per member, else 0: the step from one member to the next. */
  stride(id: NodeId): number {
    return this.nodes[id]?.entity === 'person' ? 1 : 0
  }

  /** Slot of a node as seen from a row (member index; 0 for a household). */
  slot(id: NodeId, row: number): number {
    return this.at(id) + row * this.stride(id)
  }
}

/** Evaluates one node for a household of so many members. */
export type Step = (members: number) => void
