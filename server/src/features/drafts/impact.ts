import type { Pack } from '@qiao/rules'
import type { Static } from 'typebox'
import { problem } from '../../platform/http/problem.ts'
import { type Lab, type Sample, valueOn } from '../lab/lab.ts'
import { labProblems } from '../lab/problems.ts'
import { impactOf } from '../lab/trial.ts'
import type { EffectView } from '../lab/views.ts'
import type { PackFiles } from '../policies/pack-files.ts'

export type Effect = Static<typeof EffectView>

/** The whole district as the laboratory holds it. @throws Problem `lab-reading` */
async function districtOf(lab: Lab): Promise<Sample> {
  const sample = await lab.sample()
  if (sample === 'reading') throw problem(labProblems, 'lab-reading')
  return sample
}

/** A draft as the pack it would be, and from when. */
export type Tried = Readonly<{ pack: Pack; files: PackFiles; from: string | null }>

/** What a draft would do to the whole district, figures being those of its first day. */
export async function draftImpact(
  lab: Lab,
  area: string,
  draft: Tried,
  massLoss: number,
): Promise<Effect> {
  const sample = await districtOf(lab)
  const scope = Array.from({ length: sample.townships.length + 1 }, (_, place) => place)
  const values = figuresOfStart(sample.pack, draft.pack, { today: sample.on, start: draft.from })
  const trial = await impactOf(lab, sample, draft.files, { scope, massLoss, values })
  const sum = (of: 'households' | 'persons') =>
    sample.sizes.reduce((total, size) => total + size[of], 0)
  return {
    ...trial,
    sample: {
      on: sample.on,
      readAt: sample.readAt,
      area,
      pack: {
        version: sample.pack.version,
        hash: sample.pack.hash,
      },
      stale: await lab.isStale(sample),
      households: sum('households'),
      persons: sum('persons'),
    },
  }
}

/**
 * Values under which a draft shows today what it does on its first day: figures that the draft
 * changes for that day, and none that only move by the calendar.
 *
 * A figure that is not known on that day keeps today's value.
 */
function figuresOfStart(
  current: Pack,
  draft: Pack,
  { today, start }: Readonly<{ today: string; start: string | null }>,
): Record<string, number> {
  if (start === null || start <= today) return {}
  return Object.fromEntries(
    draft.parameters.flatMap(({ id }) => {
      const then = valueOn(draft, id, start)
      const changed = then !== valueOn(current, id, start)
      const wanted = changed ? then : valueOn(current, id, today)
      if (wanted === null || wanted === valueOn(draft, id, today)) return []
      return [[id, Number(wanted)]]
    }),
  )
}
