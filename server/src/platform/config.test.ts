import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

test('without settings Qiao is a demonstration on its own PostgreSQL, on this machine only', () => {
  const config = readConfig({})
  expect(config).toMatchObject({ port: 3000, host: '127.0.0.1', mode: 'demo', today: '2025-06-01' })
  expect(config.databaseUrl).toBeUndefined()
  expect(config.keyFile).toBe(`${config.data}/keys.json`)
})

test('a named database means production, with the real day', () => {
  const config = readConfig({ DATABASE_URL: 'postgres://u:p@db/qiao' })
  expect(config.mode).toBe('production')
  expect(config.today).toBeUndefined()
})

test.each([
  [{ PORT: 'eighty' }, 'PORT is "eighty"'],
  [{ PORT: '70000' }, 'PORT is "70000"'],
  [{ QIAO_MODE: 'live' }, 'QIAO_MODE is "live"'],
  [{ QIAO_TODAY: '2025-02-30' }, 'QIAO_TODAY is "2025-02-30"'],
  [{ QIAO_RESIDENTS: '10' }, 'QIAO_RESIDENTS is "10"'],
  [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL is no address'],
])('%o is refused by name', (env, message) => {
  expect(() => readConfig(env)).toThrow(message)
})
