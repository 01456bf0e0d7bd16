import { expect, test } from 'vitest'
import { version } from '../src/version.ts'
import { ask, runQiao } from './running-qiao.ts'

test('the server says that it is well, and that it is not when its database is gone', async () => {
  const running = await runQiao()
  const well = await ask(running.http, 'GET /health')
  expect([well.status, well.body]).toEqual([200, { status: 'ok', version }])
  await running.qiao.close()
  await running.close()
})
