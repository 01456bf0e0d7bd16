import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StartProblem } from './platform/start-problem.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const web = join(root, 'web')
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
const stampName = '.built-from'

/** Where the built console lies. */
export const consoleFolder = join(web, 'dist')

/**
 * Builds the console when its sources are newer than the last build. An installation without the
 * tools to build (`npm ci --omit=dev`) serves what was built before.
 *
 * @param signal ends the build where it is
 * @returns whether it had to be built
 * @throws StartProblem with the last lines of the build
 */
export async function buildConsole(signal?: AbortSignal): Promise<boolean> {
  const stamp = await sourcesStamp()
  if ((await readFile(join(consoleFolder, stampName), 'utf8').catch(() => '')) === stamp)
    return false
  if (!existsSync(vite)) {
    if (existsSync(join(consoleFolder, 'index.html'))) return false
    throw new StartProblem(
      'The web console is not built, and the tools to build it are not installed.',
      'Run npm ci without --omit=dev, then start again.',
    )
  }
  await buildBeside(stamp, signal)
  return true
}

/** The build appears whole: a server that runs, or another build, sees the old one until then. */
async function buildBeside(stamp: string, signal: AbortSignal | undefined): Promise<void> {
  const beside = join(root, 'node_modules', '.cache', `qiao-console-${process.pid}`)
  const [built, old] = [join(beside, 'new'), join(beside, 'old')]
  try {
    await mkdir(beside, { recursive: true })
    await runBuild(built, signal)
    await writeFile(join(built, stampName), stamp)
    await rename(consoleFolder, old).catch(ignoreAbsent)
    await rename(built, consoleFolder)
  } catch (cause) {
    if (cause instanceof StartProblem || signal?.aborted) throw cause
    throw new StartProblem(
      `The web console cannot be written to ${consoleFolder} (${(cause as NodeJS.ErrnoException).code}).`,
      'Give this user the right to write in the program folder, or start once as the user who owns it.',
      { cause },
    )
  } finally {
    await rm(beside, { recursive: true, force: true }).catch(() => {})
  }
}

function ignoreAbsent(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}

async function sourcesStamp(): Promise<string> {
  const folders = ['public', 'src'].map(async (folder) => {
    const names = await readdir(join(web, folder), { recursive: true })
    return names.sort().map((name) => join(folder, name))
  })
  const files = [
    ...(await Promise.all(folders)).flat(),
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

function runBuild(folder: string, signal: AbortSignal | undefined): Promise<void> {
  const args = [vite, 'build', '--logLevel', 'warn', '--outDir', folder, '--emptyOutDir']
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: web,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal ? { signal } : {}),
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
