import { DatePicker, Form, type FormInstance, Input, Modal } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useToday } from '../../ui/day.tsx'
import { LoadingState, useProblemText } from '../../ui/states.tsx'
import './members.css'

/** What every change of who lives together says: from which day, and how it is known. */
export interface Said {
  day: Dayjs
  source: string
}

interface ChangeDialogProps<Written> {
  title: string
  name: string
  form: FormInstance<Written>
  initial?: Partial<Written>
  open: boolean
  /** What it needs to know is still being read. */
  loading?: boolean
  /** What the button says that does it, where it is not 登记. */
  does?: string
  busy: boolean
  error: unknown
  onChange?: (changed: Partial<Written>) => void
  onSave: (written: Written) => void
  onClose: () => void
  children: ReactNode
}

/** The frame of a change of who lives together: what is wrong stands beneath, and nothing written is lost. */
export function ChangeDialog<Written extends object>(props: ChangeDialogProps<Written>) {
  const { title, name, form, initial, open, loading = false, busy, error } = props
  const { t } = useTranslation(['members', 'words'])
  const problemText = useProblemText()
  const today = useToday()
  return (
    <Modal
      title={title}
      open={open}
      onCancel={props.onClose}
      onOk={form.submit}
      okText={props.does ?? t('save')}
      okButtonProps={{ disabled: loading }}
      cancelText={t('words:cancel')}
      confirmLoading={busy}
      destroyOnHidden
    >
      {loading && !error ? <LoadingState rows={4} /> : null}
      <Form<Written>
        form={form}
        name={name}
        layout="vertical"
        requiredMark={false}
        initialValues={{ day: dayjs(today), ...initial }}
        onValuesChange={(changed: Partial<Written>) => props.onChange?.(changed)}
        onFinish={props.onSave}
      >
        {loading ? null : props.children}
        <p role="alert" className="change-problem">
          {error ? problemText(error) : null}
        </p>
      </Form>
    </Modal>
  )
}

interface DayItemProps {
  /** The field of the form. */
  name?: string
  label: string
  extra?: string
}

/** From which day on, or until which; not later than today. */
export function DayItem({ name = 'day', label, extra }: DayItemProps) {
  const { t } = useTranslation('members')
  const today = useToday()
  return (
    <Form.Item name={name} label={label} extra={extra} rules={needed(t('dayNeeded'))}>
      <DatePicker maxDate={dayjs(today)} allowClear={false} />
    </Form.Item>
  )
}

/** How it is known. 依据 */
export function SourceItem({ hint }: { hint: string }) {
  const { t } = useTranslation('members')
  return (
    <Form.Item name="source" label={t('source')} extra={hint} rules={written(t('sourceNeeded'))}>
      <Input maxLength={200} />
    </Form.Item>
  )
}

export const needed = (message: string) => [{ required: true, message }]

/** At least two signs that are not spaces. */
export const written = (message: string) => [{ required: true, whitespace: true, min: 2, message }]
