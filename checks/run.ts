/**
 * `npm run check`: everything a machine can say about the tree without running the product.
 *
 * Each check is one child process; all of them run, so that one call shows every problem.
 * Last line: `N passed, N failed`.
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

type Check = Readonly<{ name: string; command: string; args: readonly string[] }>

const checks: readonly Check[] = [
  { name: 'types: rules', command: 'tsc', args: ['-p', 'rules'] },
  { name: 'types: tests of rules', command: 'tsc', args: ['-p', 'rules/test'] },
  { name: 'types: server', command: 'tsc', args: ['-p', 'server'] },
  { name: 'types: web', command: 'tsc', args: ['-p', 'web'] },
  { name: 'types: checks and bench', command: 'tsc', args: ['-p', 'tsconfig.json'] },
  { name: 'lint', command: 'oxlint', args: ['--type-aware', '--quiet'] },
  { name: 'format', command: 'biome', args: ['format', '.'] },
  {
    name: 'floors and circles',
    command: 'depcruise',
    args: [
      '--config',
      '.dependency-cruiser.cjs',
      'rules/src',
      'server/src',
      'server/test',
      'web/src',
      'bench',
      'checks',
    ],
  },
  { name: 'unused code', command: 'knip', args: [] },
  { name: 'generated files', command: 'node', args: ['checks/generated.ts', '--check'] },
  {
    name: 'names, sizes and documents',
    command: 'vitest',
    args: ['run', '--config', 'checks/vitest.config.ts'],
  },
]

type Outcome = Readonly<{ check: Check; ok: boolean; output: string; seconds: number }>

function runCheck(check: Check): Promise<Outcome> {
  const started = performance.now()
  return new Promise((resolve) => {
    const child = spawn(check.command, check.args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    const done = (ok: boolean) =>
      resolve({ check, ok, output, seconds: (performance.now() - started) / 1000 })
    child.on('error', (error) => {
      output += error.message
      done(false)
    })
    child.on('close', (code) => done(code === 0))
  })
}

let failed = 0
for (const check of checks) {
  const outcome = await runCheck(check)
  if (!outcome.ok) failed += 1
  console.log(`${outcome.ok ? 'ok  ' : 'FAIL'} ${check.name} (${outcome.seconds.toFixed(1)} s)`)
  if (!outcome.ok) console.log(outcome.output.trimEnd())
}
console.log(`${checks.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
