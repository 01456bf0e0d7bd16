import { problem } from '../../platform/http/problem.ts'
import type { CaseFiles } from '../policies/case-files.ts'
import { hashOf, type PackFiles } from '../policies/pack-files.ts'
import type { Draft } from './draft.ts'
import { draftProblems } from './problems.ts'

type Texts = Readonly<Record<string, string>>

const versionLine = /^version:.*$/m

/** The whole pack of a draft: the base with what differs, under the draft's version. */
export function wholeOf(base: PackFiles, { files, version }: Pick<Draft, 'files' | 'version'>) {
  const whole = withoutRemoved({ ...base, ...files })
  return {
    ...whole,
    'pack.yaml': (whole['pack.yaml'] ?? '').replace(versionLine, `version: "${version}"`),
  }
}

/** What a release removed stands in a draft as a file without text, and in no pack. */
export function withoutRemoved(files: Texts): Texts {
  return Object.fromEntries(Object.entries(files).filter(([, text]) => text !== ''))
}

/** Only what differs from the base; the version of the pack is not the author's to write. */
export function changedFrom(base: Texts, given: Texts): Texts {
  const plain = (path: string, text: string | undefined) =>
    path === 'pack.yaml' ? text?.replace(versionLine, 'version:') : text
  return Object.fromEntries(
    Object.entries(given)
      .filter(([path, text]) => plain(path, text) !== plain(path, base[path] ?? ''))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

export function contentHash(base: PackFiles, draft: Pick<Draft, 'files' | 'version'>): string {
  return hashOf(wholeOf(base, draft))
}

const packPath = /^(pack\.yaml|programmes\/[a-z0-9-]+\.yaml)$/
const casePath = /^cases\/(households|[a-z0-9-]+\/[a-z0-9-]+)\.yaml$/

/**
 * Facts are columns of the database and come with a release of the program; everything else of a
 * pack may be drafted, but no programme removed.
 *
 * @throws Problem `draft-file-refused`
 */
export function refuseForeignFiles(files: PackFiles, cases: CaseFiles): void {
  const wrong = [
    ...Object.keys(files).filter((path) => !packPath.test(path)),
    ...Object.keys(cases).filter((path) => !casePath.test(path)),
    ...Object.keys(files).filter((path) => files[path] === ''),
  ]
  if (wrong.length === 0) return
  throw problem(
    draftProblems,
    'draft-file-refused',
    `${wrong.join('、')} 不能在草稿里改。`,
    wrong.map((path) => ({ path, message: '不能在草稿里改' })),
  )
}
