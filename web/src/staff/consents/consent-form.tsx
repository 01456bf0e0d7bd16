import { App, Button, DatePicker, Form, Input, Radio, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { Household, Purpose } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { GuardianFields, somebodyElse } from './guardian-fields.tsx'
import { useConsent } from './use-consents.ts'

interface ConsentFormProps {
  household: Household
  purpose: Purpose
  noticeId: number
  onDone: () => void
}

interface Written {
  personId: number
  recipient?: string
  way: 'paper' | 'spoken'
  from: Dayjs
  to: Dayjs
  evidence: string
  guardian?: number
  guardianName?: string
  guardianRelation?: string
}

/** Under this age a guardian consents (个人信息保护法 第三十一条); the server decides by the birth date. */
const FOURTEEN = 14

/** What one member consents to: told by the notice in force, on a day, in what way, until when. */
export function ConsentForm({ household, purpose, noticeId, onDone }: ConsentFormProps) {
  const { t } = useTranslation(['consents', 'words'])
  const today = useToday()
  const { message } = App.useApp()
  const problemText = useProblemText()
  const consent = useConsent(household)
  const [form] = Form.useForm<Written>()
  const personId = Form.useWatch('personId', form)
  const whose = household.members.find((member) => member.personId === personId)
  const isChild = whose !== undefined && whose.age !== null && whose.age < FOURTEEN
  const needed = [{ required: true, message: t('needed') }]
  const words = [{ required: true, whitespace: true, message: t('needed') }]
  const save = ({ from, to, guardian, guardianName, guardianRelation, ...written }: Written) => {
    const named =
      guardian === somebodyElse
        ? { guardianName: guardianName ?? '' }
        : { guardianId: guardian ?? 0 }
    consent.mutate(
      {
        ...written,
        purpose: purpose.id,
        noticeId,
        from: from.format('YYYY-MM-DD'),
        to: to.format('YYYY-MM-DD'),
        ...(isChild ? { ...named, guardianRelation: guardianRelation ?? '' } : {}),
      },
      {
        onSuccess: () => {
          void message.success(t('purposes.saved'))
          onDone()
        },
      },
    )
  }
  return (
    <Form<Written>
      form={form}
      name={`consent-${purpose.id}`}
      className="consent-form"
      layout="vertical"
      requiredMark={false}
      aria-label={t('purposes.recordFor', { name: purpose.name })}
      initialValues={{ personId: household.members[0]?.personId, way: 'paper', from: dayjs(today) }}
      onFinish={save}
    >
      <Form.Item name="personId" label={t('purposes.who')}>
        <Select
          options={household.members.map(({ personId: value, name }) => ({ value, label: name }))}
        />
      </Form.Item>
      <Form.Item name="from" label={t('purposes.from')}>
        <DatePicker allowClear={false} maxDate={dayjs(today)} />
      </Form.Item>
      <Form.Item name="to" label={t('purposes.to')} rules={needed}>
        <DatePicker allowClear={false} minDate={dayjs(today)} />
      </Form.Item>
      {whose?.birthDate === null ? (
        <p className="consent-problem consent-form-wide" role="status">
          {t('purposes.bornUnknown', { name: whose.name })}
        </p>
      ) : null}
      {isChild ? <GuardianFields household={household} childId={whose.personId} /> : null}
      {purpose.toOthers ? (
        <Form.Item name="recipient" label={t('purposes.recipient')} rules={words}>
          <Input maxLength={100} />
        </Form.Item>
      ) : null}
      <Form.Item name="way" label={t('purposes.how')}>
        <Radio.Group
          options={(['paper', 'spoken'] as const).map((value) => ({
            value,
            label: t(`purposes.way.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="evidence" label={t('purposes.evidence')} rules={words}>
        <Input maxLength={200} />
      </Form.Item>
      <div className="consent-form-save">
        <Button type="primary" htmlType="submit" loading={consent.isPending}>
          {t('purposes.save')}
        </Button>
        <Button type="text" onClick={onDone}>
          {t('words:cancel')}
        </Button>
        {consent.error ? (
          <span role="alert" className="consent-problem">
            {problemText(consent.error)}
          </span>
        ) : null}
      </div>
    </Form>
  )
}
