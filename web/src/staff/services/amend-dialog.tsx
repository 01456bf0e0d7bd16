import { App, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Household, Service, ServiceForm } from '../../api/views.ts'
import { ServiceFields } from './service-fields.tsx'
import { useAmendService } from './use-services.ts'

interface AmendDialogProps {
  household: Household
  service: Service
  onClose: () => void
}

const FORM = 'amend-service'

/** The next version of a record: without a reason for a day by whoever wrote it, then with one. */
export function AmendDialog({ household, service, onClose }: AmendDialogProps) {
  const { t } = useTranslation(['services', 'words'])
  const { message } = App.useApp()
  const amend = useAmendService(household.id, service.id)
  const asksWhy = !service.may.includes('edit')
  const save = (written: ServiceForm & { because: string | null }) =>
    amend.mutate(
      { ...written, version: service.version },
      {
        onSuccess: () => {
          void message.success(t('form.saved'))
          onClose()
        },
      },
    )
  // Whom it named may have left since.
  const living = household.members.map(({ personId, name }) => ({ personId, name }))
  const gone = service.persons.filter(
    ({ personId }) => !living.some((one) => one.personId === personId),
  )
  const persons = [...living, ...gone]
  const { personIds, day, begins, ends, method, outcome, services, programmes } = service
  const { materials, flags, nextDay, words } = service
  return (
    <Modal
      open
      width={640}
      title={t(asksWhy ? 'form.amendTitle' : 'form.editTitle')}
      onCancel={onClose}
      okText={t('form.save')}
      okButtonProps={{ htmlType: 'submit', form: FORM }}
      cancelText={t('words:cancel')}
      confirmLoading={amend.isPending}
    >
      <ServiceFields
        name={FORM}
        persons={persons}
        programmes={service.programmesTold}
        start={{
          personIds,
          day,
          begins,
          ends,
          method,
          outcome,
          services,
          programmes,
          materials,
          flags,
          nextDay,
          words,
        }}
        asksWhy={asksWhy}
        error={amend.error}
        onSave={save}
      />
    </Modal>
  )
}
