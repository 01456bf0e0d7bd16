import { useQuery } from '@tanstack/react-query'
import { App, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ServiceForm } from '../../api/views.ts'
import { Day } from '../../ui/day.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { ServiceFields } from './service-fields.tsx'
import { startOf } from './service-written.ts'
import { startQuery, useRecordService } from './use-services.ts'

/** How a form begins, where that is known from what was tapped. */
export type Beginning = Partial<Pick<ServiceForm, 'method' | 'outcome'>>

interface RecordDialogProps {
  householdId: number
  name: string
  beginning?: Beginning
  onClose: () => void
}

const FORM = 'record-service'

/** 记一次服务: what is known stands in it already; a plain visit is saved as it opens. */
export function RecordDialog({ householdId, name, beginning = {}, onClose }: RecordDialogProps) {
  const { t } = useTranslation(['services', 'words'])
  const { message } = App.useApp()
  const { data, error, refetch } = useQuery(startQuery(householdId))
  const record = useRecordService(householdId)
  const save = (body: ServiceForm) =>
    record.mutate(body, {
      onSuccess: () => {
        void message.success(t('form.saved'))
        onClose()
      },
    })
  return (
    <Modal
      open
      width={640}
      style={{ top: 32 }}
      title={t('form.title', { name })}
      onCancel={onClose}
      okText={t('form.save')}
      okButtonProps={{ htmlType: 'submit', form: FORM, disabled: !data }}
      cancelText={t('words:cancel')}
      confirmLoading={record.isPending}
    >
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={8} /> : null}
      {data ? (
        <>
          {data.last ? (
            <p className="service-last muted small">
              {t('stop.last')} <Day day={data.last.on} relative /> · {data.last.by}
              {data.last.said ? ` · ${data.last.said}` : null}
              {data.last.seen ? ` · ${data.last.seen}` : null}
              {data.last.next ? ` · ${t('form.agreed', { text: data.last.next })}` : null}
            </p>
          ) : null}
          <ServiceFields
            name={FORM}
            persons={data.persons}
            programmes={data.programmes}
            start={startOf({ ...data, ...beginning })}
            asksWhy={false}
            error={record.error}
            onSave={({ because: _, ...body }) => save(body)}
          />
        </>
      ) : null}
    </Modal>
  )
}
