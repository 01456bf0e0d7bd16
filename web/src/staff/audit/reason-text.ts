import { useTranslation } from 'react-i18next'

/** Why, in words: a duty, an office, a lead, or what was stated. */
export function useReasonText(): (reason: string | null) => string {
  const { t } = useTranslation('audit')
  return (reason) => {
    if (reason === null) return '—'
    const [kind = '', ...rest] = reason.split(':')
    const said = rest.join(':')
    if (kind === 'duty') return t('reason.duty')
    if (kind === 'office') return t('reason.office')
    if (kind === 'lead') return t('reason.lead', { id: said })
    return kind === 'stated' ? t('reason.stated', { text: said }) : reason
  }
}
