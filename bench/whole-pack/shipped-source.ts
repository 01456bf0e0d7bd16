import { parse } from 'yaml'
import type { PackSource } from '../../rules/src/index.ts'
import { readPackFiles, shippedPackFolder } from '../../server/src/features/policies/pack-files.ts'

/** The pack that comes with Qiao as plain data, before it is read. */
export async function shippedSource(): Promise<PackSource> {
  const files = Object.entries(await readPackFiles(shippedPackFolder))
  const data = new Map(files.map(([path, text]): [string, unknown] => [path, parse(text)]))
  const programmes = files.map(([path]) => path).filter((path) => path.startsWith('programmes/'))
  return {
    pack: data.get('pack.yaml'),
    facts: data.get('facts.yaml'),
    programmes: programmes.map((path) => ({
      file: path.replace('programmes/', ''),
      data: data.get(path),
    })),
  }
}
