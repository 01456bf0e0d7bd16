import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'
import { changeRequestProblems } from './problems.ts'

const codes: Readonly<Record<string, keyof typeof changeRequestProblems>> = {
  change_request_as_seen: 'request-changed',
  change_request_is_current: 'request-out-of-date',
  change_request_conflicts_settled: 'request-conflicts',
  change_request_maker_is_no_checker: 'request-own',
  change_request_of_members: 'request-person-left',
  change_request_asks_something: 'request-asks-nothing',
  id_number_is_free: 'number-borne',
}

/** What the database refuses, said to the person who asked. */
export function explained(error: { constraint?: string; code?: string }): never {
  const code = codes[error.constraint ?? '']
  if (code) throw problem(changeRequestProblems, code)
  if (error.constraint === 'change_item_changes')
    throw problem(changeRequestProblems, 'request-invalid', '更正后的内容与现登记的内容相同')
  // Rights are asked for before; what is left is a class of facts, or a request of somebody else.
  if (error.code === '42501') throw problem(platformProblems, 'forbidden')
  throw error
}
