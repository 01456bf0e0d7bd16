import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import type { Household } from '../../api/views.ts'
import type { AskedField } from './asked-field.ts'
import { RequestForm, type Said } from './request-form.tsx'
import { useAsk } from './use-change-requests.ts'
import './change-requests.css'

interface AskButtonProps {
  household: Household
  /** Whom or what it is about: stands in the name of the button and the title. */
  about: string
  fields: readonly AskedField[]
}

/** 申请更正: beside what may be wrong on record. */
export function AskButton({ household, about, fields }: AskButtonProps) {
  const { t } = useTranslation('changeRequests')
  const { may } = useSession()
  const [open, setOpen] = useState(false)
  if (!may.includes('change-requests.write') || fields.length === 0) return null
  return (
    <>
      <Button
        type="link"
        size="small"
        className="ask-button"
        aria-label={t('askFor', { about })}
        onClick={() => setOpen(true)}
      >
        {t('ask')}
      </Button>
      {open ? (
        <AskDialog
          household={household}
          about={about}
          fields={fields}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  )
}

function AskDialog({
  household,
  about,
  fields,
  onClose,
}: AskButtonProps & { onClose: () => void }) {
  const { t } = useTranslation('changeRequests')
  const { message } = App.useApp()
  const ask = useAsk(household.id)
  const save = (said: Said) =>
    ask.mutateAsync({ ...said, version: household.version }).then(
      () => {
        void message.success(t('asked'))
        onClose()
      },
      () => {},
    )
  return (
    <RequestForm
      title={t('askFor', { about })}
      lead={t(fields.length > 1 ? 'askLead' : 'askLeadOne')}
      fields={fields}
      ok={t('handIn')}
      busy={ask.isPending}
      error={ask.error}
      onSave={(said) => void save(said)}
      onClose={onClose}
    />
  )
}
