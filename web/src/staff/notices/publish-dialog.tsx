import { App, DatePicker, Form, Modal } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { Notice, Purpose } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { fieldsOf, usePublishNotice } from './use-notices.ts'

interface PublishDialogProps {
  purpose: Purpose
  draft: Notice
  onClose: () => void
}

/** Everything once more for who checks it, and from which day it is in force. */
export function PublishDialog({ purpose, draft, onClose }: PublishDialogProps) {
  const { t } = useTranslation(['notices', 'words'])
  const today = useToday()
  const { message } = App.useApp()
  const problemText = useProblemText()
  const [form] = Form.useForm<{ from: Dayjs }>()
  const publish = usePublishNotice(purpose.id)
  const save = ({ from }: { from: Dayjs }) =>
    publish.mutate(
      { from: from.format('YYYY-MM-DD'), seen: draft.edit },
      {
        onSuccess: () => {
          void message.success(t('published'))
          onClose()
        },
      },
    )
  return (
    <Modal
      open
      width={720}
      title={t('publishTitle', { name: purpose.name, version: draft.version })}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('publish')}
      cancelText={t('words:cancel')}
      confirmLoading={publish.isPending}
    >
      <p className="muted">{t('publishHint')}</p>
      <dl className="notice-said">
        {fieldsOf(purpose).map((field) => (
          <div key={field}>
            <dt>{t(`field.${field}`)}</dt>
            <dd>{draft.content[field]}</dd>
          </div>
        ))}
      </dl>
      <Form
        form={form}
        name={`notice-publish-${purpose.id}`}
        layout="vertical"
        requiredMark={false}
        initialValues={{ from: dayjs(today) }}
        onFinish={save}
      >
        <Form.Item name="from" label={t('from')} rules={[{ required: true, message: t('needed') }]}>
          <DatePicker allowClear={false} minDate={dayjs(today)} />
        </Form.Item>
        <p role="alert" className="notice-problem">
          {publish.error ? problemText(publish.error) : null}
        </p>
      </Form>
    </Modal>
  )
}
