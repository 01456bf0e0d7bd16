import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { App, Button, Form, Input, InputNumber, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import type { Household, ReliefReport } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { reliefsOfQuery, useReport } from './use-reliefs.ts'
import './reliefs.css'

const CAUSES = ['accident', 'illness', 'expenses', 'other'] as const

/** Reporting an emergency of a household; nothing where one is in hand already. */
export function ReportButton({ household }: { household: Household }) {
  const { t } = useTranslation('reliefs')
  const { may } = useSession()
  const [open, setOpen] = useState(false)
  const { data } = useQuery({
    ...reliefsOfQuery(household.id),
    enabled: may.includes('reliefs.read'),
  })
  if (!data?.mayReport) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('report')}</Button>
      {open ? <ReportDialog household={household} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function ReportDialog({ household, onClose }: { household: Household; onClose: () => void }) {
  const { t } = useTranslation(['reliefs', 'words'])
  const { message } = App.useApp()
  const problemText = useProblemText()
  const navigate = useNavigate()
  const [form] = Form.useForm<ReliefReport>()
  const report = useReport(household.id)
  const save = (said: ReliefReport) =>
    report.mutateAsync({ ...said, happened: said.happened.trim() }).then(
      ({ id }) => {
        void message.success(t('saved.report'))
        void navigate({ to: '/reliefs/$reliefId', params: { reliefId: String(id) } })
      },
      () => {},
    )
  return (
    <Modal
      open
      title={t('report')}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('report')}
      cancelText={t('words:cancel')}
      confirmLoading={report.isPending}
    >
      <p className="muted">{t('reportLead')}</p>
      <Form<ReliefReport>
        form={form}
        name="relief-report"
        layout="vertical"
        requiredMark={false}
        initialValues={{ people: household.members.length || 1 }}
        onFinish={(said) => void save(said)}
      >
        <Form.Item
          name="cause"
          label={t('cause.label')}
          rules={[{ required: true, message: t('causeNeeded') }]}
        >
          <Radio.Group
            className="relief-causes"
            options={CAUSES.map((value) => ({ value, label: t(`cause.${value}`) }))}
          />
        </Form.Item>
        <Form.Item
          name="people"
          label={t('people')}
          rules={[{ required: true, message: t('peopleNeeded') }]}
        >
          <InputNumber min={1} max={20} precision={0} />
        </Form.Item>
        <Form.Item
          name="happened"
          label={t('happened')}
          extra={t('happenedHint')}
          rules={[{ required: true, whitespace: true, min: 2, message: t('textNeeded') }]}
        >
          <Input.TextArea rows={4} maxLength={1000} />
        </Form.Item>
        <p role="alert" className="relief-problem">
          {report.error ? problemText(report.error) : null}
        </p>
      </Form>
    </Modal>
  )
}
