import { Form, Input, Modal, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AmendmentForm, AskedItem } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { FactField } from '../households/fact-field.tsx'
import { needed, written } from '../members/change-dialog.tsx'
import { type AskedField, itemsOf, keyOf } from './asked-field.ts'
import './change-requests.css'

const KINDS = [
  'household-register',
  'id-card',
  'certificate',
  'department',
  'visit',
  'other',
] as const

export type Said = Omit<AmendmentForm, 'version'>

interface Written extends Omit<Said, 'items'> {
  asked: Record<string, unknown>
}

interface RequestFormProps {
  title: string
  lead: string
  fields: readonly AskedField[]
  initial?: Partial<Written>
  ok: string
  busy: boolean
  error: unknown
  onSave: (said: Said) => void
  onClose: () => void
}

/** What is to be put right, why and on what evidence; a field left empty stays as it is on record. */
export function RequestForm(props: RequestFormProps) {
  const { title, lead, fields, initial, ok, busy, error, onSave, onClose } = props
  const { t } = useTranslation(['changeRequests', 'words'])
  const problemText = useProblemText()
  const [form] = Form.useForm<Written>()
  const save = ({ asked, ...said }: Written) => {
    const items: AskedItem[] = itemsOf(fields, asked)
    if (items.length > 0) onSave({ ...said, items })
    else form.setFields([{ name: ['asked', keyOf(fields[0]!)], errors: [t('nothingAsked')] }])
  }
  return (
    <Modal
      title={title}
      open
      onCancel={onClose}
      onOk={form.submit}
      okText={ok}
      cancelText={t('words:cancel')}
      confirmLoading={busy}
      width={fields.length > 1 ? 640 : 520}
    >
      <p className="muted change-lead">{lead}</p>
      <Form<Written>
        form={form}
        name="asking"
        layout="vertical"
        requiredMark={false}
        initialValues={{ evidenceKind: 'household-register', ...initial }}
        onFinish={save}
      >
        <div className={fields.length > 1 ? 'request-fields' : 'request-fields request-fields-one'}>
          {fields.map((field) => (
            <FieldItem key={keyOf(field)} field={field} />
          ))}
        </div>
        <EvidenceItems />
        <p role="alert" className="change-problem">
          {error ? problemText(error) : null}
        </p>
      </Form>
    </Modal>
  )
}

/** On what it rests, and why it is asked. */
function EvidenceItems() {
  const { t } = useTranslation('changeRequests')
  return (
    <div className="request-evidence">
      <Form.Item name="evidenceKind" label={t('evidenceKind')} rules={needed(t('evidenceNeeded'))}>
        <Select options={KINDS.map((value) => ({ value, label: t(`evidenceKinds.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="evidence"
        label={t('evidenceWhere')}
        extra={t('evidenceHint')}
        rules={written(t('evidenceNeeded'))}
      >
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="reason" label={t('reason')} rules={written(t('reasonNeeded'))}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </div>
  )
}

function FieldItem({ field }: { field: AskedField }) {
  const { t } = useTranslation('changeRequests')
  const { field: name, label, whose, now, fact } = field
  const words = label ?? t(`fields.${name as 'name'}`)
  return (
    <Form.Item
      name={['asked', keyOf(field)]}
      label={whose ? `${whose} · ${words}` : words}
      extra={
        'initial' in field && field.initial === undefined
          ? t('keptUnlessWritten')
          : t('onRecord', { now: now || t('nothing') })
      }
    >
      {fact ? (
        <FactField fact={fact} />
      ) : (
        <Input maxLength={name === 'address' ? 200 : 50} autoComplete="off" />
      )}
    </Form.Item>
  )
}
