import { expect, test } from 'vitest'
import { failedDatabase } from './failed-database.ts'

const failure = (message: string, code?: string) =>
  Object.assign(new Error(message), code ? { code } : {})

test.each([
  [
    'a full disk',
    failure('could not extend file: No space left on device', '53100'),
    /disk .* is full: could not extend/,
  ],
  [
    'a server that was stopped',
    failure('terminating connection due to administrator command', '57P01'),
    /connection .* was lost/,
  ],
  [
    'a server that is gone',
    failure('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED'),
    /connection .* was lost/,
  ],
  [
    'a connection that broke',
    failure('Connection terminated unexpectedly'),
    /connection .* was lost/,
  ],
])('%s is told in words, with what to do', (_what, error, words) => {
  expect(failedDatabase(error)?.message).toMatch(words)
  expect(failedDatabase(error)?.remedy).toContain('start again')
  expect(failedDatabase(new Error('outer', { cause: error }))?.message).toMatch(words)
})

test('anything else is a fault of Qiao and stays one', () => {
  expect(failedDatabase(failure('duplicate key', '23505'))).toBeUndefined()
  expect(failedDatabase(new TypeError('x is not a function'))).toBeUndefined()
  expect(failedDatabase('text')).toBeUndefined()
})
