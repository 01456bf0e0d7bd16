import { operands, type Pack } from '@qiao/rules'
import { rootsOf } from './narrow.ts'

/**
 * Targets whose verdict or amount can differ when these parameters do: by their own conditions, by
 * those of a match they read, or by a match that would settle them once confirmed.
 */
export function reachOf({ parameters, program }: Pack, ids: Iterable<string>): Set<number> {
  const changed = new Set(ids)
  const reached = new Set<number>()
  const moved = new Uint8Array(program.nodes.length)
  // A match may be read by a node of smaller id in the second pass: until nothing more moves.
  for (let before = -1; before !== reached.size; ) {
    before = reached.size
    for (const { id, op } of program.nodes) {
      if (op.kind === 'parameter' && changed.has(parameters[op.parameter]?.id ?? '')) moved[id] = 1
      if (op.kind === 'match' && reached.has(op.target)) moved[id] = 1
      if (operands(op).some((operand) => moved[operand] === 1)) moved[id] = 1
    }
    for (const target of program.targets)
      if (rootsOf(target).some((root) => moved[root] === 1)) reached.add(target.index)
  }
  return reached
}
