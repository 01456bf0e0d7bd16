import { App, Button, DatePicker, Form, Input, Radio } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Household, Objection } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { useToday } from '../../ui/day.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { memberName } from '../households/facts.ts'
import { WhoseField, wholeHousehold } from './whose-field.tsx'
import { useObject, useWithdraw } from './use-consents.ts'

interface ObjectionsCardProps {
  household: Household
  objections: readonly Objection[]
}

/** Who wants no matching, or no push; told by the person, recorded here, taken back here. */
export function ObjectionsCard({ household, objections }: ObjectionsCardProps) {
  const { t } = useTranslation('consents')
  const [isOpen, setOpen] = useState(false)
  const mayWrite = household.may.includes('record-fact')
  return (
    <section className="card consent-card" aria-labelledby="consent-objections">
      <header>
        <h2 id="consent-objections">{t('objections.title')}</h2>
        {mayWrite && !isOpen ? (
          <Button size="small" onClick={() => setOpen(true)}>
            {t('objections.record')}
          </Button>
        ) : null}
      </header>
      <p className="muted small">{t('objections.lead')}</p>
      {isOpen ? <ObjectionForm household={household} onDone={() => setOpen(false)} /> : null}
      {objections.length === 0 ? <p>{t('objections.none')}</p> : null}
      <ul className="consent-list">
        {objections.map((objection) => (
          <ObjectionRow key={objection.id} household={household} objection={objection} />
        ))}
      </ul>
    </section>
  )
}

function ObjectionRow({ household, objection }: { household: Household; objection: Objection }) {
  const { t } = useTranslation('consents')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const withdraw = useWithdraw(household, 'objections')
  const { id, kind, personId, toldOn, note, recordedBy, withdrawnOn, withdrawnBy } = objection
  return (
    <li className={withdrawnOn ? 'consent-over' : undefined}>
      <p>
        <strong>{memberName(household, personId) || t('whole')}</strong>
        <span>{t(`objections.kind.${kind}`)}</span>
        {withdrawnOn ? <Chip>{t('withdrawn')}</Chip> : <Chip tone="amber">{t('stands')}</Chip>}
      </p>
      <p className="muted small">
        {t('objections.told', { day: toldOn })} · {t('recordedBy', { by: recordedBy })}
        {note ? ` · ${note}` : null}
        {withdrawnOn ? ` · ${t('withdrawnBy', { by: withdrawnBy, day: withdrawnOn })}` : null}
      </p>
      {withdrawnOn || !household.may.includes('record-fact') ? null : (
        <Button
          size="small"
          loading={withdraw.isPending}
          onClick={() =>
            withdraw.mutate(id, {
              onSuccess: () => void message.success(t('objections.takenBack')),
              onError: (failure) => void message.warning(problemText(failure)),
            })
          }
        >
          {t('objections.takeBack')}
        </Button>
      )}
    </li>
  )
}

interface Written {
  whose: number
  kind: 'matching' | 'push'
  toldOn: Dayjs
  note?: string
}

function ObjectionForm({ household, onDone }: { household: Household; onDone: () => void }) {
  const { t } = useTranslation(['consents', 'words'])
  const today = useToday()
  const { message } = App.useApp()
  const problemText = useProblemText()
  const object = useObject(household)
  const save = ({ whose, kind, toldOn, note }: Written) =>
    object.mutate(
      {
        personId: whose === wholeHousehold ? null : whose,
        kind,
        toldOn: toldOn.format('YYYY-MM-DD'),
        ...(note ? { note } : {}),
      },
      {
        onSuccess: () => {
          message.success(t('objections.saved'))
          onDone()
        },
      },
    )
  return (
    <Form<Written>
      className="consent-form"
      layout="vertical"
      requiredMark={false}
      aria-label={t('objections.record')}
      initialValues={{ whose: wholeHousehold, kind: 'matching', toldOn: dayjs(today) }}
      onFinish={save}
    >
      <Form.Item name="kind" label={t('objections.what')} className="consent-form-wide">
        <Radio.Group
          options={(['matching', 'push'] as const).map((kind) => ({
            value: kind,
            label: t(`objections.choice.${kind}`),
          }))}
        />
      </Form.Item>
      <WhoseField household={household} />
      <Form.Item name="toldOn" label={t('objections.toldOn')}>
        <DatePicker allowClear={false} maxDate={dayjs(today)} />
      </Form.Item>
      <Form.Item name="note" label={t('objections.note')}>
        <Input maxLength={200} />
      </Form.Item>
      <div className="consent-form-save">
        <Button type="primary" htmlType="submit" loading={object.isPending}>
          {t('objections.save')}
        </Button>
        <Button type="text" onClick={onDone}>
          {t('words:cancel')}
        </Button>
        {object.error ? (
          <span role="alert" className="consent-problem">
            {problemText(object.error)}
          </span>
        ) : null}
      </div>
    </Form>
  )
}
