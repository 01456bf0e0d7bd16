import { noteAs } from '../features/audit/queries.ts'
import { asOwner } from '../platform/db/actor.ts'
import type { Database } from '../platform/db/database.ts'

/**
 * Notes in the log that a command was run by whoever has the machine; there is no account to name.
 *
 * @param name as it is typed, e.g. `policy receive`
 * @param detail of the command, nothing of a person
 */
export async function noteCommand(
  owner: Database,
  name: string,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await asOwner(owner, (tx) =>
    noteAs(tx, 'job:command', 'command.run', { command: name, ...detail }),
  )
}
