/**
 * The continuous-integration run after `npm ci`: `npm test` (which also starts the program on an empty
 * data folder), `npm run check` and the standards beside the project (where the folder exists), added up.
 *
 * Last line: `N passed, N failed` with the true totals.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'qiao-ci-'))

type Totals = { passed: number; failed: number }

function run(
  command: string,
  args: readonly string[],
): Promise<{ code: number; lastLine: string }> {
  console.log(`\n$ ${command} ${args.join(' ')}`)
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
    let tail = ''
    child.stdout.on('data', (chunk: Buffer) => {
      process.stdout.write(chunk)
      tail = (tail + chunk.toString()).slice(-2000)
    })
    child.on('error', () => resolve({ code: 127, lastLine: '' }))
    child.on('close', (code) =>
      resolve({ code: code ?? 1, lastLine: tail.trimEnd().split('\n').at(-1) ?? '' }),
    )
  })
}

/** Runs vitest through `npm run <script>` and reads its own JSON report: a crash counts as a failure. */
async function vitestTotals(script: string): Promise<Totals> {
  const report = join(scratch, `${script.replace(/\W/g, '-')}.json`)
  const { code } = await run('npm', [
    'run',
    '--silent',
    script,
    '--',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  if (!existsSync(report)) return { passed: 0, failed: 1 }
  const json = JSON.parse(readFileSync(report, 'utf8')) as {
    numPassedTests: number
    numFailedTests: number
    numFailedTestSuites: number
  }
  const failed = json.numFailedTests
  return { passed: json.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed }
}

async function lineTotals(script: string): Promise<Totals> {
  const { code, lastLine } = await run('npm', ['run', '--silent', script])
  const match = /^(\d+) passed, (\d+) failed$/.exec(lastLine)
  if (!match) return { passed: 0, failed: 1 }
  const failed = Number(match[2])
  return { passed: Number(match[1]), failed: failed === 0 && code !== 0 ? 1 : failed }
}

const parts: Totals[] = [await vitestTotals('test'), await lineTotals('check')]
if (existsSync(join(root, '..', 'shared', 'standards')))
  parts.push(await vitestTotals('test:standards'))
else
  console.log(
    '\nThe folder ../shared/standards is absent: tests against published standards are NOT run.',
  )

rmSync(scratch, { recursive: true, force: true })
const passed = parts.reduce((sum, part) => sum + part.passed, 0)
const failed = parts.reduce((sum, part) => sum + part.failed, 0)
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
