import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeQiao } from '../server/src/app.ts'
import { openInstallation } from '../server/src/installation.ts'
import { readConfig } from '../server/src/platform/config.ts'
import { schemaText } from './schema-text.ts'

type Read = Readonly<{ api: string; schema: string }>
let read: Promise<Read> | undefined

/** What an installation just made says of itself: its HTTP API as OpenAPI, its database as SQL. */
export function freshInstallation(): Promise<Read> {
  read ??= readFresh()
  return read
}

async function readFresh(): Promise<Read> {
  const folder = await mkdtemp(join(tmpdir(), 'qiao-check-'))
  await chmod(folder, 0o711)
  const installation = await openInstallation(
    readConfig({ QIAO_DATA: join(folder, 'data') }),
    () => {},
  )
  try {
    const qiao = await makeQiao(installation, { log: 'silent' })
    const answer = await qiao.http.inject('/api/openapi.json')
    await qiao.close()
    return {
      api: `${JSON.stringify(answer.json(), null, 2)}\n`,
      schema: await schemaText(installation.owner),
    }
  } finally {
    await installation.close()
    await rm(folder, { recursive: true, force: true })
  }
}
