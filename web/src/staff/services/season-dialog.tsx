import { App, DatePicker, Form, Input, InputNumber, Modal, Radio } from 'antd'
import type { Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { VisitSeasonForm } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { SEASONS, useStateSeason } from './use-services.ts'

type Written = Pick<VisitSeasonForm, 'kind' | 'percent' | 'because'> & {
  from: Dayjs
  to: Dayjs
}

/** From when to when intervals are shorter, by how much and on what that rests. */
export function SeasonDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['services', 'words'])
  const [form] = Form.useForm<Written>()
  const { message } = App.useApp()
  const problemText = useProblemText()
  const state = useStateSeason()
  const save = ({ from, to, because, ...rest }: Written) =>
    state.mutate(
      {
        ...rest,
        because: because.trim(),
        from: from.format('YYYY-MM-DD'),
        to: to.format('YYYY-MM-DD'),
      },
      {
        onSuccess: () => {
          void message.success(t('rules.saved'))
          onClose()
        },
      },
    )
  const needed = [{ required: true, message: t('rules.daysNeeded') }]
  return (
    <Modal
      open
      title={t('rules.newSeason')}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('rules.save')}
      cancelText={t('words:cancel')}
      confirmLoading={state.isPending}
    >
      <Form<Written>
        form={form}
        name="visit-season"
        layout="vertical"
        requiredMark={false}
        initialValues={{ kind: 'heat', percent: 50 }}
        onFinish={save}
      >
        <Form.Item name="kind" label={t('rules.kind')}>
          <Radio.Group options={SEASONS.map((value) => ({ value, label: t(`season.${value}`) }))} />
        </Form.Item>
        <div className="service-row">
          <Form.Item name="from" label={t('form.begins')} rules={needed}>
            <DatePicker />
          </Form.Item>
          <Form.Item name="to" label={t('form.ends')} rules={needed}>
            <DatePicker />
          </Form.Item>
          <Form.Item name="percent" label={t('rules.percent')}>
            <InputNumber min={10} max={99} precision={0} suffix="%" />
          </Form.Item>
        </div>
        <Form.Item
          name="because"
          label={t('rules.because')}
          rules={[{ required: true, whitespace: true, min: 2, message: t('rules.sourceNeeded') }]}
        >
          <Input maxLength={300} placeholder={t('rules.sourceHint')} />
        </Form.Item>
        <p role="alert" className="service-problem">
          {state.error ? problemText(state.error) : null}
        </p>
      </Form>
    </Modal>
  )
}
