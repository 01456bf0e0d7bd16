import { Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { MergeForm, MergePlan } from '../../api/views.ts'
import { RELATIONS } from '../registering/relations.ts'

export interface Followed {
  head?: number
  collector?: number
  relations?: Record<string, string>
}

/** As the server takes it: relations are said only where there is a new head. */
export function followingOf({
  head,
  collector,
  relations = {},
}: Followed): NonNullable<MergeForm['following']> {
  return {
    ...(head ? { head } : {}),
    ...(collector ? { collector } : {}),
    relations: Object.entries(head ? relations : {}).flatMap(([id, relation]) =>
      Number(id) === head ? [] : [{ personId: Number(id), relation }],
    ),
  }
}

/** The other record leaves its household: who takes its place there. */
export function MergeLeaving({ leaving }: { leaving: NonNullable<MergePlan['leaving']> }) {
  const { t } = useTranslation(['duplicates', 'members', 'registering'])
  const successor = Form.useWatch<number | undefined>('head')
  const { members, headLeaves, collectorWanted } = leaving
  if (members.length === 0) return <p className="merge-about">{t('merge.leavesEmpty')}</p>
  const options = members.map(({ personId, name }) => ({ value: personId, label: name }))
  const relations = RELATIONS.map((code) => ({
    value: code,
    label: t(`registering:relations.${code}`),
  }))
  return (
    <>
      <p className="merge-about">{t('merge.leaves')}</p>
      {headLeaves ? (
        <Form.Item
          name="head"
          label={t('members:head')}
          rules={[{ required: true, message: t('members:headNeeded') }]}
        >
          <Select options={options} />
        </Form.Item>
      ) : null}
      {headLeaves && successor !== undefined
        ? members
            .filter(({ personId }) => personId !== successor)
            .map(({ personId, name }) => (
              <Form.Item
                key={personId}
                name={['relations', String(personId)]}
                label={t('members:relationOf', { name })}
                rules={[{ required: true, message: t('members:relationNeeded') }]}
              >
                <Select options={relations} />
              </Form.Item>
            ))
        : null}
      {collectorWanted ? (
        <Form.Item
          name="collector"
          label={t('members:collector')}
          rules={[{ required: true, message: t('merge.collectorNeeded') }]}
        >
          <Select options={options} />
        </Form.Item>
      ) : null}
    </>
  )
}
