import { audit } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db/database.ts'
import { problem } from '../../platform/http/problem.ts'
import type { Jobs } from '../../platform/jobs.ts'
import { lockPublishing, publish } from '../policies/load.ts'
import { packOf } from '../policies/pack-files.ts'
import type { Checked } from './check-draft.ts'
import { type Draft, type Situation, type Step, takeStep } from './draft.ts'
import { headOf, refuseStart, type Standing, standingOf, type Writer } from './drafts.ts'
import { draftProblems } from './problems.ts'
import { approvalsOf, impactFor, lockDraft, noteEvent, saveState, takeUpDraft } from './queries.ts'

const kinds = {
  'take-up': 'taken-up',
  submit: 'submitted',
  recall: 'recalled',
  approve: 'approved',
  return: 'returned',
  withdraw: 'withdrawn',
  publish: 'published',
} as const satisfies Record<Step, string>

export type StepWish = Readonly<{ step: Step; revision: number; text: string }>

/** What bears on the next step of a draft. */
export async function situationOf(
  tx: Tx,
  { draft, head }: Pick<Standing, 'draft' | 'head'>,
  writer: Pick<Writer, 'staffId' | 'may'>,
): Promise<Situation> {
  const impact = await impactFor(tx, draft)
  return {
    staffId: writer.staffId,
    may: writer.may,
    approvedBy: (await approvalsOf(tx, draft)).map(({ staffId }) => staffId),
    secondApprover: impact?.secondApprover ?? null,
    baseMoved: draft.baseHash !== head.hash && draft.state !== 'published',
  }
}

/**
 * Takes a step with a draft; publishing puts the pack in force from its day on and has every
 * household matched again, all in one transaction.
 *
 * @param check what checking exactly this revision said; only for submitting
 * @throws Problem with the reason a step is refused
 */
export async function stepOn(
  tx: Tx,
  jobs: Jobs,
  id: number,
  wish: StepWish & { check: Checked | null },
  writer: Writer,
): Promise<void> {
  if (wish.step === 'publish') await lockPublishing(tx)
  const standing = await standingOf(tx, id, writer.today, lockDraft)
  const { draft } = standing
  if (draft.revision !== wish.revision) throw problem(draftProblems, 'draft-changed')
  const taken = takeStep(draft, wish.step, await situationOf(tx, standing, writer))
  if (typeof taken !== 'string') throw problem(draftProblems, taken.refused)
  if (wish.step === 'take-up') await takeUpDraft(tx, id)
  if (wish.step === 'submit') refuseUnsound(draft, wish.check)
  if (wish.step === 'publish') await publishDraft(tx, jobs, standing, writer)
  await noteEvent(tx, draft, kinds[wish.step], wish.text)
  if (wish.step !== 'take-up') await saveState(tx, id, taken)
  await audit(tx, {
    action: `policy.draft-${kinds[wish.step]}`,
    subject: `draft:${id}`,
    detail: { version: draft.version, revision: draft.revision },
    ...(wish.text === '' ? {} : { reason: wish.text }),
  })
}

function refuseUnsound({ files, cases }: Draft, check: Checked | null): void {
  if (Object.keys(files).length === 0 && Object.keys(cases).length === 0)
    throw problem(draftProblems, 'draft-empty')
  const wrong = wrongOf(check)
  if (wrong.length > 0) throw problem(draftProblems, 'draft-unsound', undefined, wrong)
}

/** Everything that stands in the way of a review, with its place. */
function wrongOf(check: Checked | null): { path: string; message: string }[] {
  if (!check) return [{ path: '', message: '这一稿还没有检查' }]
  return [
    ...[...check.problems, ...check.owed].map(({ file, line, column, message }) => ({
      path: `${file}:${line}:${column}`,
      message,
    })),
    ...check.cases
      .filter(({ differences, differedBefore }) => differences.length > 0 && !differedBefore)
      .map((one) => ({
        path: `cases/${one.programme}`,
        message: `例子“${one.case}”：${one.differences.join('；')}`,
      })),
    ...check.unproven.map((message) => ({ path: 'cases', message })),
  ]
}

async function publishDraft(
  tx: Tx,
  jobs: Jobs,
  { draft, whole, cases }: Standing,
  { today }: Writer,
): Promise<void> {
  const head = await headOf(tx, today)
  refuseStart(draft.from, today, head)
  const pack = packOf(whole)
  if ('problems' in pack || pack.hash !== draft.contentHash)
    throw problem(draftProblems, 'draft-unsound')
  const from = draft.from ?? today
  await publish(tx, pack, whole, { from, cases, release: draft.release ?? head.release })
  if (from <= today)
    await jobs.enqueue(tx, 'policies.published', { hash: pack.hash }, { singletonKey: 'published' })
}
