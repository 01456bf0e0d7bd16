import { readFileSync } from 'node:fs'
import { readYaml } from '../features/policies/read-yaml.ts'

/** What the loader needs to know of a declared fact. */
export type DeclaredFact = Readonly<{
  id: string
  entity: 'person' | 'household'
  type: 'date' | 'money' | 'integer' | 'number' | 'boolean' | 'code'
  nullable?: boolean
  codes?: readonly Readonly<{ code: string; name: string }>[]
  sensitivity: 'plain' | 'need-signal' | 'clinical'
  shelfMonths?: number
}>

let read: ReadonlyMap<string, DeclaredFact> | undefined

/** The facts of policy/facts.yaml by id, read once. */
export function declaredFacts(): ReadonlyMap<string, DeclaredFact> {
  if (!read) {
    const text = readFileSync(new URL('../../../policy/facts.yaml', import.meta.url), 'utf8')
    const { facts } = readYaml(text) as { facts: DeclaredFact[] }
    read = new Map(facts.map((fact) => [fact.id, fact]))
  }
  return read
}

/**
 * @throws RangeError for a fact that policy/facts.yaml does not declare
 */
export function declaredFact(id: string): DeclaredFact {
  const fact = declaredFacts().get(id)
  if (!fact) throw new RangeError(`policy/facts.yaml declares no fact ${id}`)
  return fact
}
