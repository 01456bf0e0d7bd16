import type { Readable } from 'node:stream'

/** What a command may touch; tests hand in their own. */
export type CommandIo = Readonly<{
  env: Readonly<Record<string, string | undefined>>
  stdin: Readable
  /** Results, for other programs. */
  stdout: (text: string) => void
  /** Progress and refusals, for people. */
  stderr: (text: string) => void
}>

/** A word after `qiao`, as listed by `qiao help` and docs/reference/cli.md. */
export type Command = Readonly<{
  name: string
  usage: readonly string[]
  about: string
  /** @returns the exit code: 0 done, 1 could not, 2 asked wrongly, 3 refused expression */
  run: (args: readonly string[], io: CommandIo) => Promise<number>
}>
