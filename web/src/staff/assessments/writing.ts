import type {
  AssessmentForm,
  DraftedNeed,
  HouseholdAssessment,
  IndicatorAnswer,
  IndicatorId,
  NeedsAssessment,
} from '../../api/views.ts'

/** In the four blocks in which they are asked. */
export const BLOCKS: readonly {
  block: NeedsAssessment['items'][number]['block']
  indicators: readonly IndicatorId[]
}[] = [
  { block: 'living', indicators: ['income', 'housing'] },
  { block: 'body', indicators: ['illness', 'disability'] },
  {
    block: 'support',
    indicators: ['insurance', 'participation', 'child-burden', 'child-environment'],
  },
  { block: 'ability', indicators: ['education', 'employment'] },
]

export const RED_LINES = [
  'violence',
  'child-alone',
  'self-harm',
  'no-food-or-shelter',
  'untreated-illness',
  'dangerous-home',
] as const

export const CLASSES = ['support', 'development', 'guarantee', 'urgent'] as const
export const DIMENSIONS = [
  'material',
  'health',
  'education',
  'employment',
  'social',
  'children',
] as const
export const URGENCIES = ['now', 'soon', 'later'] as const

const all = BLOCKS.flatMap(({ indicators }) => indicators)

/** What the form begins with: the draft, else what the record says, else nothing known. */
export function startOf(data: HouseholdAssessment): Omit<AssessmentForm, 'seen'> {
  const { open, prefilled } = data
  const answerOf = (id: IndicatorId): IndicatorAnswer => {
    const item = open?.items.find(({ indicator }) => indicator === id)
    if (item) return item.unknown ? 'unknown' : item.lack ? 'yes' : 'no'
    const known = prefilled.find(({ indicator }) => indicator === id)
    return known?.lack === true ? 'yes' : known?.lack === false ? 'no' : 'unknown'
  }
  const evidence = (open?.items ?? []).flatMap(({ indicator, evidence: seen }) =>
    seen ? [[indicator, seen] as const] : [],
  )
  return {
    answers: Object.fromEntries(all.map((id) => [id, answerOf(id)])) as AssessmentForm['answers'],
    evidence: Object.fromEntries(evidence),
    redLines: [...(open?.redLines ?? [])],
    needs: open ? open.drafted.map((need) => ({ ...need })) : stillOpen(data),
    changedTo: open?.changedTo ?? null,
    changedBecause: open?.changedBecause ?? null,
  }
}

/** What the household still waits for from the assessment before. */
function stillOpen({ needs }: HouseholdAssessment): DraftedNeed[] {
  return needs
    .filter(({ state }) => state === 'open')
    .map(({ dimension, urgency, outcome }) => ({ dimension, urgency, outcome }))
}

/** What was answered the last time, and when. */
export function lastOf(
  { current }: HouseholdAssessment,
  id: IndicatorId,
): { answer: IndicatorAnswer; day: string } | undefined {
  const item = current?.items.find(({ indicator }) => indicator === id)
  if (!current || !item) return undefined
  return { answer: item.unknown ? 'unknown' : item.lack ? 'yes' : 'no', day: current.onDay }
}

/** As it is sent: a letter alone is no evidence. */
export function sent(written: Omit<AssessmentForm, 'seen'>): Omit<AssessmentForm, 'seen'> {
  const evidence = Object.entries(written.evidence).filter(([, seen]) => seen.trim().length > 1)
  return { ...written, evidence: Object.fromEntries(evidence) }
}

export const emptyNeed: DraftedNeed = { dimension: 'material', urgency: 'soon', outcome: '' }
