import { Button, Checkbox, DatePicker, Form, Input, Radio, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SharingContent } from '../../api/views.ts'
import { CLASSES, METHODS } from './sharing-words.ts'

interface Written extends Omit<SharingContent, 'useFrom' | 'useTo'> {
  useFrom: Dayjs
  useTo: Dayjs
}

interface FormProps {
  /** What stands there before anybody writes. */
  given: Partial<SharingContent>
  /** What comes before the fields of the content. */
  first?: ReactNode
  saving: boolean
  disabled?: boolean
  problem: string | null
  submit: string
  onSave: (content: SharingContent) => void
  onCancel: () => void
}

const LONG = ['legalBasis', 'scenario', 'scope'] as const

/** What a request states: data, class, basis, scenario, scope, method, period. */
export function ContentForm(props: FormProps) {
  const { given, first, saving, disabled = false, problem, submit, onSave, onCancel } = props
  const { t } = useTranslation(['sharing', 'words'])
  const { useFrom, useTo, ...plain } = given
  const texts = (name: (typeof LONG)[number] | 'data') => [
    {
      required: true,
      whitespace: true,
      min: 2,
      message: t('needed', { name: t(`field.${name}`) }),
    },
  ]
  const choice = (name: 'sharing' | 'method' | 'useFrom' | 'useTo') => [
    { required: true, message: t('choose', { name: t(`field.${name}`) }) },
  ]
  const save = (written: Written) =>
    onSave({
      ...written,
      data: written.data.trim(),
      legalBasis: written.legalBasis.trim(),
      scenario: written.scenario.trim(),
      scope: written.scope.trim(),
      useFrom: written.useFrom.format('YYYY-MM-DD'),
      useTo: written.useTo.format('YYYY-MM-DD'),
    })
  return (
    <Form<Written>
      name="sharing"
      className="card sharing-form"
      layout="vertical"
      requiredMark={false}
      initialValues={{
        flowsBack: false,
        ...plain,
        ...(useFrom ? { useFrom: dayjs(useFrom) } : {}),
        ...(useTo ? { useTo: dayjs(useTo) } : {}),
      }}
      onFinish={save}
    >
      {first}
      <Form.Item name="data" label={t('field.data')} extra={t('hint.data')} rules={texts('data')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item
        name="sharing"
        className="sharing-form-wide"
        label={t('field.sharing')}
        extra={t('hint.sharing')}
        rules={choice('sharing')}
      >
        <Radio.Group options={CLASSES.map((value) => ({ value, label: t(`class.${value}`) }))} />
      </Form.Item>
      {LONG.map((name) => (
        <Form.Item
          key={name}
          name={name}
          className="sharing-form-wide"
          label={t(`field.${name}`)}
          extra={t(`hint.${name}`)}
          rules={texts(name)}
        >
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={name === 'legalBasis' ? 300 : 500} />
        </Form.Item>
      ))}
      <Form.Item name="method" label={t('field.method')} rules={choice('method')}>
        <Select options={METHODS.map((value) => ({ value, label: t(`method.${value}`) }))} />
      </Form.Item>
      <Form.Item name="useFrom" label={t('field.useFrom')} rules={choice('useFrom')}>
        <DatePicker allowClear={false} />
      </Form.Item>
      <Form.Item
        name="useTo"
        label={t('field.useTo')}
        extra={t('hint.useTo')}
        dependencies={['useFrom']}
        rules={[
          ...choice('useTo'),
          ({ getFieldValue }) => ({
            validator: (_, to: Dayjs | undefined) => {
              const from = getFieldValue('useFrom') as Dayjs | undefined
              return from && to?.isBefore(from, 'day')
                ? Promise.reject(new Error(t('periodInvalid')))
                : Promise.resolve()
            },
          }),
        ]}
      >
        <DatePicker allowClear={false} />
      </Form.Item>
      <Form.Item name="flowsBack" valuePropName="checked" className="sharing-form-wide">
        <Checkbox>{t('hint.flowsBack')}</Checkbox>
      </Form.Item>
      <p className="sharing-form-wide muted">{t('limits')}</p>
      <div className="sharing-form-wide sharing-form-save">
        <Button type="primary" htmlType="submit" loading={saving} disabled={disabled}>
          {submit}
        </Button>
        <Button type="text" onClick={onCancel} disabled={saving}>
          {t('words:cancel')}
        </Button>
        <span role="alert" className="sharing-problem">
          {problem}
        </span>
      </div>
    </Form>
  )
}
