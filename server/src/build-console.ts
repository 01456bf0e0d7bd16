import { spawn } from 'node:child_process'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StartProblem } from './platform/start-problem.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const web = join(root, 'web')

/** Where the built console lies. */
export const consoleFolder = join(web, 'dist')

/**
 * Builds the console when its sources are newer than the last build.
 *
 * @returns whether it had to be built
 * @throws StartProblem with the last lines of the build
 */
export async function buildConsole(): Promise<boolean> {
  const stamp = await sourcesStamp()
  const stampFile = join(consoleFolder, '.built-from')
  if ((await readFile(stampFile, 'utf8').catch(() => '')) === stamp) return false
  await runBuild()
  await writeFile(stampFile, stamp)
  return true
}

async function sourcesStamp(): Promise<string> {
  const names = (await readdir(join(web, 'src'), { recursive: true })).sort()
  const files = [
    ...names.map((name) => join('src', name)),
    'index.html',
    'vite.config.ts',
    'package.json',
  ]
  let stamp = ''
  for (const file of files) {
    const { mtimeMs, size } = await stat(join(web, file))
    stamp += `${file} ${size} ${Math.round(mtimeMs)}\n`
  }
  return stamp
}

function runBuild(): Promise<void> {
  return new Promise((resolve, reject) => {
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
      cwd: web,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production' },
    })
    let said = ''
    const note = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2000)
    }
    child.stdout.on('data', note)
    child.stderr.on('data', note)
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve()
      else
        reject(
          new StartProblem(
            `The web console could not be built: ${said.trim()}`,
            'Run npm ci again, then start again.',
          ),
        )
    })
  })
}
