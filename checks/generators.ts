import { accessReference } from './access-reference.ts'
import { apiTypes } from './api-types.ts'
import { billOfMaterials } from './bill-of-materials.ts'
import { cliReference } from './cli-reference.ts'
import { configReference } from './config-reference.ts'
import { errorsReference } from './errors-reference.ts'
import { feelReference } from './feel-reference.ts'
import { freshInstallation } from './fresh-installation.ts'
import { thirdPartyNotices } from './notices.ts'
import { policyReference } from './policy-reference.ts'

/** A generated file: its path from the root, and its whole text produced from the source of truth. */
export type Generator = Readonly<{
  file: string
  produce: (root: string) => string | Promise<string>
}>

export const generators: readonly Generator[] = [
  { file: 'THIRD-PARTY-NOTICES.md', produce: thirdPartyNotices },
  { file: 'docs/reference/access.md', produce: accessReference },
  { file: 'docs/reference/bill-of-materials.json', produce: billOfMaterials },
  { file: 'docs/reference/cli.md', produce: cliReference },
  { file: 'docs/reference/config.md', produce: configReference },
  { file: 'docs/reference/errors.md', produce: errorsReference },
  { file: 'docs/reference/feel.md', produce: feelReference },
  { file: 'docs/reference/openapi.json', produce: async () => (await freshInstallation()).api },
  { file: 'docs/reference/policy.md', produce: policyReference },
  { file: 'server/migrations/schema.sql', produce: async () => (await freshInstallation()).schema },
  { file: 'web/src/api/schema.ts', produce: apiTypes },
]
