import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Fact } from '@qiao/rules'
import { sensitivityOf } from '../households/household.ts'
import { ownerWords, trustOrder } from '../households/trust.ts'
import { shippedPackFolder } from './pack-files.ts'
import { readYaml } from './read-yaml.ts'

/** A connection as role `owner`: nobody else may say of what class a fact is. */
type Connection = Readonly<{ query: (text: string, values: unknown[]) => Promise<unknown> }>

/**
 * Brings the class of every declared fact into the database, which records no fact of another class
 * or of none, and whose word of it goes first; run at every start. The class of a fact no longer declared stays: a pack that still
 * asks for it may be in force.
 */
export async function loadFactClasses(connection: Connection): Promise<void> {
  const text = await readFile(join(shippedPackFolder, 'facts.yaml'), 'utf8')
  const { facts } = readYaml(text) as { facts: Fact[] }
  await connection.query(
    `insert into meta.fact_class (fact, sensitivity, owners, trust)
     select fact, sensitivity, owners, string_to_array(trust, ',')
     from unnest($1::text[], $2::text[], $3::text[], $4::text[]) declared (fact, sensitivity, owners, trust)
     on conflict (fact) do update
     set sensitivity = excluded.sensitivity, owners = excluded.owners, trust = excluded.trust
     where (fact_class.sensitivity, fact_class.owners, fact_class.trust)
       is distinct from (excluded.sensitivity, excluded.owners, excluded.trust)`,
    [
      facts.map(({ id }) => id),
      facts.map(sensitivityOf),
      facts.map(ownerWords),
      facts.map((fact) => trustOrder(fact).join(',')),
    ],
  )
}
