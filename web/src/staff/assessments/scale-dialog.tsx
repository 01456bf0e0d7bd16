import { useQuery } from '@tanstack/react-query'
import { Alert, App, Checkbox, Input, InputNumber, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Household, Instrument, ScaleForm } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { LoadingState, useProblemText } from '../../ui/states.tsx'
import { ScaleItems } from './scale-items.tsx'
import { instrumentsQuery, useRecordScale } from './use-assessments.ts'

const MODES = ['self', 'interview', 'observation'] as const

interface ScaleDialogProps {
  household: Household
  trained: readonly Instrument['id'][]
  onClose: () => void
}

/** A scale for one member: by its wording, or, while that is 待核, by the points of each item. */
export function ScaleDialog({ household, trained, onClose }: ScaleDialogProps) {
  const { t, i18n } = useTranslation('assessments')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const today = useToday()
  const { data } = useQuery(instrumentsQuery)
  const record = useRecordScale(household.id)
  const usable = (data?.items ?? []).filter(({ id }) => trained.includes(id))
  const [chosen, setChosen] = useState<Instrument['id']>()
  const instrument = usable.find(({ id }) => id === chosen) ?? usable[0]
  const [personId, setPersonId] = useState(household.members[0]?.personId)
  const [mode, setMode] = useState<ScaleForm['mode']>('interview')
  const [onDay, setOnDay] = useState(today)
  const [answers, setAnswers] = useState<readonly (number | null)[]>([])
  const [total, setTotal] = useState<number | null>(null)
  const [prorate, setProrate] = useState(false)
  const given = (instrument?.items ?? []).map((_, place) => answers[place] ?? null)
  const missing = given.filter((one) => one === null).length
  const isWhole = instrument?.totalOnly ? total !== null : missing === 0 || prorate
  const send = () => {
    if (!instrument || personId === undefined) return
    record.mutate(
      {
        personId,
        instrument: instrument.id,
        answers: given,
        ...(total === null || !instrument.totalOnly ? {} : { total }),
        prorate,
        mode,
        onDay,
        withText: instrument.text !== null,
      },
      {
        onSuccess: () => {
          void message.success(t('scales.recorded'))
          onClose()
        },
      },
    )
  }
  return (
    <Modal
      open
      width={640}
      title={t('scales.use')}
      onCancel={onClose}
      onOk={send}
      okText={t('scales.record')}
      cancelText={t('safety.cancel')}
      okButtonProps={{ disabled: !isWhole || personId === undefined }}
      confirmLoading={record.isPending}
    >
      {instrument ? (
        <div className="assess-scale">
          <Select
            aria-label={t('scales.pick')}
            value={instrument.id}
            options={usable.map(({ id, name, en }) => ({
              value: id,
              label: i18n.language === 'en' ? en : name,
            }))}
            onChange={(id) => {
              setChosen(id)
              setAnswers([])
              setTotal(null)
              setProrate(false)
            }}
          />
          <div className="assess-scale-who">
            <Select
              aria-label={t('scales.person')}
              value={personId ?? null}
              options={household.members.map((one) => ({ value: one.personId, label: one.name }))}
              onChange={setPersonId}
            />
            <Select
              aria-label={t('scales.mode')}
              value={mode}
              options={MODES.map((value) => ({ value, label: t(`scales.modes.${value}`) }))}
              onChange={setMode}
            />
            <Input
              type="date"
              aria-label={t('scales.onDay')}
              max={today}
              value={onDay}
              onChange={({ target }) => setOnDay(target.value)}
            />
          </div>
          {instrument.text ? null : <Alert type="info" showIcon title={t('scales.textMissing')} />}
          {instrument.totalOnly ? (
            <label className="assess-total">
              {t('scales.totalLabel')}{' '}
              <InputNumber
                min={instrument.totalOnly.min}
                max={instrument.totalOnly.max}
                precision={0}
                value={total}
                onChange={setTotal}
              />{' '}
              <span className="muted small">{t('scales.totalRange', instrument.totalOnly)}</span>
            </label>
          ) : (
            <ScaleItems instrument={instrument} given={given} onChange={setAnswers} />
          )}
          {instrument.mayProrate === null ? null : (
            <Checkbox checked={prorate} onChange={({ target }) => setProrate(target.checked)}>
              {t('scales.prorate', { count: instrument.mayProrate })}
            </Checkbox>
          )}
          <p role="alert" className="assess-problem">
            {record.error ? problemText(record.error) : null}
          </p>
          {missing > 0 && !instrument.totalOnly ? (
            <p className="muted small">{t('scales.missing', { count: missing })}</p>
          ) : null}
        </div>
      ) : (
        <LoadingState rows={6} />
      )}
    </Modal>
  )
}
