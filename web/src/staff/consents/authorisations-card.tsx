import { App, Button, DatePicker, Form, Input, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Consents, Household } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { AuthorisationRow } from './authorisation-row.tsx'
import { useAuthorise } from './use-consents.ts'
import { WhoseField, wholeHousehold } from './whose-field.tsx'

interface AuthorisationsCardProps {
  household: Household
  consents: Consents
}

/** What the household allows that needs to be allowed, from when to when. */
export function AuthorisationsCard({ household, consents }: AuthorisationsCardProps) {
  const { t } = useTranslation('consents')
  const [isOpen, setOpen] = useState(false)
  const mayWrite = household.may.includes('record-fact')
  // What was consented to under a notice stands by its purpose.
  const authorisations = consents.authorisations.filter(({ noticeId }) => noticeId === null)
  return (
    <section className="card consent-card" aria-labelledby="consent-authorisations">
      <header>
        <h2 id="consent-authorisations">{t('authorisations.title')}</h2>
        {mayWrite && !isOpen ? (
          <Button size="small" onClick={() => setOpen(true)}>
            {t('authorisations.record')}
          </Button>
        ) : null}
      </header>
      <p className="muted small">{t('authorisations.lead')}</p>
      {isOpen ? (
        <AuthorisationForm
          household={household}
          consents={consents}
          onDone={() => setOpen(false)}
        />
      ) : null}
      {authorisations.length === 0 ? <p>{t('authorisations.none')}</p> : null}
      <ul className="consent-list">
        {authorisations.map((one) => (
          <AuthorisationRow key={one.id} household={household} authorisation={one} />
        ))}
      </ul>
    </section>
  )
}

interface Written {
  whose: number
  basis: string
  from: Dayjs
  to: Dayjs
  evidence: string
}

function AuthorisationForm({
  household,
  consents,
  onDone,
}: AuthorisationsCardProps & { onDone: () => void }) {
  const { t } = useTranslation(['consents', 'words'])
  const today = useToday()
  const { message } = App.useApp()
  const problemText = useProblemText()
  const authorise = useAuthorise(household)
  const bases = consents.bases.filter(({ authorised }) => authorised)
  const needed = [{ required: true, message: t('needed') }]
  const save = ({ whose, basis, from, to, evidence }: Written) =>
    authorise.mutate(
      {
        personId: whose === wholeHousehold ? null : whose,
        basis,
        from: from.format('YYYY-MM-DD'),
        to: to.format('YYYY-MM-DD'),
        evidence,
      },
      {
        onSuccess: () => {
          message.success(t('authorisations.saved'))
          onDone()
        },
      },
    )
  return (
    <Form<Written>
      className="consent-form"
      layout="vertical"
      requiredMark={false}
      aria-label={t('authorisations.record')}
      initialValues={{ whose: wholeHousehold, basis: bases[0]?.id, from: dayjs(today) }}
      onFinish={save}
    >
      <Form.Item name="basis" label={t('authorisations.what')}>
        <Select options={bases.map(({ id, name }) => ({ value: id, label: name }))} />
      </Form.Item>
      <WhoseField household={household} />
      <Form.Item name="from" label={t('authorisations.from')}>
        <DatePicker allowClear={false} />
      </Form.Item>
      <Form.Item name="to" label={t('authorisations.to')} rules={needed}>
        <DatePicker allowClear={false} minDate={dayjs(today)} />
      </Form.Item>
      <Form.Item
        name="evidence"
        label={t('authorisations.evidence')}
        rules={[{ required: true, whitespace: true, message: t('needed') }]}
      >
        <Input maxLength={200} />
      </Form.Item>
      <div className="consent-form-save">
        <Button type="primary" htmlType="submit" loading={authorise.isPending}>
          {t('authorisations.save')}
        </Button>
        <Button type="text" onClick={onDone}>
          {t('words:cancel')}
        </Button>
        {authorise.error ? (
          <span role="alert" className="consent-problem">
            {problemText(authorise.error)}
          </span>
        ) : null}
      </div>
    </Form>
  )
}
