import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

/** V8 leaves a function with more bytes of bytecode than this unoptimised: `max_optimized_bytecode_size`. */
const mostOptimised = 61_440

const script = fileURLToPath(new URL('./generate.ts', import.meta.url))

/**
 * Bytes of bytecode of each generated function, as V8 itself notes them: a line for every function,
 * its size in the sixth place, `~` at the end where it is bytecode and no machine code.
 */
async function bytecodeOf(programmes: number): Promise<Record<string, number[]>> {
  const folder = await mkdtemp(join(tmpdir(), 'qiao-bytecode-'))
  const log = join(folder, 'code.log')
  const flags = ['--log-code', `--logfile=${log}`, '--no-logfile-per-isolate']
  try {
    await promisify(execFile)(process.execPath, [...flags, script, String(programmes)])
    const noted = (await readFile(log, 'latin1')).matchAll(
      /^code-creation,(?:[^,\n]*,){4}(\d+),(generated\w+) [^\n]*,~$/gm,
    )
    const sizes = Object.groupBy(noted, ([, , name]) => name ?? '')
    return Object.fromEntries(
      Object.entries(sizes).map(([name, found = []]) => [
        name,
        found.map(([, size]) => Number(size)),
      ]),
    )
  } finally {
    await rm(folder, { recursive: true })
  }
}

test('nothing generated for 400 policies is too long for the optimiser', async () => {
  const sizes = await bytecodeOf(400)
  expect(Object.keys(sizes).toSorted()).toEqual(['generatedLoop', 'generatedStep'])
  for (const [name, bytes] of Object.entries(sizes)) {
    expect(bytes.length, name).toBeGreaterThan(100)
    expect(Math.max(...bytes), name).toBeLessThan(mostOptimised)
  }
}, 300_000)
