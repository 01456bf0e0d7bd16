import { readFile } from 'node:fs/promises'
import { readYaml } from '../policies/read-yaml.ts'
import type { Purpose } from './export.ts'

/** What lists are taken along for, in the order of the file. */
export async function readPurposes(): Promise<readonly Purpose[]> {
  const text = await readFile(new URL('./purposes.yaml', import.meta.url), 'utf8')
  return (readYaml(text) as { purposes: Purpose[] }).purposes
}
