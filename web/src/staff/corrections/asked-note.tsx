import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../ui/chip.tsx'
import { askedOfQuery } from './use-corrections.ts'

interface Props {
  householdId: number
  fact: string
  personId: number | null
}

/** Beside a fact: its source was asked to put its word right, and has not answered. */
export function AskedNote({ householdId, fact, personId }: Props) {
  const { t } = useTranslation('corrections')
  const { data } = useQuery(askedOfQuery(householdId))
  return data?.items
    .filter((one) => one.fact === fact && one.personId === personId)
    .map(({ source }) => (
      <Chip key={source} tone="outline">
        {t('asked', { source })}
      </Chip>
    ))
}
