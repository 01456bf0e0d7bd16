import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { householdsNamedQuery } from '../feedback/use-feedback.ts'

/** A household by the name of its head or its register number; `value` and `onChange` are the form's. */
export function PickHousehold({
  id,
  value,
  onChange,
}: {
  id?: string
  value?: number
  onChange?: (householdId: number) => void
}) {
  const { t } = useTranslation('retention')
  const [q, setQ] = useState('')
  const { data, isFetching } = useQuery(householdsNamedQuery(q.trim()))
  return (
    <Select
      {...(id ? { id } : {})}
      showSearch={{ filterOption: false, onSearch: setQ }}
      value={value ?? null}
      onChange={(householdId: number | null) => householdId && onChange?.(householdId)}
      loading={isFetching}
      placeholder={t('erasure.householdHint')}
      notFoundContent={null}
      options={(data?.items ?? []).map((one) => ({
        value: one.id,
        label: `${one.head ?? ''} ${one.registerNo}`.trim(),
      }))}
    />
  )
}
