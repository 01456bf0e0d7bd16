import type { Tx } from '../../platform/db/database.ts'
import { isVersionTaken, nextVersion } from '../policies/load.ts'
import { hashOf, type PackFiles } from '../policies/pack-files.ts'
import type { Release } from '../policies/releases.ts'
import { wholeOf } from './content.ts'
import type { Draft } from './draft.ts'

/**
 * What a draft that brings a release is called when published: as the release where it is the same
 * to the byte, else a local version of it.
 *
 * @param base the pack the draft stands on
 */
export async function versionOf(
  tx: Tx,
  { version, hash }: Release,
  base: PackFiles,
  files: Draft['files'],
): Promise<string> {
  const same = hashOf(wholeOf(base, { files, version })) === hash
  return same && !(await isVersionTaken(tx, version)) ? version : nextVersion(tx, version)
}
