import { App, Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { WorkdayYear } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { useStateWorkdays } from './use-workdays.ts'

/** Says that the year is all there, or takes that back, with what it rests on. */
export function YearDialog({ table, onClose }: { table: WorkdayYear; onClose: () => void }) {
  const { t } = useTranslation(['workdays', 'words'])
  const [form] = Form.useForm<{ because: string }>()
  const { message } = App.useApp()
  const problemText = useProblemText()
  const state = useStateWorkdays(table.year)
  const turn = table.known ? 'close' : 'open'
  const save = async ({ because }: { because: string }) => {
    const year = { known: !table.known, because: because.trim(), seen: table.version }
    await state.mutateAsync({ year }).then(
      () => {
        void message.success(t('edit.saved'))
        onClose()
      },
      () => {},
    )
  }
  return (
    <Modal
      open
      title={t(`state.title.${turn}`, { year: table.year })}
      onCancel={onClose}
      onOk={form.submit}
      okText={t(`state.${turn}`)}
      cancelText={t('words:cancel')}
      confirmLoading={state.isPending}
    >
      <p>{t(`state.body.${turn}`)}</p>
      <Form<{ because: string }>
        form={form}
        name="workday-year"
        layout="vertical"
        requiredMark={false}
        onFinish={(written) => void save(written)}
      >
        <Form.Item
          name="because"
          label={t('edit.because')}
          rules={[{ required: true, whitespace: true, min: 2, message: t('edit.becauseNeeded') }]}
        >
          <Input maxLength={300} placeholder={t('edit.becauseHint')} />
        </Form.Item>
        <p role="alert" className="workdays-problem">
          {state.error ? problemText(state.error) : null}
        </p>
      </Form>
    </Modal>
  )
}
