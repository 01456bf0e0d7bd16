import { Form, type FormInstance, Modal } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../../ui/states.tsx'

interface Props<Written> {
  title: string
  name: string
  form: FormInstance<Written>
  initial?: Partial<Written>
  open: boolean
  /** What the button says that does it. */
  does: string
  busy: boolean
  error: unknown
  /** Throws where it is not done; then the dialog stays, with why. */
  onSave: (written: Written) => Promise<void>
  onClose: () => void
  children: ReactNode
}

/** The frame of what is written here: what is wrong stands beneath, and nothing written is lost. */
export function RetentionDialog<Written extends object>(props: Props<Written>) {
  const { title, name, form, initial, open, does, busy, error } = props
  const { t } = useTranslation()
  const problemText = useProblemText()
  return (
    <Modal
      title={title}
      open={open}
      onCancel={props.onClose}
      onOk={form.submit}
      okText={does}
      cancelText={t('cancel')}
      confirmLoading={busy}
      destroyOnHidden
    >
      <Form<Written>
        form={form}
        name={name}
        layout="vertical"
        requiredMark={false}
        {...(initial ? { initialValues: initial } : {})}
        // Why it was refused is shown beneath.
        onFinish={(written) => void props.onSave(written).catch(() => {})}
      >
        {props.children}
        <p role="alert" className="retention-problem">
          {error ? problemText(error) : null}
        </p>
      </Form>
    </Modal>
  )
}

/** At least so many signs that are not spaces. */
export const said = (min: number, message: string) => [
  { required: true, whitespace: true, min, message },
]
