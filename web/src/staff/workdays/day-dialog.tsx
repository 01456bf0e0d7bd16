import { App, DatePicker, Form, Input, Modal, Radio } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { WorkdaysForm, WorkdayYear } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { useStateWorkdays } from './use-workdays.ts'

const KINDS = ['holiday', 'make-up', 'by-weekday'] as const

interface Written {
  to: Dayjs
  kind: WorkdaysForm['kind']
  name?: string
  because: string
}

interface DialogProps {
  table: WorkdayYear
  /** The day that was picked; none: closed. */
  day: string | undefined
  onClose: () => void
}

/** What a day, and those after it up to another, are to be from now on, and on what that rests. */
export function DayDialog({ table, day, onClose }: DialogProps) {
  const { t } = useTranslation(['workdays', 'words'])
  const [form] = Form.useForm<Written>()
  const { message } = App.useApp()
  const problemText = useProblemText()
  const state = useStateWorkdays(table.year)
  const close = () => {
    state.reset()
    onClose()
  }
  if (day === undefined) return null
  const stood = table.days.find((one) => one.day === day)
  const save = async ({ to, kind, name, because }: Written) => {
    const days = {
      from: day,
      to: to.format('YYYY-MM-DD'),
      kind,
      name: kind === 'by-weekday' ? null : name?.trim() || null,
      because: because.trim(),
      seen: table.version,
    }
    await state.mutateAsync({ days }).then(
      () => {
        void message.success(t('edit.saved'))
        close()
      },
      () => {},
    )
  }
  return (
    <Modal
      open
      title={`${t('edit.title')}：${day}`}
      onCancel={close}
      onOk={form.submit}
      okText={t('edit.save')}
      cancelText={t('words:cancel')}
      confirmLoading={state.isPending}
      destroyOnHidden
    >
      <Form<Written>
        form={form}
        name="workdays"
        layout="vertical"
        requiredMark={false}
        initialValues={{
          to: dayjs(day),
          kind: stood?.kind ?? 'holiday',
          name: stood?.name ?? undefined,
        }}
        onFinish={(written) => void save(written)}
      >
        <Form.Item name="kind" label={t('edit.kind')}>
          <Radio.Group options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))} />
        </Form.Item>
        <Form.Item
          name="to"
          label={t('edit.to')}
          rules={[
            {
              validator: (_, to: Dayjs | null) =>
                isFewDays(day, to)
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('edit.toInvalid'))),
            },
          ]}
        >
          <DatePicker minDate={dayjs(day)} maxDate={dayjs(day).endOf('year')} allowClear={false} />
        </Form.Item>
        <Form.Item name="name" label={t('edit.name')}>
          <Input maxLength={30} placeholder={t('edit.nameHint')} />
        </Form.Item>
        <Form.Item
          name="because"
          label={t('edit.because')}
          rules={[{ required: true, whitespace: true, min: 2, message: t('edit.becauseNeeded') }]}
        >
          <Input maxLength={300} placeholder={t('edit.becauseHint')} />
        </Form.Item>
        <p role="alert" className="workdays-problem">
          {state.error ? problemText(state.error) : null}
        </p>
      </Form>
    </Modal>
  )
}

function isFewDays(day: string, to: Dayjs | null): boolean {
  if (!to) return false
  const days = to.diff(dayjs(day), 'day')
  return days >= 0 && days <= 30 && to.year() === dayjs(day).year()
}
