import { useTranslation } from 'react-i18next'
import type { Service } from '../../api/views.ts'

type Way = Pick<Service, 'method' | 'outcome'>

/** What came of a service in words: at a door somebody is seen or does not answer it, on the phone reached or does not pick up. */
export function useOutcomeText(): (way: Way) => string {
  const { t } = useTranslation('services')
  return ({ method, outcome }) => {
    const isSeen = method === 'visit' || method === 'station'
    if (isSeen || (outcome !== 'met' && outcome !== 'nobody-home')) return t(`outcome.${outcome}`)
    return t(outcome === 'met' ? 'reached.met' : 'reached.nobody')
  }
}
