import { App, Button, DatePicker, Form, Input, Modal } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../../ui/states.tsx'
import { useMakePushKey } from './use-push-keys.ts'

interface Written {
  name: string
  validTo: Dayjs
}

/** Makes a key, and shows its private half: this once, for nobody keeps it. */
export function PushKeyDialog({
  sourceId,
  name,
  open,
  onClose,
}: {
  sourceId: string
  name: string
  open: boolean
  onClose: () => void
}) {
  const { t } = useTranslation(['exchange', 'words'])
  const problemText = useProblemText()
  const [form] = Form.useForm<Written>()
  const make = useMakePushKey(sourceId)
  const close = () => {
    make.reset()
    onClose()
  }
  return (
    <Modal
      title={t('keys.makeOf', { name })}
      open={open}
      onCancel={close}
      mask={{ closable: !make.data }}
      onOk={make.data ? close : form.submit}
      okText={make.data ? t('keys.kept') : t('keys.make')}
      cancelText={t('words:cancel')}
      cancelButtonProps={make.data ? { style: { display: 'none' } } : {}}
      confirmLoading={make.isPending}
      destroyOnHidden
    >
      {make.data ? (
        <PrivateHalf id={make.data.id} privateKey={make.data.privateKey} />
      ) : (
        <Form<Written>
          form={form}
          name={`push-key-${sourceId}`}
          layout="vertical"
          requiredMark={false}
          // By the calendar on the wall, as keys are judged, and not by the day of a demonstration.
          initialValues={{ validTo: dayjs().add(1, 'year') }}
          onFinish={({ name: called, validTo }) =>
            make.mutate({ name: called.trim(), validTo: validTo.format('YYYY-MM-DD') })
          }
        >
          <Form.Item
            name="name"
            label={t('keys.name')}
            extra={t('keys.nameHint')}
            rules={[{ required: true, whitespace: true, message: t('keys.nameNeeded') }]}
          >
            <Input maxLength={100} autoFocus />
          </Form.Item>
          <Form.Item
            name="validTo"
            label={t('keys.validTo')}
            rules={[{ required: true, message: t('keys.validToNeeded') }]}
          >
            <DatePicker minDate={dayjs()} maxDate={dayjs().add(729, 'day')} allowClear={false} />
          </Form.Item>
          <p role="alert" className="source-problem">
            {make.error ? problemText(make.error) : null}
          </p>
        </Form>
      )}
    </Modal>
  )
}

function PrivateHalf({ id, privateKey }: { id: string; privateKey: string }) {
  const { t } = useTranslation('exchange')
  const { message } = App.useApp()
  const copy = async () => {
    await navigator.clipboard.writeText(privateKey)
    void message.success(t('keys.copied'))
  }
  return (
    <>
      <p role="alert">{t('keys.once')}</p>
      <p>
        {t('keys.id')} <code className="push-key-id">{id}</code>
      </p>
      <Input.TextArea
        className="push-key-private"
        aria-label={t('keys.private')}
        value={privateKey}
        rows={4}
        readOnly
      />
      <Button size="small" onClick={() => void copy()}>
        {t('keys.copy')}
      </Button>
    </>
  )
}
