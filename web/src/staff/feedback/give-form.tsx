import { useQuery } from '@tanstack/react-query'
import { App, Button, Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTrouble } from '../drafts/use-trouble.ts'
import { householdsNamedQuery, useGiveFeedback } from './use-feedback.ts'

interface GiveFormProps {
  policies: { value: string; label: string }[]
  onDone: () => void
}

type Household = { value: number; label: string }

/** That a policy works or does not, because of what was seen, on which households. */
export function GiveForm({ policies, onDone }: GiveFormProps) {
  const { t } = useTranslation(['feedback', 'words'])
  const { message } = App.useApp()
  const give = useGiveFeedback()
  const trouble = useTrouble()
  const [programme, setProgramme] = useState<string>()
  const [works, setWorks] = useState(false)
  const [because, setBecause] = useState('')
  const [households, setHouseholds] = useState<Household[]>([])
  const [asked, setAsked] = useState(false)
  const lacking = programme === undefined || because.trim().length < 5
  async function send(): Promise<void> {
    setAsked(true)
    if (lacking) return
    const ids = households.map(({ value }) => value)
    const { attached } = await give.mutateAsync({ programme, works, because, households: ids })
    void message.success(attached > 0 ? t('thanksAttached', { count: attached }) : t('thanks'))
    onDone()
  }
  return (
    <section className="card feedback-give" aria-label={t('give')}>
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('programme')}
        placeholder={t('programme')}
        value={programme ?? null}
        options={policies}
        onChange={(id: string | null) => setProgramme(id ?? undefined)}
      />
      <Radio.Group
        value={works}
        onChange={(event) => setWorks(Boolean(event.target.value))}
        options={[
          { value: false, label: t('fails') },
          { value: true, label: t('works') },
        ]}
      />
      <Input.TextArea
        rows={3}
        maxLength={1000}
        value={because}
        aria-label={t('because')}
        placeholder={t('becauseHint')}
        onChange={(event) => setBecause(event.target.value)}
      />
      <HouseholdsField chosen={households} onChange={setHouseholds} />
      <div className="feedback-actions">
        <Button type="primary" loading={give.isPending} onClick={() => void send().catch(() => {})}>
          {t('submit')}
        </Button>
        <Button type="text" onClick={onDone}>
          {t('words:cancel')}
        </Button>
      </div>
      {asked && lacking ? (
        <p role="alert" className="read-unknown">
          {t('needed')}
        </p>
      ) : null}
      {give.error ? (
        <p role="alert" className="read-unknown">
          {trouble(give.error)}
        </p>
      ) : null}
    </section>
  )
}

interface HouseholdsFieldProps {
  chosen: Household[]
  onChange: (chosen: Household[]) => void
}

function HouseholdsField({ chosen, onChange }: HouseholdsFieldProps) {
  const { t } = useTranslation('feedback')
  const [q, setQ] = useState('')
  const { data } = useQuery(householdsNamedQuery(q.trim()))
  return (
    <Select
      mode="multiple"
      labelInValue
      maxCount={20}
      aria-label={t('households')}
      placeholder={t('householdsHint')}
      value={chosen}
      showSearch={{ filterOption: false, onSearch: setQ }}
      options={(data?.items ?? []).map(({ id, registerNo, head }) => ({
        value: id,
        label: `${registerNo} ${head}`,
      }))}
      onChange={(next: Household[]) => onChange(next)}
    />
  )
}
