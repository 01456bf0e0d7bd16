import { useQuery } from '@tanstack/react-query'
import { App } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { ChangeRequest, Household } from '../../api/views.ts'
import { shownValue } from '../households/fact-field.tsx'
import { householdQuery } from '../households/use-household.ts'
import { type AskedField, keyOf } from './asked-field.ts'
import { RequestForm, type Said } from './request-form.tsx'
import { useAmend } from './use-change-requests.ts'

interface Props {
  request: ChangeRequest
  onClose: () => void
}

/** Handing a returned request in again: what was asked stands in the form, numbers stay unless written anew. */
export function AmendDialog({ request, onClose }: Props) {
  const { t } = useTranslation('changeRequests')
  const { message } = App.useApp()
  const amend = useAmend(request.id)
  const { data: household } = useQuery(householdQuery(String(request.household.id)))
  if (!household) return null
  const fields = request.items.map((item) => askedBefore(household, item))
  const save = (said: Said) =>
    amend.mutateAsync({ ...said, version: request.version }).then(
      () => {
        void message.success(t('amended'))
        onClose()
      },
      () => {},
    )
  return (
    <RequestForm
      title={t('amend')}
      lead={t('amendLead')}
      fields={fields}
      initial={{
        reason: request.reason,
        evidence: request.evidence,
        evidenceKind: request.evidenceKind,
        asked: Object.fromEntries(fields.map((field) => [keyOf(field), shown(field)])),
      }}
      ok={t('handIn')}
      busy={amend.isPending}
      error={amend.error}
      onSave={(said) => void save(said)}
      onClose={onClose}
    />
  )
}

function askedBefore(household: Household, item: ChangeRequest['items'][number]): AskedField {
  const { personId, person, field, fieldName, now, value } = item
  const fact = household.facts.find(
    (one) => `fact:${one.fact}` === field && one.personId === personId,
  )
  return {
    personId,
    ...(person ? { whose: person } : {}),
    field,
    label: fieldName,
    now,
    ...(fact ? { fact } : {}),
    // Left out for numbers, which are written anew or stay.
    initial: value,
  } as AskedField
}

function shown({ fact, initial }: AskedField): unknown {
  if (!fact || initial === undefined) return initial
  if (fact.type === 'date' && typeof initial === 'string') return dayjs(initial)
  return shownValue({
    ...fact,
    value: initial,
    state: initial === null ? 'known-none' : 'known',
  })
}
