import { createHmac, randomBytes } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { chmod, chown, link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { CryptoSuite } from '../config.ts'
import { StartProblem } from '../start-problem.ts'

/** One generation of field keys. New fields use the newest; older ones still open old fields. */
type FieldKey = Readonly<{ id: number; suite: CryptoSuite; encrypt: Buffer; mac: Buffer }>

export type Keys = Readonly<{
  /** From which passwords of database roles are derived. */
  secret: string
  /** Key of the blind indexes; it cannot rotate without rewriting them. */
  index: Buffer
  fields: readonly FieldKey[]
}>

type Stored = { secret: string; index: string; fields: StoredKey[] }
type StoredKey = { id: number; suite: CryptoSuite; encrypt: string; mac: string }

/**
 * Reads the key file, or makes one where there is none.
 *
 * @param suite for a new file, or a new key when the file's newest is of the other suite
 * @param lost whether a database is there already, so that a missing file is a lost one
 * @throws StartProblem when the file cannot be read, written or understood, or was lost
 */
export async function readOrMakeKeys(
  file: string,
  suite: CryptoSuite,
  { lost }: { lost: boolean } = { lost: false },
): Promise<Keys> {
  const stored = (await read(file)) ?? (await make(file, suite, lost))
  if (stored.fields.at(-1)?.suite !== suite) {
    stored.fields.push(newKey(stored.fields.length + 1, suite))
    await write(file, stored, 'replace')
  }
  return load(stored)
}

/**
 * Adds a key to the file, which seals from now on; older ones go on opening what they sealed.
 *
 * @throws StartProblem when the file cannot be read or written, or is full: a sealed field has one
 *   byte for the number of its key
 */
export async function addFieldKey(file: string, suite: CryptoSuite): Promise<Keys> {
  const stored = await read(file)
  const id = (stored?.fields.at(-1)?.id ?? 0) + 1
  if (!stored || id > mostKeys) {
    throw new StartProblem(
      `The key file ${file} ${stored ? `holds ${mostKeys} keys already` : 'is missing'}.`,
      'Restore it from its backup, or keep the newest key.',
    )
  }
  stored.fields.push(newKey(id, suite))
  await write(file, stored, 'replace')
  return load(stored)
}

const mostKeys = 255

/** Within how many milliseconds every process of the machine seals with a key that was added. */
export const keysNoticedWithin = 1000

/**
 * Tells the keys anew when their file has changed, looked at no more than once in
 * {@link keysNoticedWithin}: a program that runs goes on through a rotation.
 *
 * @returns the keys of a file that changed since the last call, else `undefined`
 */
export function watchKeys(file: string, now = () => performance.now()): () => Keys | undefined {
  let [looked, stamp] = [now(), stampOf(file)]
  return () => {
    if (now() - looked < keysNoticedWithin) return undefined
    looked = now()
    const found = stampOf(file)
    if (found === undefined || found === stamp) return undefined
    stamp = found
    return load(parse(file, readFileSync(file, 'utf8')))
  }
}

/** `undefined` while the file is not there, as on a disk that comes and goes. */
function stampOf(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false })
  return found && `${found.ino} ${found.mtimeMs}`
}

async function read(file: string): Promise<Stored | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw new StartProblem(
      `The key file ${file} cannot be read (${error.code ?? error.message}).`,
      'Give this user the right to read it, or choose another data folder with QIAO_DATA.',
      { cause: error },
    )
  })
  return text === undefined ? undefined : parse(file, text)
}

/** A value only this installation's keys give, to notice a database that belongs to others. */
export function keyCheck(keys: Keys): Buffer {
  return createHmac('sha256', keys.index).update('qiao key check').digest()
}

function newKey(id: number, suite: CryptoSuite): StoredKey {
  const encrypt = randomBytes(suite === 'guomi' ? 16 : 32).toString('base64')
  return { id, suite, encrypt, mac: randomBytes(32).toString('base64') }
}

/** Of two processes that make the file at the same moment, both use what the first one made. */
async function make(file: string, suite: CryptoSuite, lost: boolean): Promise<Stored> {
  if (lost) {
    throw new StartProblem(
      `The key file ${file} is missing, but the database made with it is there.`,
      'Restore the key file from its backup; a demonstration can be thrown away by deleting its data folder.',
    )
  }
  const stored: Stored = {
    secret: randomBytes(32).toString('base64url'),
    index: randomBytes(32).toString('base64'),
    fields: [newKey(1, suite)],
  }
  await write(file, stored, 'first')
  return (await read(file)) ?? stored
}

/** The file appears whole, or stays as it was. */
async function write(file: string, stored: Stored, as: 'first' | 'replace'): Promise<void> {
  const whole = `${file}.${process.pid}`
  try {
    const made = await mkdir(dirname(file), { recursive: true })
    // Started as root, PostgreSQL runs as another user and passes through to its own folder.
    if (made !== undefined) await chmod(dirname(file), 0o711)
    await writeFile(whole, `${JSON.stringify(stored, null, 2)}\n`, { mode: 0o600 })
    if (as === 'replace') {
      await giveAsBefore(whole, file)
      await rename(whole, file)
    } else await link(whole, file).catch((error) => renameWithoutLinks(error, whole, file))
  } catch (cause) {
    throw new StartProblem(
      `The data folder ${dirname(file)} cannot be written (${(cause as NodeJS.ErrnoException).code}).`,
      'Choose another with QIAO_DATA, or give this user the right to write there.',
      { cause },
    )
  } finally {
    await rm(whole, { force: true }).catch(() => {})
  }
}

/** Whoever ran the command, the file stays that of the program. */
async function giveAsBefore(whole: string, file: string): Promise<void> {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = await stat(file)
  await chown(whole, uid, gid)
}

/** A folder on a file system that knows no links is taken as ours alone. */
async function renameWithoutLinks(
  error: NodeJS.ErrnoException,
  whole: string,
  file: string,
): Promise<void> {
  if (error.code !== 'EEXIST') await rename(whole, file)
}

function parse(file: string, text: string): Stored {
  try {
    const stored = JSON.parse(text) as Stored
    if (typeof stored.secret === 'string' && stored.fields.length > 0) return stored
  } catch {
    // Falls through to the one sentence for every unreadable file.
  }
  throw new StartProblem(
    `The key file ${file} is damaged.`,
    'Restore it from its backup; without it the encrypted fields cannot be read.',
  )
}

function load(stored: Stored): Keys {
  const bytes = (text: string) => Buffer.from(text, 'base64')
  return {
    secret: stored.secret,
    index: bytes(stored.index),
    fields: stored.fields.map((key) => ({
      ...key,
      encrypt: bytes(key.encrypt),
      mac: bytes(key.mac),
    })),
  }
}
