import { Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { LeavingForm } from '../../api/views.ts'
import { RELATIONS } from '../registering/relations.ts'

/** As a form holds it: who takes the place of a head who leaves. */
export interface Followed {
  head?: number | undefined
  collector?: number | undefined
  relations?: Record<string, string> | undefined
}

/** As the server takes it: relations are said only where there is a new head. */
export function followingOf({
  head,
  collector,
  relations = {},
}: Followed): NonNullable<LeavingForm['following']> {
  return {
    ...(head ? { head } : {}),
    ...(collector ? { collector } : {}),
    relations: Object.entries(head ? relations : {}).flatMap(([id, relation]) =>
      Number(id) === head ? [] : [{ personId: Number(id), relation }],
    ),
  }
}

interface Props {
  /** Who stays in the household. */
  staying: readonly { personId: number; name: string }[]
  headLeaves: boolean
  /** Whether somebody must be named who collects what is paid, may be, or need not be asked for. */
  collector: 'needed' | 'offered' | 'none'
}

/** A successor and everybody's relation to them where the head leaves; who collects what is paid from now on. */
export function Following({ staying, headLeaves, collector }: Props) {
  const { t } = useTranslation(['members', 'registering'])
  const successor = Form.useWatch<number | undefined>('head')
  if (staying.length === 0) return null
  const options = staying.map(({ personId, name }) => ({ value: personId, label: name }))
  const relations = RELATIONS.map((code) => ({
    value: code,
    label: t(`registering:relations.${code}`),
  }))
  const needed = (message: string) => [{ required: true, message }]
  return (
    <>
      {headLeaves ? (
        <Form.Item name="head" label={t('head')} rules={needed(t('headNeeded'))}>
          <Select options={options} />
        </Form.Item>
      ) : null}
      {headLeaves && successor !== undefined
        ? staying
            .filter(({ personId }) => personId !== successor)
            .map(({ personId, name }) => (
              <Form.Item
                key={personId}
                name={['relations', String(personId)]}
                label={t('relationOf', { name })}
                rules={needed(t('relationNeeded'))}
              >
                <Select options={relations} />
              </Form.Item>
            ))
        : null}
      {collector === 'none' ? null : (
        <Form.Item
          name="collector"
          label={t('collector')}
          {...(collector === 'needed'
            ? { rules: needed(t('collectorNeeded')) }
            : { extra: t('collectorHint') })}
        >
          <Select allowClear={collector === 'offered'} options={options} />
        </Form.Item>
      )}
    </>
  )
}
