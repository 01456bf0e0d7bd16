import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { evaluateFeel } from '@qiao/rules'
import type { Command, CommandIo } from './command.ts'

export const feelCommand: Command = {
  name: 'feel',
  usage: ['qiao feel EXPRESSION --context \'{"name": value}\'', 'qiao feel --lines < FILE'],
  about: `Evaluates a FEEL expression as policies do. Prints {"value": …}, {"unknown": [names]} or {"refused": "why"}
(exit 3). Days and durations are {"@date": "2025-06-01"} and {"@duration": "P1M"} both ways. With --lines it reads
{"expr": …, "inputs": {…}} one a line and answers one line each. Needs no database.`,
  run: async (args, io) => {
    const { values, positionals } = readArguments(args)
    if (values.lines) return answerLines(io)
    const [expression, ...more] = positionals
    if (expression === undefined || more.length > 0) {
      io.stderr('qiao feel takes one EXPRESSION, in quotes.\n')
      return 2
    }
    const context = readContext(values.context ?? '{}')
    if (!context) {
      io.stderr('--context is no JSON object.\n')
      return 2
    }
    const answer = evaluateFeel(expression, context)
    io.stdout(`${JSON.stringify(answer)}\n`)
    return 'refused' in answer ? 3 : 0
  },
}

/** An expression may begin with a minus, which is no option: options are two dashes and a word. */
function readArguments(args: readonly string[]) {
  const given: string[] = []
  const expressions: string[] = []
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    if (word === '--context') given.push(word, ...args.slice(++at, at + 1))
    else if (/^--[a-z]/.test(word)) given.push(word)
    else expressions.push(word)
  }
  const options = { context: { type: 'string' }, lines: { type: 'boolean' } } as const
  return parseArgs({ args: [...given, '--', ...expressions], options, allowPositionals: true })
}

function readContext(text: string): Record<string, unknown> | undefined {
  try {
    const context: unknown = JSON.parse(text)
    return typeof context === 'object' && context !== null && !Array.isArray(context)
      ? (context as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

/** One answer for every line, whatever it holds, so that they can be laid side by side. */
async function answerLines({ stdin, stdout }: CommandIo): Promise<number> {
  for await (const line of createInterface({ input: stdin })) {
    stdout(`${JSON.stringify(answerTo(line))}\n`)
  }
  return 0
}

function answerTo(line: string): object {
  const asked = readContext(line)
  const inputs = asked && readContext(JSON.stringify(asked['inputs'] ?? {}))
  if (!inputs || typeof asked['expr'] !== 'string')
    return { refused: '这一行不是 {"expr": …, "inputs": {…}}' }
  return evaluateFeel(asked['expr'], inputs)
}
