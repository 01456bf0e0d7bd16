import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publishShippedPack } from '../server/src/features/policies/load.ts'
import { loadDistrict } from '../server/src/district/load.ts'
import { type Installation, openInstallation } from '../server/src/installation.ts'
import { readConfig } from '../server/src/platform/config.ts'

/** An installation without residents in a folder of its own, gone when the work is done. */
export async function withInstallation<T>(
  settings: Readonly<Record<string, string>>,
  work: (installation: Installation) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'qiao-bench-'))
  await chmod(folder, 0o711)
  const config = readConfig({ QIAO_DATA: join(folder, 'data'), ...settings })
  const installation = await openInstallation(config, () => {})
  try {
    return await work(installation)
  } finally {
    await installation.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** A demonstration of so many residents in a folder of its own, as `npm start` makes one. */
export async function withDistrict<T>(
  residents: number,
  work: (installation: Installation) => Promise<T>,
): Promise<T> {
  return withInstallation({ QIAO_RESIDENTS: String(residents) }, async (installation) => {
    await publishShippedPack(installation.owner)
    const { owner, cipher, clock } = installation
    await loadDistrict({ owner, seal: cipher.seal }, { residents, seed: 1, today: clock.today() })
    return work(installation)
  })
}
