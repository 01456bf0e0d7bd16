import { DownloadOutlined } from '@ant-design/icons'
import { App, Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../../ui/states.tsx'
import { takeSheet, useAuditSearch } from './use-audit.ts'

/** To export is an act: it asks why, and is noted. */
export function ExportDialog() {
  const { t } = useTranslation('audit')
  const { search } = useAuditSearch()
  const { message } = App.useApp()
  const problemText = useProblemText()
  const [form] = Form.useForm<{ reason: string }>()
  const [open, setOpen] = useState(false)

  async function take({ reason }: { reason: string }): Promise<void> {
    try {
      await takeSheet(search, reason.trim())
      setOpen(false)
      message.success(t('exported'))
    } catch (error) {
      message.error(problemText(error))
    }
  }

  return (
    <>
      <Button icon={<DownloadOutlined />} onClick={() => setOpen(true)}>
        {t('export')}
      </Button>
      <Modal
        title={t('exportTitle')}
        open={open}
        okText={t('export')}
        onOk={form.submit}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <p className="muted">{t('exportBody')}</p>
        <Form form={form} layout="vertical" onFinish={(given) => void take(given)}>
          <Form.Item
            name="reason"
            label={t('exportReason')}
            rules={[{ required: true, whitespace: true, message: t('exportMissing') }]}
          >
            <Input maxLength={100} autoFocus placeholder={t('exportExample')} />
          </Form.Item>
        </Form>
      </Modal>
    </>
  )
}
