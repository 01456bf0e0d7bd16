import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Pack, type Problem, readPack } from '@qiao/rules'
import { type Document, LineCounter, parseDocument, visit, type YAMLParseError } from 'yaml'
import { StartProblem } from '../../platform/start-problem.ts'
import { placeInYaml } from './place-in-yaml.ts'
import { readYaml } from './read-yaml.ts'
import { yamlSentence } from './yaml-sentence.ts'

/** The text of a policy pack by path: pack.yaml, facts.yaml, programmes/….yaml. */
export type PackFiles = Readonly<Record<string, string>>

/** How YAML is written so that what nobody changed stays as it was, to the byte. */
export const asWritten = { lineWidth: 0, flowCollectionPadding: false } as const

/** A mistake in a pack, as a policy officer finds it in an editor: lines and columns from 1. */
export type PackProblem = Readonly<{ file: string; line: number; column: number; message: string }>

/** The pack that comes with Qiao. */
export const shippedPackFolder = fileURLToPath(new URL('../../../../policy', import.meta.url))

/** @throws StartProblem when the folder is none, or holds no pack */
export async function readPackFiles(folder: string): Promise<PackFiles> {
  const names = await readdir(join(folder, 'programmes')).catch(() => {
    throw new StartProblem(
      `${folder} holds no policy pack: there is no folder programmes in it.`,
      'Name a folder with pack.yaml, facts.yaml and programmes/.',
    )
  })
  const programmes = names.filter((name) => name.endsWith('.yaml')).sort()
  const paths = ['pack.yaml', 'facts.yaml', ...programmes.map((name) => `programmes/${name}`)]
  const entries = await Promise.all(
    paths.map(async (path) => {
      const text = await readFile(join(folder, path), 'utf8').catch(() => {
        throw new StartProblem(
          `${path} is missing in ${folder}.`,
          'A pack is pack.yaml, facts.yaml and programmes/.',
        )
      })
      return [path, text] as const
    }),
  )
  return Object.fromEntries(entries)
}

/** The content of a pack as one number: two packs with the same hash are the same to the byte. */
export function hashOf(files: PackFiles): string {
  const hash = createHash('sha256')
  for (const path of Object.keys(files).sort()) hash.update(`${path}\0${files[path] ?? ''}\0`)
  return hash.digest('hex').slice(0, 16)
}

/**
 * Reads a pack from its files; a mistake anywhere refuses it whole, and all mistakes are told.
 *
 * Places are looked up only where there is a problem: finding them takes longer than reading.
 */
export function packOf(files: PackFiles): Pack | { problems: PackProblem[] } {
  const problems: PackProblem[] = []
  const data = new Map<string, unknown>()
  for (const [file, text] of Object.entries(files)) {
    const read = parsed(file, text)
    if ('problems' in read) problems.push(...read.problems)
    else data.set(file, read.data)
  }
  if (problems.length > 0) return { problems }
  const read = readPack({
    pack: data.get('pack.yaml') ?? null,
    facts: data.get('facts.yaml') ?? null,
    programmes: programmePaths(files).map((path) => ({ file: path, data: data.get(path) })),
    hash: hashOf(files),
  })
  if (!('problems' in read)) return read
  return { problems: read.problems.map((problem) => placed(problem, files[problem.file] ?? '')) }
}

function programmePaths(files: PackFiles): string[] {
  return Object.keys(files)
    .filter((path) => path.startsWith('programmes/'))
    .sort()
}

/** What a file says, or where its YAML is broken. */
function parsed(file: string, text: string): { data: unknown } | { problems: PackProblem[] } {
  try {
    return { data: readYaml(text) }
  } catch {
    const lines = new LineCounter()
    const document = parseDocument(text, { lineCounter: lines })
    const errors = [...document.errors, ...danglingAliases(document)]
    return {
      problems: errors.map((error) => {
        const { line, col } = lines.linePos(error.pos[0])
        return { file, line, column: col, message: yamlSentence(error) }
      }),
    }
  }
}

/** Aliases of anchors that are not there: the parser notices them only when it resolves them. */
function danglingAliases(document: Document.Parsed): Pick<YAMLParseError, 'code' | 'pos'>[] {
  const found: Pick<YAMLParseError, 'code' | 'pos'>[] = []
  visit(document, {
    Alias: (_key, alias) => {
      const [from = 0, to = 0] = alias.range ?? []
      if (!alias.resolve(document)) found.push({ code: 'BAD_ALIAS', pos: [from, to] })
    },
  })
  return found
}

/** A problem with the place its path leads to, or the nearest that exists above it. */
export function placed(problem: Problem, text: string): PackProblem {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const { line, col } = lines.linePos(placeInYaml(document, text, problem))
  return { file: problem.file, line, column: col, message: problem.message }
}

/**
 * The shipped pack, or that of another folder.
 *
 * @throws StartProblem with every mistake, one a line
 */
export async function loadPackFolder(
  folder = shippedPackFolder,
): Promise<{ pack: Pack; files: PackFiles }> {
  const files = await readPackFiles(folder)
  const pack = packOf(files)
  if ('problems' in pack) {
    throw new StartProblem(
      `The policy pack in ${folder} has ${pack.problems.length} mistakes and is not used:\n${pack.problems.map(problemLine).join('\n')}`,
      'Correct them, then try again: qiao policy check',
    )
  }
  return { pack, files }
}

export function problemLine({ file, line, column, message }: PackProblem): string {
  return `${file}:${line}:${column} ${message}`
}
