import { Form, Input, InputNumber, Modal, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import type { DropPointForm } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { HttpsFields, SftpFields } from './drop-point-fields.tsx'
import { LoginKey } from './login-key.tsx'
import { RollFields, type RollWritten } from './roll-fields.tsx'
import { useMakeDropPoint } from './use-drop-points.ts'

interface Written extends RollWritten {
  kind: 'sftp' | 'https'
  content: 'facts' | 'roll'
  host: string
  port: number
  every: 'hourly' | 'daily'
  folder: string
  pattern: string
  userName: string
  serverKey: string
  path: string
  token?: string
}

/** Makes a drop point; for SFTP it ends with the key that the department lets in. */
export function DropPointDialog({
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
  const { t } = useTranslation(['exchange', 'deliveries', 'words'])
  const problemText = useProblemText()
  const [form] = Form.useForm<Written>()
  const kind = Form.useWatch('kind', form) ?? 'sftp'
  const content = Form.useWatch('content', form)
  const make = useMakeDropPoint(sourceId)
  const close = () => {
    make.reset()
    onClose()
  }
  const loginKey = make.data?.loginKey
  const save = (written: Written) =>
    make.mutate(formOf(written), { onSuccess: (made) => (made.loginKey ? undefined : close()) })
  return (
    <Modal
      title={t('points.makeOf', { name })}
      open={open}
      onCancel={close}
      onOk={loginKey ? close : form.submit}
      okText={loginKey ? t('points.done') : t('points.make')}
      cancelText={t('words:cancel')}
      cancelButtonProps={loginKey ? { style: { display: 'none' } } : {}}
      confirmLoading={make.isPending}
      destroyOnHidden
    >
      {loginKey ? (
        <>
          <p role="alert">{t('points.loginKeyHint')}</p>
          <LoginKey line={loginKey} />
        </>
      ) : (
        <Form<Written>
          form={form}
          name={`drop-point-${sourceId}`}
          layout="vertical"
          requiredMark={false}
          initialValues={{
            kind: 'sftp',
            content: 'facts',
            port: 22,
            every: 'daily',
            pattern: '*.csv',
            complete: true,
          }}
          onValuesChange={(changed: Partial<Written>) =>
            changed.kind && form.setFieldValue('port', changed.kind === 'sftp' ? 22 : 443)
          }
          onFinish={save}
        >
          <Form.Item name="kind" label={t('points.kind')}>
            <Radio.Group
              options={[
                { value: 'sftp', label: 'SFTP' },
                { value: 'https', label: 'HTTPS' },
              ]}
            />
          </Form.Item>
          <div className="drop-point-host">
            <Form.Item
              name="host"
              label={t('points.host')}
              extra={t('points.hostHint')}
              rules={[
                { required: true, pattern: /^[a-z0-9.-]+$/, message: t('points.hostNeeded') },
              ]}
            >
              <Input maxLength={253} autoFocus />
            </Form.Item>
            <Form.Item name="port" label={t('points.port')}>
              <InputNumber min={1} max={65_535} />
            </Form.Item>
          </div>
          {kind === 'sftp' ? <SftpFields /> : <HttpsFields />}
          <Form.Item name="every" label={t('points.every.title')}>
            <Radio.Group
              options={(['hourly', 'daily'] as const).map((value) => ({
                value,
                label: t(`points.every.${value}`),
              }))}
            />
          </Form.Item>
          <Form.Item name="content" label={t('deliveries:content')}>
            <Radio.Group
              options={(['facts', 'roll'] as const).map((value) => ({
                value,
                label: t(`deliveries:${value}`),
              }))}
            />
          </Form.Item>
          {content === 'roll' ? <RollFields /> : null}
          <p role="alert" className="source-problem">
            {make.error ? problemText(make.error) : null}
          </p>
        </Form>
      )}
    </Modal>
  )
}

function formOf(written: Written): DropPointForm {
  const { kind, host, port, every, content, programme, area, complete } = written
  const { folder, pattern, userName, serverKey, path, token } = written
  const roll = { programme, areaId: area?.at(-1) ?? '', complete }
  return {
    host,
    port,
    every,
    ...(content === 'roll' ? { roll } : {}),
    ...(kind === 'sftp'
      ? { sftp: { folder, pattern, userName, serverKey } }
      : { https: { path, ...(token ? { token } : {}) } }),
  }
}
