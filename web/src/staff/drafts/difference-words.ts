import { useTranslation } from 'react-i18next'

const WHAT = ['verdict', 'tier', 'amount', 'nearMiss'] as const
const VERDICTS = ['eligible', 'ineligible', 'unknown'] as const

/** How a case differs from the rule, in words; what has none of its own stays as the engine says it. */
export function useDifferenceWords(): (difference: string) => string {
  const { t } = useTranslation('drafts')
  const value = (text: string) => {
    const plain = text.replaceAll('"', '')
    const verdict = VERDICTS.find((one) => one === plain)
    return verdict ? t(`cases.verdict.${verdict}`) : plain
  }
  return (difference) => {
    const [, what = '', got = '', wanted = ''] = /: (\w+) is (.+), not (.+)$/.exec(difference) ?? []
    const known = WHAT.find((one) => one === what)
    if (!known) return difference
    return t('cases.is', {
      what: t(`cases.what.${known}`),
      got: value(got),
      wanted: value(wanted),
    })
  }
}
