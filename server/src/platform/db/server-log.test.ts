import { expect, test } from 'vitest'
import { reasonIn } from './server-log.ts'

const at = '2025-06-01 08:00:00.000 UTC [42]'

test('of a log it is the last line that says why, with its detail, without time and level', () => {
  const log = `${at} LOG:  starting PostgreSQL 18.4
${at} FATAL:  database files are incompatible with server
${at} DETAIL:  The data directory was initialized by PostgreSQL version 14.
${at} LOG:  database system is shut down`
  expect(reasonIn(log)).toBe(
    'database files are incompatible with server; The data directory was initialized by PostgreSQL version 14',
  )
})

test('of a tool it is what the tool complains of, not what it says it does then', () => {
  const said = `creating subdirectories ... ok
initdb: error: could not create directory "/x/pg_wal": No space left on device
initdb: removing data directory "/x"`
  expect(reasonIn(said)).toBe('could not create directory "/x/pg_wal": No space left on device')
})

test('without such a line it is the last one, and of nothing that nothing was said', () => {
  expect(reasonIn('one\ntwo\n\n')).toBe('two')
  expect(reasonIn('')).toBe('it said nothing')
})
