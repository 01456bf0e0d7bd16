import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StartProblem } from '../start-problem.ts'

const format = 'qiao backup 1'
const fileName = 'manifest.json'

/** One file of a backup; `path` is relative to its folder and written with `/`. */
export type BackupFile = Readonly<{ path: string; size: number; sha256: string }>

/** What a backup is, what it needs to be of use, and every file of it. */
export type Manifest = Readonly<{
  format: typeof format
  /** A copy of our own PostgreSQL's files, or what pg_dump wrote of a named server. */
  kind: 'files' | 'dump'
  madeAt: string
  mode: 'demo' | 'production'
  /** Major version of the PostgreSQL it was taken from. */
  postgres: number
  keys: Readonly<{
    /** Tells the keys of this installation from others' and tells nothing of them, in hex. */
    check: string | null
    /** Keys that opened a field when the backup was made. */
    fields: readonly number[]
  }>
  /** The last seal of the audit log when the backup began: it must be there again afterwards. */
  seal: Readonly<{ number: number; hash: string }> | null
  files: readonly BackupFile[]
}>

/** Written last: a folder without it is no whole backup. */
export async function writeManifest(
  folder: string,
  manifest: Omit<Manifest, 'format'>,
): Promise<void> {
  const text = `${JSON.stringify({ format, ...manifest }, null, 2)}\n`
  await writeFile(join(folder, fileName), text, { mode: 0o600, flag: 'wx', flush: true })
}

/** @throws StartProblem when the folder holds no whole backup of this format */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, fileName), 'utf8').catch(
    (cause: NodeJS.ErrnoException) => {
      throw new StartProblem(
        `${folder} is no whole backup: its ${fileName} cannot be read (${cause.code ?? cause.message}).`,
        'It is written last, so a backup without it was cut off; name another backup.',
        { cause },
      )
    },
  )
  const manifest = parse(text)
  if (manifest?.format === format && manifest.files.every(staysInside)) return manifest
  throw new StartProblem(
    `The ${fileName} of ${folder} does not read as one of this version of Qiao.`,
    'It was damaged or written by another version; name another backup.',
  )
}

function parse(text: string): Manifest | undefined {
  try {
    return JSON.parse(text) as Manifest
  } catch {
    return undefined
  }
}

/** A manifest that somebody wrote by hand must not reach outside the folders it is about. */
function staysInside({ path }: BackupFile): boolean {
  return !path.startsWith('/') && !path.split(/[/\\]/).includes('..')
}
