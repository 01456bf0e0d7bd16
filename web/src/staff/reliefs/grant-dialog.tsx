import { App, Form, Input, InputNumber, Modal, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Relief, ReliefGrant } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { yuanText } from '../../ui/yuan.ts'
import { useGrant } from './use-reliefs.ts'

interface Props {
  relief: Relief
  onClose: () => void
}

interface Written {
  yuan: number
  way: ReliefGrant['way']
  lineYuan?: number
  source?: string
}

const WAYS = ['cash', 'transfer', 'goods'] as const
const fenOf = (yuan: number) => Math.round(yuan * 100)

/** Granting: how much, in what way, and, where the standard on record has run out, by which one. */
export function GrantDialog({ relief, onClose }: Props) {
  const { t } = useTranslation(['reliefs', 'words'])
  const { message } = App.useApp()
  const problemText = useProblemText()
  const [form] = Form.useForm<Written>()
  const granting = useGrant(relief)
  const { line, people } = relief
  const isKnown = line.state === 'known' && line.fen !== null
  const stated = Form.useWatch('lineYuan', form)
  const lineFen = isKnown ? line.fen : stated ? fenOf(stated) : null
  const most = lineFen === null ? null : lineFen * people
  const save = ({ yuan, way, lineYuan, source }: Written) => {
    const own = isKnown ? {} : { line: { fen: fenOf(lineYuan ?? 0), source: source?.trim() ?? '' } }
    return granting.mutateAsync({ fen: fenOf(yuan), way, ...own }).then(
      () => {
        void message.success(t('saved.grant'))
        onClose()
      },
      () => {},
    )
  }
  return (
    <Modal
      open
      title={t('step.grant')}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('step.grant')}
      cancelText={t('words:cancel')}
      confirmLoading={granting.isPending}
    >
      <p className="muted">{t('grantLead')}</p>
      <Form<Written>
        form={form}
        name="relief-grant"
        layout="vertical"
        requiredMark={false}
        initialValues={{ way: 'transfer' }}
        onFinish={(written) => void save(written)}
      >
        {isKnown ? null : <StatedLine relief={relief} />}
        <Form.Item
          name="yuan"
          label={t('amount')}
          extra={most === null ? t('mostUnknown') : t('most', { people, most: yuanText(most) })}
          rules={[
            { required: true, message: t('amountNeeded') },
            {
              validator: (_, yuan: number | undefined) =>
                most !== null && yuan !== undefined && fenOf(yuan) > most
                  ? Promise.reject(new Error(t('overCap', { most: yuanText(most) })))
                  : Promise.resolve(),
            },
          ]}
        >
          <InputNumber
            className="relief-money"
            autoFocus={isKnown}
            min={0.01}
            precision={2}
            controls={false}
            suffix={t('yuan')}
          />
        </Form.Item>
        <Form.Item name="way" label={t('way.label')}>
          <Radio.Group options={WAYS.map((value) => ({ value, label: t(`way.${value}`) }))} />
        </Form.Item>
        <p role="alert" className="relief-problem">
          {granting.error ? problemText(granting.error) : null}
        </p>
      </Form>
    </Modal>
  )
}

/** The standard on record ran out: it holds nothing up, whoever decides says which is in force. */
function StatedLine({ relief: { line } }: { relief: Relief }) {
  const { t } = useTranslation('reliefs')
  return (
    <>
      <p className="relief-notice">
        {line.fen === null
          ? t('lineMissing')
          : t('lineExpired', { fen: yuanText(line.fen), until: line.knownUntil ?? '' })}
      </p>
      <Form.Item
        name="lineYuan"
        label={t('line')}
        rules={[{ required: true, message: t('lineNeeded') }]}
      >
        <InputNumber
          className="relief-money"
          autoFocus
          min={0.01}
          precision={2}
          controls={false}
          suffix={t('lineUnit')}
        />
      </Form.Item>
      <Form.Item
        name="source"
        label={t('lineSource')}
        rules={[{ required: true, whitespace: true, min: 2, message: t('sourceNeeded') }]}
      >
        <Input maxLength={200} placeholder={t('sourceHint')} />
      </Form.Item>
    </>
  )
}
