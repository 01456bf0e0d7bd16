import { App, Form, type FormInstance, Modal } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemText } from './states.tsx'
import './form-dialog.css'

interface FormDialogProps<Written> {
  title: string
  /** On the button; the title where left out. */
  ok?: string
  /** Said once it is saved. */
  saved: string
  form: FormInstance<Written>
  start: Partial<Written>
  saving: { isPending: boolean; error: unknown }
  /** Rejects where it was not saved; what is wrong is then said beneath the fields. */
  onSave: (written: Written) => Promise<unknown>
  onClose: () => void
  children: ReactNode
}

/** Fields in a dialog that closes once they are saved. */
export function FormDialog<Written>(props: FormDialogProps<Written>) {
  const { title, ok = title, saved, form, start, saving, onSave, onClose, children } = props
  const { t } = useTranslation('words')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const save = (written: Written) =>
    onSave(written).then(
      () => {
        void message.success(saved)
        onClose()
      },
      () => {},
    )
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      onOk={form.submit}
      okText={ok}
      cancelText={t('cancel')}
      confirmLoading={saving.isPending}
    >
      <Form<Written>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={start as object}
        onFinish={(written) => void save(written)}
      >
        {children}
        <p role="alert" className="form-problem">
          {saving.error ? problemText(saving.error) : null}
        </p>
      </Form>
    </Modal>
  )
}

/** Rules of a text that has to be given. */
export function needed(message: string) {
  return [{ required: true, whitespace: true, min: 2, message }]
}
