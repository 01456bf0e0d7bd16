import { Button, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AuditList } from '../../api/views.ts'
import { type AuditSearch, useAuditSearch } from './use-audit.ts'

const TEXTS = ['household', 'lead', 'address', 'request'] as const
const DAYS = ['from', 'to'] as const

/** All filters in one form; what is found stands in the address. */
export function AuditFilters({ actions }: { actions: AuditList['actions'] }) {
  const { t, i18n } = useTranslation('audit')
  const { search, go } = useAuditSearch()
  const english = i18n.language === 'en'
  const { before: _, ...filters } = search
  return (
    <Form<AuditSearch>
      key={JSON.stringify(filters)}
      className="audit-filters card"
      layout="vertical"
      aria-label={t('filters')}
      initialValues={filters}
      onFinish={go}
    >
      <Form.Item name="who" label={t('filter.who')}>
        <Input placeholder={t('filter.whoHint')} maxLength={60} allowClear />
      </Form.Item>
      <Form.Item name="action" label={t('filter.action')}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('filter.anyAction')}
          options={actions.map(({ id, name, en }) => ({ value: id, label: english ? en : name }))}
        />
      </Form.Item>
      {DAYS.map((day) => (
        <Form.Item key={day} name={day} label={t(`filter.${day}`)}>
          <Input type="date" />
        </Form.Item>
      ))}
      {TEXTS.map((field) => (
        <Form.Item
          key={field}
          name={field}
          label={t(field === 'lead' ? 'filter.leadNumber' : `filter.${field}`)}
        >
          <Input
            maxLength={60}
            allowClear
            inputMode={field === 'household' || field === 'lead' ? 'numeric' : 'text'}
          />
        </Form.Item>
      ))}
      <div className="audit-filters-do">
        <Button type="primary" htmlType="submit">
          {t('find')}
        </Button>
        {Object.keys(filters).length > 0 ? (
          <Button onClick={() => go({})}>{t('clear')}</Button>
        ) : null}
      </div>
    </Form>
  )
}
