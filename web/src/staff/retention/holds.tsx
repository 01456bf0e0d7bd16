import { useQuery } from '@tanstack/react-query'
import { App, Button, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LegalHold, LegalHoldForm } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Moment } from '../../ui/day.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { PickHousehold } from './pick-household.tsx'
import { RetentionDialog, said } from './retention-dialog.tsx'
import { holdsQuery, useHold, useLift } from './use-retention.ts'

const KINDS = ['dispute', 'litigation', 'inspection', 'other'] as const

/** Households of which everything is kept, and why. */
export function Holds() {
  const { t } = useTranslation('retention')
  const [adding, setAdding] = useState(false)
  const { data, error, refetch } = useQuery(holdsQuery)
  return (
    <section aria-label={t('tab.holds')}>
      <p className="muted retention-note">{t('holds.lead')}</p>
      <div className="retention-tools">
        <Button type="primary" onClick={() => setAdding(true)}>
          {t('holds.add')}
        </Button>
      </div>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={4} /> : null}
      {data?.items.length === 0 ? (
        <EmptyState title={t('holds.empty.title')} body={t('holds.empty.body')} />
      ) : null}
      <ul className="retention-list">
        {data?.items.map((hold) => (
          <HoldCard key={hold.id} hold={hold} />
        ))}
      </ul>
      <HoldDialog open={adding} onClose={() => setAdding(false)} />
    </section>
  )
}

function HoldCard({ hold }: { hold: LegalHold }) {
  const { t } = useTranslation('retention')
  const [lifting, setLifting] = useState(false)
  const { id, registerNo, kind, because, recordedBy, recordedAt, liftedAt, liftedBecause } = hold
  return (
    <li className="card retention-card">
      <div className="retention-head">
        <h2 className="number">{registerNo}</h2>
        {liftedAt ? null : (
          <Button aria-label={t('holds.liftOf', { registerNo })} onClick={() => setLifting(true)}>
            {t('holds.lift')}
          </Button>
        )}
      </div>
      <p className="retention-note">
        <Chip tone={liftedAt ? 'plain' : 'amber'}>{t(`holds.kind.${kind}`)}</Chip> {because}
      </p>
      <p className="muted retention-note retention-who">
        <span>
          {recordedBy} <Moment at={recordedAt} />
        </span>
        {liftedAt ? (
          <span>
            {t('holds.lifted', { day: liftedAt.slice(0, 10), because: liftedBecause ?? '' })}
          </span>
        ) : null}
      </p>
      <LiftDialog
        id={id}
        registerNo={registerNo}
        open={lifting}
        onClose={() => setLifting(false)}
      />
    </li>
  )
}

function HoldDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('retention')
  const { message } = App.useApp()
  const [form] = Form.useForm<LegalHoldForm>()
  const hold = useHold()
  const save = async (written: LegalHoldForm) => {
    await hold.mutateAsync(written)
    void message.success(t('holds.saved'))
    onClose()
  }
  return (
    <RetentionDialog<LegalHoldForm>
      title={t('holds.add')}
      name="hold"
      form={form}
      initial={{ kind: 'dispute' }}
      open={open}
      does={t('holds.save')}
      busy={hold.isPending}
      error={hold.error}
      onSave={save}
      onClose={onClose}
    >
      <Form.Item
        name="householdId"
        label={t('erasure.household')}
        rules={[{ required: true, message: t('erasure.householdNeeded') }]}
      >
        <PickHousehold />
      </Form.Item>
      <Form.Item name="kind" label={t('holds.kindOf')}>
        <Select options={KINDS.map((value) => ({ value, label: t(`holds.kind.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="because"
        label={t('holds.because')}
        extra={t('holds.becauseHint')}
        rules={said(5, t('holds.becauseNeeded'))}
      >
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </RetentionDialog>
  )
}

interface LiftProps {
  id: number
  registerNo: string
  open: boolean
  onClose: () => void
}

function LiftDialog({ id, registerNo, open, onClose }: LiftProps) {
  const { t } = useTranslation('retention')
  const { message } = App.useApp()
  const [form] = Form.useForm<{ because: string }>()
  const lift = useLift(id)
  const save = async ({ because }: { because: string }) => {
    await lift.mutateAsync(because.trim())
    void message.success(t('holds.liftDone'))
    onClose()
  }
  return (
    <RetentionDialog<{ because: string }>
      title={t('holds.liftOf', { registerNo })}
      name={`lift-${id}`}
      form={form}
      open={open}
      does={t('holds.lift')}
      busy={lift.isPending}
      error={lift.error}
      onSave={save}
      onClose={onClose}
    >
      <Form.Item
        name="because"
        label={t('holds.because')}
        extra={t('holds.becauseHint')}
        rules={said(5, t('holds.becauseNeeded'))}
      >
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </RetentionDialog>
  )
}
