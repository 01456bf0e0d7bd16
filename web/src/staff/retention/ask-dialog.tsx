import { App, Form } from 'antd'
import { useTranslation } from 'react-i18next'
import { BasisField } from './basis-field.tsx'
import { RetentionDialog } from './retention-dialog.tsx'
import { useAskErasure } from './use-retention.ts'

interface Written {
  basis: string
}

/** Asks for what has run out to be erased. */
export function AskDialog({
  open,
  onClose,
  onAsked,
}: {
  open: boolean
  onClose: () => void
  onAsked: () => void
}) {
  const { t } = useTranslation('retention')
  const { message } = App.useApp()
  const [form] = Form.useForm<Written>()
  const ask = useAskErasure()
  const save = async ({ basis }: Written) => {
    await ask.mutateAsync({ personId: null, basis: basis.trim() })
    void message.success(t('erasure.sent'))
    onClose()
    onAsked()
  }
  return (
    <RetentionDialog<Written>
      title={t('dry.ask')}
      name="erasure"
      form={form}
      open={open}
      does={t('erasure.send')}
      busy={ask.isPending}
      error={ask.error}
      onSave={save}
      onClose={onClose}
    >
      <p className="muted retention-note">{t('dry.askHint')}</p>
      <BasisField />
    </RetentionDialog>
  )
}
