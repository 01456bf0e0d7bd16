import { App, Form, Input, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RetentionClass, RetentionForm } from '../../api/views.ts'
import { RetentionDialog, said } from './retention-dialog.tsx'
import { useStateTerm } from './use-retention.ts'

type Written = Omit<RetentionForm, 'seen'>
const PARTS = { years: 100, months: 1200, days: 36_500 } as const

/** For how long a class is kept, confirmed with what it rests on. */
export function TermDialog({
  of,
  name,
  open,
  onClose,
}: {
  of: RetentionClass
  name: string
  open: boolean
  onClose: () => void
}) {
  const { t } = useTranslation('retention')
  const { message } = App.useApp()
  const [form] = Form.useForm<Written>()
  const state = useStateTerm(of.id)
  const { years = of.least?.years ?? 0, months = 0, days = 0, basis } = of.term ?? {}
  const initial = { years, months, days, basis: basis ?? of.least?.clause ?? '' }
  const save = async (written: Written) => {
    await state.mutateAsync({ ...written, seen: of.term?.id ?? null })
    void message.success(t('terms.saved'))
    onClose()
  }
  return (
    <RetentionDialog<Written>
      title={t('terms.title', { name })}
      name={`retention-${of.id}`}
      form={form}
      initial={initial}
      open={open}
      does={t('terms.save')}
      busy={state.isPending}
      error={state.error}
      onSave={save}
      onClose={onClose}
    >
      <p className="muted retention-note">{t('terms.hint')}</p>
      <div className="retention-term">
        {(Object.keys(PARTS) as (keyof typeof PARTS)[]).map((part) => (
          <Form.Item
            key={part}
            name={part}
            label={t(`terms.${part}`)}
            dependencies={Object.keys(PARTS)}
            rules={[
              { required: true, message: t('terms.some') },
              ({ getFieldsValue }) => ({
                validator: () =>
                  part === 'days' && sumOf(getFieldsValue()) === 0
                    ? Promise.reject(new Error(t('terms.some')))
                    : Promise.resolve(),
              }),
            ]}
          >
            <InputNumber min={0} max={PARTS[part]} precision={0} />
          </Form.Item>
        ))}
      </div>
      <Form.Item name="basis" label={t('terms.basisOf')} rules={said(2, t('terms.needed'))}>
        <Input.TextArea rows={2} maxLength={300} />
      </Form.Item>
      <Form.Item name="because" label={t('terms.because')} rules={said(2, t('terms.needed'))}>
        <Input maxLength={300} placeholder={t('terms.becauseHint')} />
      </Form.Item>
    </RetentionDialog>
  )
}

const sumOf = ({ years, months, days }: Partial<Written>) =>
  (years ?? 0) + (months ?? 0) + (days ?? 0)
