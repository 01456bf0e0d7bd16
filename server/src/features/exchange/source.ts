import { readFile } from 'node:fs/promises'
import type { Fact } from '@qiao/rules'
import { csvSheet } from '../../platform/csv-sheet.ts'
import { problem } from '../../platform/http/problem.ts'
import { isRecorded } from '../households/household.ts'
import { readYaml } from '../policies/read-yaml.ts'
import { exchangeProblems } from './problems.ts'
import type { SourceTerms } from './source-terms.ts'

/** A body that delivers facts, as sources.yaml declares it; what is agreed with it is stated by the steward. 数据来源 */
export type Source = Readonly<{
  id: string
  name: string
  en: string
  /** What lets its facts be known, by the catalogue `app.basis`; sharing between departments where left out. */
  basis?: string
  /** Owners as facts.yaml names them. */
  factOwners: readonly string[]
}>

/** What every row of a delivery begins with: whose facts, to tell a wrong number apart, and of what day. */
const rowHeadings = ['证件号码', '姓名', '事实日期'] as const

/** The sources that come with Qiao, in the order of the file. */
export async function readSources(): Promise<readonly Source[]> {
  const text = await readFile(new URL('./sources.yaml', import.meta.url), 'utf8')
  return (readYaml(text) as { sources: Source[] }).sources
}

/** @throws Problem `no-such-source` */
export async function sourceCalled(id: string): Promise<Source> {
  const source = (await readSources()).find((one) => one.id === id)
  if (!source) throw problem(exchangeProblems, 'no-such-source')
  return source
}

/** On what its facts are known, and the words for it; the article is null until somebody confirms it. */
export function basisOf(
  { basis = 'sharing' }: Source,
  stated: Pick<SourceTerms, 'legalBasis'> | undefined,
): { basis: string; legalBasis: string | null } {
  return { basis, legalBasis: stated?.legalBasis ?? null }
}

/**
 * The facts a source delivers, of persons first: those it owns, without what is derived from others and what awards
 * say (a roll brings those).
 */
export function factsOf({ factOwners }: Source, facts: readonly Fact[]): readonly Fact[] {
  const owned = facts.filter(
    (fact) => isRecorded(fact) && fact.owner !== undefined && factOwners.includes(fact.owner),
  )
  return [
    ...owned.filter(({ entity }) => entity === 'person'),
    ...owned.filter(({ entity }) => entity === 'household'),
  ]
}

type TemplateField = Readonly<{ name: string; unit: string | null }>

/** The first line of a delivery; no example row follows it, which would be taken in. */
export function templateHeadings(fields: readonly TemplateField[]): string[] {
  return [
    ...rowHeadings,
    ...fields.map(({ name, unit }) => (unit === null ? name : `${name}(${unit})`)),
  ]
}

/** The same as a sheet, UTF-8 with its mark. */
export function templateCsv(fields: readonly TemplateField[]): string {
  return csvSheet([templateHeadings(fields)])
}
