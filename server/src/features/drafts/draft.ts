import type { CaseFiles } from '../policies/case-files.ts'
import type { PackFiles } from '../policies/pack-files.ts'
import type { draftProblems } from './problems.ts'

export type DraftState = 'draft' | 'in-review' | 'approved' | 'returned' | 'published' | 'withdrawn'

/** A change of policy on its way to be published. 政策草稿 */
export type Draft = Readonly<{
  id: number
  title: string
  note: string
  /** The pack it was written against. */
  baseHash: string
  /** Whole files that differ from that pack. */
  files: PackFiles
  cases: CaseFiles
  /** First day; null: from publication on. */
  from: string | null
  /** What the whole pack with the change is. */
  contentHash: string
  version: string
  state: DraftState
  /** Counts every change of content; approvals and impacts hold for one. */
  revision: number
  /** Null: it came with a release of the program, and nobody has taken it up. */
  author: string | null
  changedAt: string
  /** The release it brings, by its hash; null for a draft somebody began. */
  release: string | null
  /** Files that the release and the district changed in the same place, until the author chooses. */
  undecided: readonly string[]
}>

export const steps = [
  'take-up',
  'submit',
  'recall',
  'approve',
  'return',
  'withdraw',
  'publish',
] as const
export type Step = (typeof steps)[number]

/** Who takes a step, and what is known of the draft besides. */
export type Situation = Readonly<{
  staffId: string
  may: readonly string[]
  /** Who approved exactly this content. */
  approvedBy: readonly string[]
  /** Whether two must approve exactly this content; null: its impact is not known. */
  secondApprover: boolean | null
  /** Whether something else was published since it was begun. */
  baseMoved: boolean
}>

/** Where a step leads, or the code of the problem that forbids it. */
export type Taken = DraftState | Readonly<{ refused: keyof typeof draftProblems }>

const authorSteps: Readonly<Partial<Record<Step, readonly DraftState[]>>> = {
  submit: ['draft', 'returned'],
  recall: ['in-review', 'approved'],
  withdraw: ['draft', 'returned', 'in-review', 'approved'],
}
const authorEnds = { submit: 'in-review', recall: 'draft', withdraw: 'withdrawn' } as const

/**
 * Takes a step, or says why not: whoever takes up what came with a release is its author; the author writes, submits and takes back; somebody else who is
 * appointed approves, returns and publishes.
 */
export function takeStep(draft: Draft, step: Step, situation: Situation): Taken {
  if (step === 'take-up')
    return draft.author === null && mayWrite(draft, situation)
      ? draft.state
      : { refused: 'step-not-open' }
  if (step === 'submit' || step === 'recall' || step === 'withdraw') {
    if (draft.author !== situation.staffId || !situation.may.includes('drafts.write'))
      return { refused: 'not-the-author' }
    if (!authorSteps[step]?.includes(draft.state)) return { refused: 'step-not-open' }
    if (step === 'submit' && situation.baseMoved) return { refused: 'base-moved' }
    if (step === 'submit' && draft.undecided.length > 0) return { refused: 'merge-undecided' }
    return authorEnds[step]
  }
  if (draft.author === situation.staffId) return { refused: 'author-cannot-approve' }
  if (!situation.may.includes('drafts.decide')) return { refused: 'step-not-open' }
  if (step === 'return')
    return draft.state === 'in-review' || draft.state === 'approved'
      ? 'returned'
      : { refused: 'step-not-open' }
  return step === 'approve' ? approve(draft, situation) : publish(draft, situation)
}

function approve(
  draft: Draft,
  { staffId, approvedBy, secondApprover, baseMoved }: Situation,
): Taken {
  if (draft.state !== 'in-review') return { refused: 'step-not-open' }
  if (baseMoved) return { refused: 'base-moved' }
  if (secondApprover === null) return { refused: 'impact-missing' }
  if (approvedBy.includes(staffId)) return { refused: 'already-approved' }
  return approvedBy.length + 1 >= (secondApprover ? 2 : 1) ? 'approved' : 'in-review'
}

function publish(draft: Draft, { approvedBy, secondApprover, baseMoved }: Situation): Taken {
  if (draft.state !== 'approved') return { refused: 'step-not-open' }
  if (baseMoved) return { refused: 'base-moved' }
  if (secondApprover === null) return { refused: 'impact-missing' }
  if (approvedBy.length < (secondApprover ? 2 : 1)) return { refused: 'step-not-open' }
  return 'published'
}

/** Whether the caller may change the content now; what nobody has taken up any author may. */
export function mayWrite(
  { author, state }: Pick<Draft, 'author' | 'state'>,
  { staffId, may }: Pick<Situation, 'staffId' | 'may'>,
): boolean {
  return (
    may.includes('drafts.write') &&
    (author === staffId || author === null) &&
    (state === 'draft' || state === 'returned')
  )
}

/** Why a draft cannot begin on a day; nothing where it can. */
export function startProblem(
  from: string | null,
  today: string,
  head: string | null,
): string | undefined {
  const first = from ?? today
  if (first < today) return `施行日期不能早于今天（${today}）`
  if (head !== null && first < head) return `已发布的版本自 ${head} 起施行，这一稿不能早于它`
  return undefined
}
