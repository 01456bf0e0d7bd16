import { useTranslation } from 'react-i18next'

interface Term {
  years: number
  months: number
  days: number
}

/** A term in words, without the parts that are nothing. */
export function useTermText(): (term: Term) => string {
  const { t } = useTranslation('retention')
  return ({ years, months, days }) =>
    [
      years > 0 ? t('part.years', { n: years }) : '',
      months > 0 ? t('part.months', { n: months }) : '',
      days > 0 ? t('part.days', { n: days }) : '',
    ]
      .filter(Boolean)
      .join(' ')
}
