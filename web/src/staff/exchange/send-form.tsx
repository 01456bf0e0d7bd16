import { useNavigate } from '@tanstack/react-router'
import { Button, DatePicker, Form, Progress, Radio, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Source } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { RollFields, type RollWritten } from './roll-fields.tsx'
import { useSend } from './use-deliveries.ts'

const MOST_BYTES = 500_000_000

interface Written extends RollWritten {
  content: 'facts' | 'roll'
  source: string
  onDay: Dayjs
}

/** What it holds, source, day and file; then its pieces go one after the other, and how far they are is seen. */
export function SendForm({ sources, onDone }: { sources: readonly Source[]; onDone: () => void }) {
  const { t } = useTranslation(['deliveries', 'words'])
  const today = useToday()
  const navigate = useNavigate()
  const problemText = useProblemText()
  const send = useSend()
  const [form] = Form.useForm<Written>()
  const content = Form.useWatch('content', form)
  const [file, setFile] = useState<File>()
  const [sent, setSent] = useState(0)
  const tooLarge = file !== undefined && file.size > MOST_BYTES
  const begin = ({ content, source, onDay, programme, area, complete }: Written) => {
    if (!file || tooLarge) return
    setSent(0)
    const about = { source, onDay: onDay.format('YYYY-MM-DD'), file, tell: setSent }
    send.mutate(
      content === 'roll'
        ? { ...about, roll: { programme, areaId: area?.at(-1) ?? '', complete } }
        : about,
      {
        onSuccess: (id) =>
          void navigate({ to: '/deliveries/$deliveryId', params: { deliveryId: String(id) } }),
      },
    )
  }
  return (
    <Form<Written>
      form={form}
      name="delivery"
      className="card delivery-form"
      layout="vertical"
      requiredMark={false}
      aria-label={t('send')}
      initialValues={{ content: 'facts', onDay: dayjs(today), complete: true }}
      onFinish={begin}
    >
      <Form.Item
        name="content"
        className="delivery-form-wide"
        label={t('content')}
        extra={content === 'roll' ? t('rollHint') : undefined}
      >
        <Radio.Group
          options={(['facts', 'roll'] as const).map((value) => ({ value, label: t(value) }))}
        />
      </Form.Item>
      {content === 'roll' ? <RollFields /> : null}
      <Form.Item
        name="source"
        label={t('source')}
        rules={[{ required: true, message: t('sourceNeeded') }]}
      >
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={sources
            .filter(({ fields }) => content === 'roll' || fields.length > 0)
            .map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item
        name="onDay"
        label={content === 'roll' ? t('onDayOfRoll') : t('onDay')}
        extra={content === 'roll' ? t('onDayOfRollHint') : t('onDayHint')}
        rules={[{ required: true, message: t('onDayNeeded') }]}
      >
        <DatePicker maxDate={dayjs(today)} allowClear={false} />
      </Form.Item>
      <div className="delivery-form-wide">
        <label className="delivery-pick">
          <span>{t('file')}</span>
          <input
            type="file"
            accept=".csv,.txt,.xlsx"
            onChange={({ target }) => setFile(target.files?.[0])}
          />
        </label>
        <p className="muted">{t('fileHint')}</p>
      </div>
      {send.isPending && file ? (
        <Progress
          className="delivery-form-wide"
          percent={Math.floor((sent / file.size) * 100)}
          aria-label={t('sending')}
        />
      ) : null}
      <div className="delivery-form-wide delivery-form-save">
        <Button
          type="primary"
          htmlType="submit"
          loading={send.isPending}
          disabled={!file || tooLarge}
        >
          {t('begin')}
        </Button>
        <Button type="text" onClick={onDone} disabled={send.isPending}>
          {t('words:cancel')}
        </Button>
        <span role="alert" className="delivery-problem">
          {tooLarge ? t('tooLarge') : null}
          {send.error ? problemText(send.error) : null}
        </span>
      </div>
    </Form>
  )
}
