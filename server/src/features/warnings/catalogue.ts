import { readFile } from 'node:fs/promises'
import type { Fact, Pack } from '@qiao/rules'
import { readYaml } from '../policies/read-yaml.ts'
import type { Severity, Topic } from './warning.ts'

/** What may point to a family in trouble, A01 to A28, as signals.yaml declares it (domain §4.3). 预警信号 */
export type Signal = Readonly<{
  id: string
  name: string
  en: string
  /** Whose data tells of it. */
  owner: string
  topic: Topic
  severity: Severity
  /** Seen by the district and the people named alone. */
  restricted?: boolean
  clinical?: boolean
  kind: 'rule' | 'by-hand' | 'waits' | 'lead'
  entity?: 'person' | 'household'
  rule?: string
  redRule?: string
  freshDays?: number
  note?: string
}>

export type Catalogue = Readonly<{ events: readonly Fact[]; signals: readonly Signal[] }>

/** The catalogue that comes with Qiao, in the order of the file. */
export async function readCatalogue(): Promise<Catalogue> {
  const text = await readFile(new URL('./signals.yaml', import.meta.url), 'utf8')
  return readYaml(text) as Catalogue
}

/** What a rule may ask for: every fact that policies may, and what happened. A status is a fact like any other here. */
export function factsFor({ facts }: Pick<Pack, 'facts'>, { events }: Catalogue): readonly Fact[] {
  return [...facts.map(({ kind: _kind, programme: _programme, ...fact }) => fact), ...events]
}
