import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

/** V8 leaves a function with more bytes of bytecode than this unoptimised: `max_optimized_bytecode_size`. */
const mostOptimised = 61_440

const script = fileURLToPath(new URL('./generate.ts', import.meta.url))

/** Bytes of bytecode of each generated function, as V8 itself tells them. */
async function bytecodeOf(programmes: number, named: 'loop' | 'step'): Promise<number[]> {
  const flags = ['--print-bytecode', `--print-bytecode-filter=${named}`]
  const child = spawn(process.execPath, [...flags, script, String(programmes)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const sizes: number[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    const size = /^Bytecode length: (\d+)$/.exec(line)?.[1]
    if (size !== undefined) sizes.push(Number(size))
  }
  expect((await ended)[0]).toBe(0)
  return sizes
}

test.each(['loop', 'step'] as const)(
  'no %s generated for 400 policies is too long for the optimiser',
  { timeout: 300_000 },
  async (named) => {
    const sizes = await bytecodeOf(400, named)
    expect(sizes.length).toBeGreaterThan(100)
    expect(Math.max(...sizes)).toBeLessThan(mostOptimised)
  },
)
