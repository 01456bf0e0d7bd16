import { App, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Household } from '../../api/views.ts'
import { ChangeDialog, written } from './change-dialog.tsx'
import { useTakeBack } from './use-members.ts'

interface Written {
  because: string
}

interface Props {
  household: Household
  open: boolean
  onClose: () => void
}

/** What was recorded last of who lives here was a mistake: everything is as it was before, and why is kept. */
export function TakeBackDialog({ household, open, onClose }: Props) {
  const { t } = useTranslation('members')
  const { message } = App.useApp()
  const [form] = Form.useForm<Written>()
  const takeBack = useTakeBack(household.id)
  return (
    <ChangeDialog<Written>
      title={t('takeBackLast')}
      name="taking-back"
      does={t('takeBack')}
      form={form}
      open={open}
      busy={takeBack.isPending}
      error={takeBack.error}
      onSave={({ because }) =>
        takeBack.mutate(
          { because, version: household.version },
          {
            onSuccess: () => {
              onClose()
              void message.success(t('takenBack'))
            },
          },
        )
      }
      onClose={onClose}
    >
      <p className="muted change-lead">{t('takeBackLead')}</p>
      <Form.Item name="because" label={t('because')} rules={written(t('becauseNeeded'))}>
        <Input maxLength={200} />
      </Form.Item>
    </ChangeDialog>
  )
}
