import { parse } from 'yaml'
import type { PackFiles } from '../policies/pack-files.ts'

const named: Readonly<Record<string, string>> = {
  'pack.yaml': '来源和类别',
  'facts.yaml': '事实目录',
  'cases/households.yaml': '例子里的家庭',
}

/** What an official calls a file of a pack, or of the cases beside it. */
export function nameOfFile(path: string, files: PackFiles): string {
  const known = named[path]
  if (known !== undefined) return known
  const [folder, name = path] = path.split('/')
  const id = name.replace(/\.yaml$/, '')
  const programme = nameIn(files[`programmes/${id}.yaml`] ?? '') ?? id
  return folder === 'cases' ? `${programme}的例子` : programme
}

/** The name a programme's file gives it, found without reading the whole of a file that may not read. */
function nameIn(text: string): string | undefined {
  const line = /^name: *(.+?) *$/m.exec(text)?.[1]
  if (line === undefined) return undefined
  try {
    return String(parse(line))
  } catch {
    return line
  }
}
