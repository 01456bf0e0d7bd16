import type { Static, TSchema } from 'typebox'
import { access } from '../src/features/staff/access.ts'
import { findCaller } from '../src/platform/http/caller.ts'
import { readingOf } from '../src/platform/http/mask-answers.ts'
import { maskOf } from '../src/platform/http/masking.ts'
import type { TestDatabase } from './database.ts'

/** An answer as it leaves for the holder of a session: masked by the classes that its schema declares. */
export async function asShown<S extends TSchema>(
  db: TestDatabase,
  token: string,
  { schema, answer, reason }: { schema: S; answer: unknown; reason?: string },
): Promise<Static<S>> {
  const caller = await findCaller(db.app, token, access.mayOf)
  const mask = maskOf(schema)
  if (!caller || !mask) throw new Error('nobody asks, or nothing is masked')
  return mask(answer, readingOf({ caller, reason }, access)) as Static<S>
}
