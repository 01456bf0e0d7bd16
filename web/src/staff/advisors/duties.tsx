import { useQuery } from '@tanstack/react-query'
import { App, Button, DatePicker, Form, Popconfirm, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { areasQuery } from '../../api/areas.ts'
import { useSession } from '../../api/session.tsx'
import type { Advisor, CommitteeDuty } from '../../api/views.ts'
import { shortAreaName } from '../../ui/area-name.ts'
import { Day, useToday } from '../../ui/day.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useEndDuty, useGiveDuty } from './use-advisors.ts'

/** Committees an advisor answers for: of their households they see disability, illness and guardianship. */
export function Duties({ advisor }: { advisor: Advisor }) {
  const { t } = useTranslation('advisors')
  const today = useToday()
  const [open, setOpen] = useState(false)
  const { duties, may, standing } = advisor
  return (
    <section className="card advisor-part" aria-label={t('duty.title')}>
      <h2>{t('duty.title')}</h2>
      {duties.length === 0 ? <p className="muted">{t('duty.none')}</p> : null}
      <ul className="advisor-certificates">
        {duties.map((one) => (
          <li key={one.id}>
            <strong>{shortAreaName(one.areaName)}</strong>
            <p>
              <Day day={one.from} /> {t('to')} {one.to ? <Day day={one.to} /> : t('openEnd')}
            </p>
            {may.write && (one.to === null || one.to > today) ? (
              <EndButton staffId={advisor.staffId} duty={one} />
            ) : null}
          </li>
        ))}
      </ul>
      {may.write ? (
        <Button disabled={standing !== 'valid'} onClick={() => setOpen(true)}>
          {t('duty.give')}
        </Button>
      ) : null}
      {may.write && standing !== 'valid' ? (
        <p className="muted small">{t('duty.certifiedFirst')}</p>
      ) : null}
      {open ? <DutyDialog advisor={advisor} onClose={() => setOpen(false)} /> : null}
    </section>
  )
}

function EndButton({ staffId, duty }: { staffId: string; duty: CommitteeDuty }) {
  const { t } = useTranslation(['advisors', 'words'])
  const { message } = App.useApp()
  const problemText = useProblemText()
  const today = useToday()
  const ending = useEndDuty(staffId)
  return (
    <Popconfirm
      title={t('duty.endOf', { area: shortAreaName(duty.areaName) })}
      description={t('duty.endHint')}
      okText={t('duty.end')}
      cancelText={t('words:cancel')}
      onConfirm={() =>
        ending.mutate(
          { id: duty.id, lastDay: today },
          {
            onSuccess: () => void message.success(t('saved')),
            onError: (error) => void message.error(problemText(error)),
          },
        )
      }
    >
      <Button size="small" loading={ending.isPending}>
        {t('duty.end')}
      </Button>
    </Popconfirm>
  )
}

interface Written {
  area: string
  from: Dayjs
  to?: Dayjs | null | undefined
}

function DutyDialog({ advisor, onClose }: { advisor: Advisor; onClose: () => void }) {
  const { t } = useTranslation('advisors')
  const [form] = Form.useForm<Written>()
  const today = useToday()
  const own = useSession().staff.area.id
  const { data: areas = [] } = useQuery(areasQuery)
  const saving = useGiveDuty(advisor.staffId)
  const options = areas
    .filter(({ id }) => id.length === 12 && id.startsWith(advisor.areaId) && id.startsWith(own))
    .map(({ id, name }) => ({ value: id, label: shortAreaName(name) }))
  return (
    <FormDialog<Written>
      ok={t('save')}
      saved={t('saved')}
      title={t('duty.give')}
      form={form}
      start={{
        from: dayjs(today),
        ...(options.length === 1 && options[0] ? { area: options[0].value } : {}),
      }}
      saving={saving}
      onSave={({ area, from, to }) =>
        saving.mutateAsync({
          area,
          from: from.format('YYYY-MM-DD'),
          to: to?.format('YYYY-MM-DD') ?? null,
        })
      }
      onClose={onClose}
    >
      <p>{t('duty.hint')}</p>
      <Form.Item
        name="area"
        label={t('duty.area')}
        rules={[{ required: true, message: t('needed') }]}
      >
        <Select showSearch={{ optionFilterProp: 'label' }} options={options} />
      </Form.Item>
      <Form.Item
        name="from"
        label={t('duty.from')}
        rules={[{ required: true, message: t('needed') }]}
      >
        <DatePicker />
      </Form.Item>
      <Form.Item name="to" label={t('duty.to')}>
        <DatePicker placeholder={t('openEnd')} />
      </Form.Item>
    </FormDialog>
  )
}
