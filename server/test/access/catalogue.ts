/**
 * Who may see and write each table of schema app, said once more apart from the migrations: a new
 * table, grant or policy that is not written here fails the catalogue test.
 *
 * `area`: rows of one's own area and inside it. `case work`: anybody with cases, nothing personal in
 * it. `own`: one's own rows.
 */
export type TableAccess = Readonly<{
  seenBy: 'area' | 'case work' | 'own' | 'map' | 'colleagues' | 'audit administrator' | 'everybody signed in'
  /** What role app may do at all, beside what the policies then allow. */
  grants: string
}>

export const catalogue: Readonly<Record<string, TableAccess>> = {
  answer: { seenBy: 'area', grants: 'INSERT, SELECT, UPDATE' },
  area: { seenBy: 'map', grants: 'SELECT' },
  audit: { seenBy: 'audit administrator', grants: 'SELECT' },
  award: { seenBy: 'area', grants: 'INSERT, SELECT, UPDATE' },
  fact: { seenBy: 'area', grants: 'INSERT, SELECT, UPDATE' },
  household: { seenBy: 'area', grants: 'INSERT, SELECT, UPDATE' },
  household_current: { seenBy: 'area', grants: 'DELETE, INSERT, SELECT, UPDATE' },
  idempotency: { seenBy: 'own', grants: 'INSERT, SELECT' },
  match_run: { seenBy: 'case work', grants: 'INSERT, SELECT, UPDATE' },
  member: { seenBy: 'area', grants: 'INSERT, SELECT, UPDATE' },
  person: { seenBy: 'area', grants: 'INSERT, SELECT, UPDATE' },
  person_current: { seenBy: 'area', grants: 'DELETE, INSERT, SELECT, UPDATE' },
  roll: { seenBy: 'case work', grants: 'INSERT, SELECT, UPDATE' },
  staff: { seenBy: 'colleagues', grants: 'SELECT' },
  undecided: { seenBy: 'area', grants: 'INSERT, SELECT, UPDATE' },
  undecided_kind: { seenBy: 'case work', grants: 'INSERT, SELECT' },
}
