import { useQuery } from '@tanstack/react-query'
import { App, Form, Input, Modal, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ExportPreview } from '../../api/views.ts'
import { ErrorState, LoadingState, useProblemText } from '../../ui/states.tsx'
import { previewQuery, useAskExport, useFetchExport } from './use-exports.ts'
import './exports.css'

interface Props {
  list: string
  filters: string
  onClose: () => void
}

interface Said {
  purpose: string
  note?: string
}

/** Before anything is made: what the file would hold, and what it is for. */
export function ExportDialog({ list, filters, onClose }: Props) {
  const { t } = useTranslation(['exports', 'words'])
  const { message } = App.useApp()
  const problemText = useProblemText()
  const [form] = Form.useForm<Said>()
  const { data, error, refetch } = useQuery(previewQuery(list, filters))
  const ask = useAskExport()
  const fetch = useFetchExport()
  const take = async (said: Said) => {
    const made = await ask.mutateAsync({ list, filters, ...said })
    if (made.state === 'ready') await fetch.mutateAsync({ id: made.id, list })
    void message.success(t(made.state === 'ready' ? 'fetched' : 'sent', { id: made.id }))
    onClose()
  }
  const failure = ask.error ?? fetch.error
  return (
    <Modal
      title={t('dialog')}
      open
      onCancel={onClose}
      onOk={form.submit}
      okText={t(data?.needsApproval ? 'askApproval' : 'fetch')}
      okButtonProps={{ disabled: !data || data.rows === 0 }}
      cancelText={t('words:cancel')}
      confirmLoading={ask.isPending || fetch.isPending}
    >
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={5} /> : null}
      {data ? (
        <Form
          form={form}
          name="export"
          layout="vertical"
          requiredMark={false}
          onFinish={(said: Said) => void take(said).catch(() => {})}
        >
          <Contents preview={data} />
          <PurposeFields preview={data} />
          <p role="alert" className="export-problem">
            {failure ? problemText(failure) : null}
          </p>
        </Form>
      ) : null}
    </Modal>
  )
}

function Contents({ preview }: { preview: ExportPreview }) {
  const { t, i18n } = useTranslation('exports')
  const {
    rows,
    limitRows,
    dayRows,
    takenToday,
    needsApproval,
    hours,
    scope,
    columns,
    listName,
    listEn,
  } = preview
  return (
    <>
      <dl className="export-facts">
        <dt>{t('field.list')}</dt>
        <dd>{i18n.language === 'en' ? listEn : listName}</dd>
        <dt>{t('field.scope')}</dt>
        <dd>{scope.length > 0 ? scope.join('；') : t('everything')}</dd>
        <dt>{t('field.rows')}</dt>
        <dd className="number">{t('rows', { count: rows })}</dd>
        <dt>{t('field.columns')}</dt>
        <dd>
          {columns
            .map(({ name, shown }) => (shown === 'duty' ? t('dutyColumn', { name }) : name))
            .join('、')}
        </dd>
      </dl>
      <p className={needsApproval ? 'export-note export-note-approval' : 'export-note'}>
        {t(needsApproval ? 'needsApproval' : 'noApproval', { count: limitRows, hours })}
        {takenToday > 0 ? ` ${t('takenToday', { count: takenToday, most: dayRows })}` : null}
      </p>
    </>
  )
}

function PurposeFields({ preview }: { preview: ExportPreview }) {
  const { t, i18n } = useTranslation('exports')
  const chosen = Form.useWatch<string | undefined>('purpose')
  const asksWords = preview.purposes.find(({ id }) => id === chosen)?.note ?? false
  const options = preview.purposes.map(({ id, name, en }) => ({
    value: id,
    label: i18n.language === 'en' ? en : name,
  }))
  return (
    <>
      <Form.Item
        name="purpose"
        label={t('field.purpose')}
        rules={[{ required: true, message: t('purposeNeeded') }]}
      >
        <Select options={options} placeholder={t('purposePlaceholder')} />
      </Form.Item>
      <Form.Item
        name="note"
        label={t(asksWords ? 'field.noteNeeded' : 'field.note')}
        extra={t('noteHint')}
        rules={
          asksWords ? [{ required: true, whitespace: true, min: 2, message: t('noteNeeded') }] : []
        }
      >
        <Input maxLength={200} />
      </Form.Item>
    </>
  )
}
