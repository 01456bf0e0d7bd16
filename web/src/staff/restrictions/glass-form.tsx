import { useNavigate } from '@tanstack/react-router'
import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../../ui/states.tsx'
import { useBreakGlass } from './use-restrictions.ts'

interface Written {
  number: string
  because: string
}

/** An ID number has 15 or 18 places; whatever else is typed is the number of a register. */
const idNumber = /^\d{14}(\d|\d{3}[\dXx])$/

/** Opens one household by its number, for a reason, and goes there. */
export function GlassForm({ number }: { number: string }) {
  const { t } = useTranslation('restrictions')
  const navigate = useNavigate()
  const problemText = useProblemText()
  const breakGlass = useBreakGlass()
  const open = (written: Written) => {
    const given = written.number.trim()
    breakGlass.mutate(
      {
        because: written.because.trim(),
        ...(idNumber.test(given) ? { idNumber: given } : { registerNo: given }),
      },
      {
        onSuccess: ({ householdId }) =>
          void navigate({
            to: '/households/$householdId',
            params: { householdId: String(householdId) },
          }),
      },
    )
  }
  return (
    <Form<Written>
      name="glass"
      className="card glass-form"
      layout="vertical"
      requiredMark={false}
      aria-label={t('glass.ask')}
      initialValues={{ number }}
      onFinish={open}
    >
      <Form.Item
        name="number"
        label={t('glass.number')}
        rules={[{ required: true, whitespace: true, message: t('glass.numberNeeded') }]}
      >
        <Input maxLength={40} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="because"
        label={t('glass.because')}
        extra={t('glass.becauseHint')}
        rules={[{ required: true, whitespace: true, min: 10, message: t('glass.becauseNeeded') }]}
      >
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <div className="restriction-form-save">
        <Button type="primary" danger htmlType="submit" loading={breakGlass.isPending}>
          {t('glass.open')}
        </Button>
        <span role="alert" className="restriction-problem">
          {breakGlass.error ? problemText(breakGlass.error) : null}
        </span>
      </div>
    </Form>
  )
}
