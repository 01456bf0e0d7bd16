import { thirdPartyNotices } from './notices.ts'

/** A generated file: its path from the root, and its whole text produced from the source of truth. */
export type Generator = Readonly<{
  file: string
  produce: (root: string) => string | Promise<string>
}>

export const generators: readonly Generator[] = [
  { file: 'THIRD-PARTY-NOTICES.md', produce: thirdPartyNotices },
]
