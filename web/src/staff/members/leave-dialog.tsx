import { useQuery } from '@tanstack/react-query'
import { App, Button, DatePicker, Form, Input, Modal, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { Composition, Household, LeavingForm } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { ErrorState, LoadingState, useProblemText } from '../../ui/states.tsx'
import { type Followed, Following, followingOf } from './following.tsx'
import { compositionQuery, useLeave, useTakeBack } from './use-members.ts'
import './members.css'

const REASONS = ['moved-out', 'died', 'detained', 'enlisted', 'other'] as const
const HEAD = '02'

interface Written extends Followed {
  personId: number
  because: LeavingForm['because']
  day: Dayjs
  source: string
}

interface Props {
  household: Household
  open: boolean
  onClose: () => void
}

/** Somebody is no member from a day on; where it is the head, who takes the place is said in the same breath. */
export function LeaveDialog({ household, open, onClose }: Props) {
  const { t } = useTranslation(['members', 'words'])
  const today = useToday()
  const [form] = Form.useForm<Written>()
  const { data, error } = useQuery({ ...compositionQuery(household.id, today), enabled: open })
  const leave = useLeave(household.id)
  const takeBack = useTakeBack(household.id)
  const { message, notification } = App.useApp()
  const problemText = useProblemText()
  const undo = (version: number) =>
    takeBack.mutate(
      { because: t('takenBackBecause'), version },
      {
        onSuccess: () => void message.success(t('takenBack')),
        onError: (failure) => void message.warning(problemText(failure)),
      },
    )
  const save = ({ day, head, collector, relations, ...written }: Written) =>
    leave.mutate(
      {
        ...written,
        day: day.format('YYYY-MM-DD'),
        version: household.version,
        following: followingOf({ head, collector, relations }),
      },
      {
        onSuccess: ({ version }) => {
          onClose()
          const key = `left-${household.id}`
          notification.success({
            key,
            title: t('saved'),
            actions: (
              <Button
                size="small"
                onClick={() => {
                  notification.destroy(key)
                  undo(version)
                }}
              >
                {t('takeBack')}
              </Button>
            ),
          })
        },
      },
    )
  return (
    <Modal
      title={t('leave')}
      open={open}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('save')}
      cancelText={t('words:cancel')}
      confirmLoading={leave.isPending}
      destroyOnHidden
    >
      {error ? <ErrorState error={error} /> : null}
      {!data && !error ? <LoadingState rows={4} /> : null}
      {data ? (
        <Form<Written>
          form={form}
          name="leaving"
          layout="vertical"
          requiredMark={false}
          initialValues={{ because: 'moved-out', day: dayjs(today) }}
          onFinish={save}
        >
          <Who members={data.members} />
          <Form.Item name="because" label={t('because')}>
            <Select options={REASONS.map((value) => ({ value, label: t(`reasons.${value}`) }))} />
          </Form.Item>
          <Form.Item
            name="day"
            label={t('day')}
            extra={t('dayHint')}
            rules={needed(t('dayNeeded'))}
          >
            <DatePicker maxDate={dayjs(today)} allowClear={false} />
          </Form.Item>
          <Form.Item
            name="source"
            label={t('source')}
            extra={t('sourceHint')}
            rules={[{ required: true, whitespace: true, min: 2, message: t('sourceNeeded') }]}
          >
            <Input maxLength={200} />
          </Form.Item>
          <Rest members={data.members} />
          <p role="alert" className="leave-problem">
            {leave.error ? problemText(leave.error) : null}
          </p>
        </Form>
      ) : null}
    </Modal>
  )
}

type Members = Composition['members']
const needed = (message: string) => [{ required: true, message }]
const choices = (members: Members) =>
  members.map(({ personId, name }) => ({ value: personId, label: name }))

function Who({ members }: { members: Members }) {
  const { t } = useTranslation('members')
  return (
    <Form.Item name="personId" label={t('who')} rules={needed(t('whoNeeded'))}>
      <Select options={choices(members)} />
    </Form.Item>
  )
}

/** What follows for those who stay, once it is said who leaves. */
function Rest({ members }: { members: Members }) {
  const who = Form.useWatch<number | undefined>('personId')
  if (who === undefined) return null
  return (
    <Following
      staying={members.filter(({ personId }) => personId !== who)}
      headLeaves={members.some(({ personId, relation }) => personId === who && relation === HEAD)}
      collector="offered"
    />
  )
}
