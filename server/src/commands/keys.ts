import { setTimeout as wait } from 'node:timers/promises'
import { type Installation, openInstallation } from '../installation.ts'
import { readConfig } from '../platform/config.ts'
import { makeFieldCipher } from '../platform/crypto/field-cipher.ts'
import {
  addFieldKey,
  type Keys,
  keysNoticedWithin,
  readOrMakeKeys,
} from '../platform/crypto/keys.ts'
import { AskedWrongly } from '../platform/start-problem.ts'
import { resealAll } from '../reseal.ts'
import { fieldsByKey } from '../sealed-columns.ts'
import type { Command, CommandIo } from './command.ts'
import { noteCommand } from './note-command.ts'

const usage = ['qiao keys list', 'qiao keys rotate'] as const

export const keysCommand: Command = {
  name: 'keys',
  usage,
  about: `Lists the keys of encrypted fields with how many fields each has sealed; or rotates: a new key is made, and every
field is sealed anew with it, while people work. Cut off, the next rotate goes on with the same key. Older keys stay in the
key file, because older backups need them. Back the key file up afterwards, apart from the database.`,
  run: async (args, io) => {
    const [verb, ...more] = args
    const work = { list, rotate }[verb ?? '']
    if (!work || more.length > 0)
      throw new AskedWrongly('qiao keys lists or rotates.', usage.join('\n'))
    const installation = await openInstallation(readConfig(io.env), (line) =>
      io.stderr(`${line}\n`),
    )
    try {
      await work(installation, io)
      return 0
    } finally {
      await installation.close()
    }
  },
}

async function list({ config, owner }: Installation, io: CommandIo): Promise<void> {
  const { fields } = await readOrMakeKeys(config.keyFile, config.crypto)
  const sealed = await fieldsByKey(owner.pool)
  for (const { id, suite } of fields) {
    const line = { key: id, suite, fields: sealed.get(id) ?? 0, current: id === newestOf(fields) }
    io.stdout(`${JSON.stringify(line)}\n`)
  }
}

async function rotate({ config, owner }: Installation, io: CommandIo): Promise<void> {
  const keys = await keysToSealWith({ config, owner }, io)
  const newest = newestOf(keys.fields)
  await noteCommand(owner, 'keys rotate', { key: newest })
  // By then a program that runs seals with it too, and adds nothing under the old one.
  await wait(2 * keysNoticedWithin)
  const tell = tellProgress(io)
  const about = { cipher: makeFieldCipher(keys), newest }
  let fields = 0
  // What was being written with the old key meanwhile is found by another round.
  for (let found = -1; found !== 0; fields += found)
    found = await resealAll(owner, about, (done) => tell(fields + done))
  io.stdout(`${JSON.stringify({ key: newest, fields })}\n`)
  io.stderr(
    `已改用第 ${newest} 号密钥。请另行备份密钥文件 ${config.keyFile}；旧备份仍需要旧密钥。\n`,
  )
}

/** A new key, or the newest one where a rotation was cut off. */
async function keysToSealWith(
  { config, owner }: Pick<Installation, 'config' | 'owner'>,
  io: CommandIo,
): Promise<Keys> {
  const keys = await readOrMakeKeys(config.keyFile, config.crypto)
  const newest = newestOf(keys.fields)
  const older = [...(await fieldsByKey(owner.pool))].filter(([id]) => id !== newest)
  if (older.length > 0 && keys.fields.length > 1) {
    io.stderr(`继续上次的轮换：第 ${newest} 号密钥。\n`)
    return keys
  }
  io.stderr(`新密钥：第 ${newest + 1} 号。\n`)
  return addFieldKey(config.keyFile, config.crypto)
}

function newestOf(fields: Keys['fields']): number {
  return fields.at(-1)?.id ?? 0
}

function tellProgress(io: CommandIo): (done: number) => void {
  let told = performance.now()
  return (done) => {
    if (performance.now() - told < 2000) return
    told = performance.now()
    io.stderr(`  已重新加密 ${done} 项\n`)
  }
}
