import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import type { CaseOpening, Household } from '../../api/views.ts'
import { Day } from '../../ui/day.tsx'
import { CaseState } from './case-state.tsx'
import { FormDialog, needed } from '../../ui/form-dialog.tsx'
import { casesOfQuery, useOpenCase } from './use-cases.ts'
import './cases.css'

const CAUSES = ['assessment', 'lead', 'request', 'relief', 'other'] as const

/** The case of this household, and where to open one. */
export function CasesOfHousehold({ household }: { household: Household }) {
  const { t } = useTranslation('cases')
  const { may } = useSession()
  const [opening, setOpening] = useState(false)
  const { data } = useQuery({
    ...casesOfQuery(household.id),
    enabled: may.includes('cases.read'),
  })
  if (!data || (data.items.length === 0 && !data.mayOpen)) return null
  return (
    <section className="card cases-of" aria-labelledby="cases-of">
      <header>
        <h2 id="cases-of">{t('title')}</h2>
        {data.mayOpen ? (
          <Button size="small" onClick={() => setOpening(true)}>
            {t('open')}
          </Button>
        ) : null}
      </header>
      {data.items.length === 0 ? <p className="muted small">{t('noneYet')}</p> : null}
      <ul>
        {data.items.map(({ id, cause, openedOn, state, urgent }) => (
          <li key={id}>
            <Link to="/cases/$caseId" params={{ caseId: String(id) }}>
              {t(`cause.${cause}`)} · <Day day={openedOn} />
            </Link>
            <span className="case-chips">
              <CaseState state={state} urgent={urgent} />
            </span>
          </li>
        ))}
      </ul>
      {opening ? <OpenDialog household={household} onClose={() => setOpening(false)} /> : null}
    </section>
  )
}

function OpenDialog({ household, onClose }: { household: Household; onClose: () => void }) {
  const { t } = useTranslation('cases')
  const navigate = useNavigate()
  const [form] = Form.useForm<CaseOpening>()
  const saving = useOpenCase(household.id)
  const save = (said: CaseOpening) =>
    saving
      .mutateAsync({ ...said, text: said.text.trim() })
      .then(({ id }) => navigate({ to: '/cases/$caseId', params: { caseId: String(id) } }))
  return (
    <FormDialog<CaseOpening>
      title={t('open')}
      saved={t('saved.open')}
      form={form}
      start={{ cause: 'request' }}
      saving={saving}
      onSave={save}
      onClose={onClose}
    >
      <p className="muted">{t('openLead')}</p>
      <Form.Item name="cause" label={t('cause.label')}>
        <Radio.Group
          className="case-causes"
          options={CAUSES.map((value) => ({ value, label: t(`cause.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="text" label={t('openText')} rules={needed(t('needed'))}>
        <Input.TextArea rows={4} maxLength={1000} />
      </Form.Item>
    </FormDialog>
  )
}
