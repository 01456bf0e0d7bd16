import { Readable } from 'node:stream'
import { runCli } from '../src/cli.ts'

export type CommandEnded = Readonly<{ code: number; out: string; err: string }>

/** Runs `qiao …` in this process. */
export async function runCommand(
  args: readonly string[],
  given: { env?: Readonly<Record<string, string>>; stdin?: string } = {},
): Promise<CommandEnded> {
  const said = { out: '', err: '' }
  const code = await runCli(args, {
    env: given.env ?? {},
    stdin: Readable.from(given.stdin === undefined ? [] : [given.stdin]),
    stdout: (text) => {
      said.out += text
    },
    stderr: (text) => {
      said.err += text
    },
  })
  return { code, ...said }
}
