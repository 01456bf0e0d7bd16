import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shippedPackFolder } from '../../src/features/policies/pack-files.ts'
import { type dataPlace, filledPlace, launch, qiao } from './running-program.ts'

const patient = 180_000

let place: Awaited<ReturnType<typeof dataPlace>>
beforeAll(async () => {
  place = await filledPlace()
}, patient)
afterAll(() => place.remove())

/** Starts the program and returns what it said until it was up. */
async function saidOnStart(): Promise<string> {
  const program = launch({ env: place.env })
  await program.address()
  program.kill('SIGINT')
  expect((await program.ended).code).toBe(0)
  return program.said()
}

test(
  'a release that waits is told at every start, and nothing of one where none does',
  async () => {
    expect(await saidOnStart()).not.toContain('新版本')
    const folder = join(place.data, '..', 'later')
    await cp(shippedPackFolder, folder, { recursive: true })
    const change = async (path: string, work: (text: string) => string) => {
      const file = join(folder, path)
      await writeFile(file, work(await readFile(file, 'utf8')))
    }
    await change('pack.yaml', (text) => text.replace(/^version:.*$/m, 'version: "2099.1.0"'))
    await change('programmes/tekun.yaml', (text) => `${text}# 新\n`)
    expect((await qiao(['policy', 'receive', folder], place.env)).code).toBe(0)
    for (const _ of ['first', 'again'])
      expect(await saidOnStart()).toContain('政策包新版本 2099.1.0 已到，尚未采用')
  },
  patient,
)
