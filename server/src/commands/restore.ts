import { access } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { readLog } from '../features/audit/log.ts'
import { type Finding, makeVerifier, type Verified } from '../features/audit/verify.ts'
import { openInstallation } from '../installation.ts'
import { type Config, readConfig } from '../platform/config.ts'
import { keyCheck, readOrMakeKeys } from '../platform/crypto/keys.ts'
import { asOwner } from '../platform/db/actor.ts'
import { type Manifest, readManifest } from '../platform/db/backup-manifest.ts'
import { type Database } from '../platform/db/database.ts'
import { restoreDump } from '../platform/db/dump.ts'
import { restoreFiles } from '../platform/db/restore-files.ts'
import { prepareDatabase } from '../platform/db/roles.ts'
import { AskedWrongly, StartProblem } from '../platform/start-problem.ts'
import { summary } from './backup.ts'
import type { Command, CommandIo } from './command.ts'
import { noteCommand } from './note-command.ts'

const usage = ['qiao restore FOLDER'] as const

export const restoreCommand: Command = {
  name: 'restore',
  usage,
  about: `Brings a backup back into an empty QIAO_DATA, or an empty database of DATABASE_URL, where the key file is already.
Compares every file with the manifest, starts the database, ends all sessions and verifies the audit log with the seal
the manifest names. Refuses a backup that is not whole, of another PostgreSQL, or whose keys are not there. Exit code 1
also where the audit log does not verify.`,
  run: async (args, io) => {
    const [folder, ...more] = args
    if (folder === undefined || folder.startsWith('-') || more.length > 0)
      throw new AskedWrongly('qiao restore takes one folder.', usage.join('\n'))
    return restore(resolve(folder), readConfig(io.env), io)
  },
}

async function restore(from: string, config: Config, io: CommandIo): Promise<number> {
  const manifest = await readManifest(from)
  refuseOtherKind(manifest, config)
  const secret = await refuseOtherKeys(manifest, config)
  io.stderr(`正在恢复 ${manifest.madeAt} 的备份 …\n`)
  if (config.databaseUrl) {
    await prepareDatabase(config.databaseUrl, secret)
    await restoreDump(manifest, from, config.databaseUrl)
  } else await restoreFiles(manifest, join(from, 'postgres'), join(config.data, 'postgres'))
  const installation = await openInstallation(config, (line) => io.stderr(`  ${line}\n`))
  try {
    await endSessions(installation.owner)
    await noteCommand(installation.owner, 'restore', { madeAt: manifest.madeAt })
    const { verified, findings } = await verifyLog(installation.owner, manifest)
    const [first] = findings
    io.stdout(
      `${JSON.stringify({ ...summary(manifest), audit: { ...verified, findings: findings.length } })}\n`,
    )
    io.stderr(
      first
        ? `数据已恢复，但审计日志校验发现 ${findings.length} 处问题：${first.says} 详见 qiao audit verify。\n`
        : '恢复完成，审计日志校验通过。所有登录会话已结束。\n',
    )
    return first ? 1 : 0
  } finally {
    await installation.close()
  }
}

function refuseOtherKind({ kind, mode }: Manifest, config: Config): void {
  if (mode !== config.mode) {
    throw new StartProblem(
      `The backup is of mode ${mode} and Qiao was started in mode ${config.mode}.`,
      `Restore it with QIAO_MODE=${mode}.`,
    )
  }
  const isNamed = config.databaseUrl !== undefined
  if (isNamed === (kind === 'dump')) return
  throw new StartProblem(
    kind === 'dump'
      ? 'The backup was made by pg_dump of a named server.'
      : 'The backup holds the files of an own PostgreSQL.',
    kind === 'dump'
      ? 'Name an empty database of a server in DATABASE_URL.'
      : 'Leave out DATABASE_URL and name an empty folder in QIAO_DATA.',
  )
}

/** @returns the secret of the key file that belongs to the backup */
async function refuseOtherKeys({ keys: needed }: Manifest, config: Config): Promise<string> {
  const ids = needed.fields.join(', ')
  await access(config.keyFile).catch((cause) => {
    throw new StartProblem(
      `The key file ${config.keyFile} is not there${ids && `; the encrypted fields need its keys ${ids}`}.`,
      'Keys are not part of a backup: put the key file back from where it is kept, or name it in QIAO_KEY_FILE.',
      { cause },
    )
  })
  const keys = await readOrMakeKeys(config.keyFile, config.crypto)
  if (needed.check !== null && needed.check !== keyCheck(keys).toString('hex')) {
    throw new StartProblem(
      `The key file ${config.keyFile} belongs to another installation than the backup.`,
      'Name the key file of that installation in QIAO_KEY_FILE.',
    )
  }
  const missing = needed.fields.filter((id) => !keys.fields.some((key) => key.id === id))
  if (missing.length === 0) return keys.secret
  throw new StartProblem(
    `The key file ${config.keyFile} is older than the backup: it lacks the keys ${missing.join(', ')} that encrypted fields need.`,
    'Restore a later copy of the key file; keys are added to it and never changed.',
  )
}

/** Whoever was signed in then may have been shut out since. */
async function endSessions(owner: Database): Promise<void> {
  await owner.pool.query('delete from auth.session')
}

async function verifyLog(
  owner: Database,
  { seal }: Manifest,
): Promise<{ verified: Verified; findings: readonly Finding[] }> {
  const findings: Finding[] = []
  const verifier = makeVerifier((finding) => findings.push(finding), seal ? [seal.hash] : [])
  await asOwner(owner, async (tx) => {
    for await (const line of readLog(tx)) {
      if ('entry' in line) verifier.entry(line.entry)
      else verifier.seal(line.seal)
    }
  })
  return { verified: verifier.end(), findings }
}
