import { App, Form, Input, Modal, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Source, SourceForm } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { CADENCES, GRADES, SHARING_CLASSES, SHARING_METHODS } from './source-words.ts'
import { useStateSource } from './use-sources.ts'

type Written = Partial<Omit<SourceForm, 'seen' | 'because'>> & { because: string }

/** What is agreed with a source, stated with what it rests on; a field left empty is not confirmed. */
export function SourceDialog({
  source,
  name,
  open,
  onClose,
}: {
  source: Source
  name: string
  open: boolean
  onClose: () => void
}) {
  const { t } = useTranslation(['exchange', 'words'])
  const { message } = App.useApp()
  const problemText = useProblemText()
  const [form] = Form.useForm<Written>()
  const state = useStateSource(source.id)
  const { owner, legalBasis, cadence, contact, sharing, method, grade } = source
  const save = (written: Written) =>
    state.mutate(
      {
        owner: written.owner?.trim() || null,
        legalBasis: written.legalBasis?.trim() || null,
        cadence: written.cadence ?? null,
        contact: written.contact?.trim() || null,
        sharing: written.sharing ?? null,
        method: written.method ?? null,
        grade: written.grade ?? null,
        because: written.because.trim(),
        seen: source.statedId,
      },
      {
        onSuccess: () => {
          void message.success(t('terms.saved'))
          onClose()
        },
      },
    )
  return (
    <Modal
      title={t('terms.title', { name })}
      open={open}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('terms.save')}
      cancelText={t('words:cancel')}
      confirmLoading={state.isPending}
      destroyOnHidden
    >
      <p className="source-hint muted">{t('terms.hint')}</p>
      <Form<Written>
        form={form}
        name={`source-${source.id}`}
        layout="vertical"
        requiredMark={false}
        initialValues={{ owner, legalBasis, cadence, contact, sharing, method, grade }}
        onFinish={save}
      >
        <Form.Item name="owner" label={t('column.owner')}>
          <Input maxLength={100} placeholder={t('terms.ownerHint')} />
        </Form.Item>
        <Form.Item name="legalBasis" label={t('column.legalBasis')}>
          <Input.TextArea rows={2} maxLength={300} placeholder={t('terms.legalBasisHint')} />
        </Form.Item>
        <Form.Item name="cadence" label={t('column.cadence')}>
          <Select
            allowClear
            options={CADENCES.map((value) => ({ value, label: t(`cadence.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="contact" label={t('column.contact')}>
          <Input maxLength={100} placeholder={t('terms.contactHint')} />
        </Form.Item>
        <div className="source-catalogue">
          <Form.Item name="sharing" label={t('column.sharing')}>
            <Select
              allowClear
              options={SHARING_CLASSES.map((value) => ({ value, label: t(`sharing.${value}`) }))}
            />
          </Form.Item>
          <Form.Item name="method" label={t('column.method')}>
            <Select
              allowClear
              options={SHARING_METHODS.map((value) => ({ value, label: t(`method.${value}`) }))}
            />
          </Form.Item>
          <Form.Item name="grade" label={t('column.grade')}>
            <Select
              allowClear
              options={GRADES.map((value) => ({ value, label: t(`grade.${value}`) }))}
            />
          </Form.Item>
        </div>
        <Form.Item
          name="because"
          label={t('terms.because')}
          rules={[{ required: true, whitespace: true, min: 2, message: t('terms.becauseNeeded') }]}
        >
          <Input maxLength={300} placeholder={t('terms.becauseHint')} />
        </Form.Item>
        <p role="alert" className="source-problem">
          {state.error ? problemText(state.error) : null}
        </p>
      </Form>
    </Modal>
  )
}
