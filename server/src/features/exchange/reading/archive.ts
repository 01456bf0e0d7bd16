import { Readable } from 'node:stream'
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader } from 'yauzl'
import type { ByteSource } from './rows.ts'
import { UnreadableFile } from './unreadable-file.ts'

/** The files of a zip archive. */
export type Archive = Readonly<{
  has: (path: string) => boolean
  /** A file as text, decoded as it is unpacked. */
  text: (path: string) => AsyncGenerator<string>
}>

/** A workbook has a few dozen files; unpacked they are not larger than this, nor packed so tightly. */
const mostFiles = 2000
const mostBytes = 2_000_000_000
const mostRatio = 250
const smallBytes = 20_000_000

/**
 * Opens a zip archive without unpacking it.
 *
 * @throws UnreadableFile for one that is damaged, or would unpack to more than any workbook
 */
export async function openArchive(source: ByteSource): Promise<Archive> {
  const zip = await broken(() =>
    fromRandomAccessReaderPromise(new Pieces(source), source.size, {
      lazyEntries: true,
      autoClose: false,
    }),
  )
  const entries = new Map<string, Entry>()
  let bytes = 0
  await broken(async () => {
    for await (const entry of zip.eachEntry()) {
      entries.set(entry.fileName, entry)
      bytes += entry.uncompressedSize
      const tight = entry.uncompressedSize > entry.compressedSize * mostRatio
      if (
        entries.size > mostFiles ||
        bytes > mostBytes ||
        (tight && entry.uncompressedSize > smallBytes)
      )
        throw new UnreadableFile('too-large-inside')
    }
  })
  async function* text(path: string): AsyncGenerator<string> {
    const entry = entries.get(path)
    if (!entry) throw new UnreadableFile('broken-workbook')
    const stream = await broken(() => zip.openReadStreamPromise(entry))
    const decoder = new TextDecoder('utf-8')
    try {
      for await (const piece of stream) yield decoder.decode(piece as Buffer, { stream: true })
    } catch {
      throw new UnreadableFile('broken-workbook')
    } finally {
      stream.destroy()
    }
    yield decoder.decode()
  }
  return { has: (path) => entries.has(path), text }
}

/** The file as yauzl asks for it: from any place on. */
class Pieces extends RandomAccessReader {
  readonly #source: ByteSource

  constructor(source: ByteSource) {
    super()
    this.#source = source
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#source.read(start, end))
  }
}

async function broken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof UnreadableFile ? error : new UnreadableFile('broken-workbook')
  }
}
