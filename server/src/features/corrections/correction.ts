/**
 * What a source is asked to put right, because we found it otherwise than it delivered it: 待回传, 已回传, 已采纳, 不采纳,
 * 已撤回. 回传更正
 */
export type CorrectionState = 'waiting' | 'sent' | 'adopted' | 'refused' | 'withdrawn'

/** Those of which something is still to come. */
export const openStates: readonly CorrectionState[] = ['waiting', 'sent']

/** Where a correction stands; `sent` stays true once it was, `brought` says that a delivery closed it. */
export type Standing = Readonly<{ state: CorrectionState; sent: boolean; brought: boolean }>

export const raised: Standing = { state: 'waiting', sent: false, brought: false }

/**
 * What happens to a correction.
 *
 * - `sent`: in a file, or fetched with a key
 * - `adopted`, `refused`: the source answers; why not is asked for beside
 * - `withdrawn`: our word was taken back
 * - `brought`: a later delivery of the source says what we say; `unbrought`: that delivery was taken back
 */
export const correctionEvents = [
  'sent',
  'adopted',
  'refused',
  'withdrawn',
  'brought',
  'unbrought',
] as const
export type CorrectionEvent = (typeof correctionEvents)[number]

/** Where a correction stands after something happened; the same where that changes nothing. Migration 0217 does it. */
export function after(standing: Standing, event: CorrectionEvent): Standing {
  const { state, sent } = standing
  const isOpen = openStates.includes(state)
  switch (event) {
    case 'sent':
      return isOpen ? { ...standing, state: 'sent', sent: true } : standing
    case 'adopted':
    case 'refused':
      return state === 'sent' ? { ...standing, state: event } : standing
    case 'withdrawn':
      return isOpen ? { ...standing, state: 'withdrawn' } : standing
    case 'brought':
      return isOpen ? { ...standing, state: 'adopted', brought: true } : standing
    case 'unbrought':
      return standing.brought
        ? { state: sent ? 'sent' : 'waiting', sent, brought: false }
        : standing
  }
}

/** Whether its source may be recorded to have answered. */
export const mayAnswer = (state: CorrectionState): boolean =>
  after({ ...raised, state }, 'adopted').state === 'adopted' && state !== 'adopted'
