import type { Pack, TargetEntity } from '@qiao/rules'
import { statusFact } from '../households/statuses.ts'

/** A list of who receives a programme in an area on a day, as a source delivers it. 发放名册 */
export type Roll = Readonly<{
  programme: string
  areaId: string
  areaName: string
  /** Everybody who receives it there that day: of whoever is missing it is known that they do not. */
  complete: boolean
  holder: TargetEntity
}>

/**
 * Whose award a roll of this programme gives: the household's where a policy asks it of the household, or where the
 * programme is only for whole households; else that of the person listed.
 */
export function holderOf(
  { facts, programmes }: Pick<Pack, 'facts' | 'programmes'>,
  programme: string,
): TargetEntity {
  const status = facts.find(({ id }) => id === statusFact(programme))
  if (status) return status.entity
  const tiers = programmes.find(({ id }) => id === programme)?.tiers ?? []
  return tiers.length > 0 && tiers.every(({ target }) => target === 'household')
    ? 'household'
    : 'person'
}
