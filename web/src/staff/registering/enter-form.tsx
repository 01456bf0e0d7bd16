import { useQuery } from '@tanstack/react-query'
import { Alert, Button, DatePicker, Form, Input, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import { areasQuery, committeesOf } from '../../api/areas.ts'
import { useSession } from '../../api/session.tsx'
import type { PersonForm, PersonSearchForm } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { useTrouble } from '../drafts/use-trouble.ts'
import { RELATIONS } from './relations.ts'

export interface Entered {
  person: PersonForm
  area: string
  address: string
  relation: string
  from: string
}

interface EnterFormProps {
  sought: PersonSearchForm
  searchId: string
  /** A member of a household that is there, not a household. */
  joins: boolean
  busy: boolean
  error: unknown
  onEnter: (entered: Entered) => void
}

interface Written {
  area?: string
  address?: string
  sex?: '1' | '2'
  noNumberBecause?: NonNullable<PersonForm['noNumberBecause']>
  relation?: string
  from?: Dayjs
}

const NO_NUMBER = ['not-registered', 'lost', 'unknown-identity', 'foreign'] as const

/** What the search did not ask: where they live, or how they belong; of whom no number speaks, why. */
export function EnterForm({ sought, searchId, joins, busy, error, onEnter }: EnterFormProps) {
  const { t } = useTranslation('registering')
  const today = useToday()
  const trouble = useTrouble()
  const hasNumber = sought.idNumber !== undefined
  const needed = [{ required: true, message: t('needed') }]
  const { idNumber, birthDate, phone, name } = sought
  function enter({ area = '', address = '', relation = '', from, ...person }: Written): void {
    const known = { name, ...(idNumber ? { idNumber } : {}), ...(phone ? { phone } : {}) }
    const born = birthDate ? { birthDate } : {}
    onEnter({
      person: { ...known, ...born, ...person, searchId },
      area,
      address,
      relation,
      from: (from ?? dayjs(today)).format('YYYY-MM-DD'),
    })
  }
  return (
    <Form<Written>
      name="entered"
      className="card registering-form"
      layout="vertical"
      requiredMark={false}
      aria-label={t(joins ? 'member' : 'household')}
      initialValues={{ address: sought.address, from: dayjs(today) }}
      onFinish={enter}
    >
      {joins ? (
        <>
          <Form.Item name="relation" label={t('relation')} rules={needed}>
            <Select
              options={RELATIONS.map((code) => ({ value: code, label: t(`relations.${code}`) }))}
            />
          </Form.Item>
          <Form.Item name="from" label={t('from')} rules={needed}>
            <DatePicker allowClear={false} maxDate={dayjs(today)} />
          </Form.Item>
        </>
      ) : (
        <PlaceFields needed={needed} />
      )}
      {hasNumber ? null : (
        <>
          <Form.Item
            name="noNumberBecause"
            label={t('noNumber')}
            extra={t('noNumberHint')}
            rules={needed}
          >
            <Select
              options={NO_NUMBER.map((why) => ({ value: why, label: t(`noNumberWhy.${why}`) }))}
            />
          </Form.Item>
          <Form.Item name="sex" label={t('sex')}>
            <Select
              allowClear
              options={[
                { value: '1', label: t('male') },
                { value: '2', label: t('female') },
              ]}
            />
          </Form.Item>
        </>
      )}
      {error ? (
        <Alert
          className="registering-wide"
          role="alert"
          type="error"
          showIcon
          title={trouble(error)}
        />
      ) : null}
      <div className="registering-actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {t(joins ? 'addMember' : 'register')}
        </Button>
      </div>
    </Form>
  )
}

function PlaceFields({ needed }: { needed: { required: boolean; message: string }[] }) {
  const { t } = useTranslation('registering')
  const own = useSession().staff.area
  const { data: areas = [] } = useQuery(areasQuery)
  const committees = committeesOf(areas, own.id)
  const only = committees.length === 1 ? committees[0]?.id : undefined
  return (
    <>
      <Form.Item name="area" label={t('committee')} rules={needed} initialValue={only}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={committees.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="address" label={t('address')} rules={needed}>
        <Input maxLength={200} />
      </Form.Item>
    </>
  )
}
