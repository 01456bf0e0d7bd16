import { Form, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Duplicate, MergePlan } from '../../api/views.ts'
import { Day } from '../../ui/day.tsx'

type Choice = 'kept' | 'merged'
const FIELDS = ['name', 'idNumber', 'phone'] as const

/** As a form holds it: whose word stands, where both say something. */
export interface Chosen {
  fields?: Partial<Record<(typeof FIELDS)[number], Choice>>
  facts?: Record<string, Choice>
}

/** What both say in different words; the one proposed is chosen already. */
export function MergeDiffering({ pair, plan }: { pair: Duplicate; plan: MergePlan }) {
  const { t } = useTranslation('duplicates')
  const [kept, merged] =
    plan.keep === 'first' ? [pair.first, pair.second] : [pair.second, pair.first]
  const fields = FIELDS.filter(
    (field) => kept[field] && merged[field] && kept[field] !== merged[field],
  )
  if (fields.length + plan.differing.length === 0)
    return <p className="merge-about muted">{t('merge.nothingDiffers')}</p>
  return (
    <fieldset className="merge-differing">
      <legend>{t('merge.differing')}</legend>
      {fields.map((field) => (
        <Either
          key={field}
          name={['fields', field]}
          label={t(`field.${field}`)}
          proposed="kept"
          words={{ kept: kept[field] ?? '', merged: merged[field] ?? '' }}
        />
      ))}
      {plan.differing.map((one) => (
        <Either
          key={one.fact}
          name={['facts', one.fact]}
          label={one.name}
          proposed={one.proposed}
          words={{ kept: one.kept.valueText, merged: one.merged.valueText }}
          from={{ kept: one.kept, merged: one.merged }}
        />
      ))}
    </fieldset>
  )
}

type Said = MergePlan['differing'][number]['kept']

function Either({
  name,
  label,
  proposed,
  words,
  from,
}: {
  name: string[]
  label: string
  proposed: Choice
  words: { [C in Choice]: string }
  from?: { [C in Choice]: Said }
}) {
  return (
    <Form.Item name={name} label={label} initialValue={proposed}>
      <Radio.Group
        options={(['kept', 'merged'] as const).map((value) => ({
          value,
          label: (
            <span>
              {words[value]}
              {from ? (
                <span className="muted small">
                  {' '}
                  {from[value].source} <Day day={from[value].verifiedOn} />
                </span>
              ) : null}
            </span>
          ),
        }))}
      />
    </Form.Item>
  )
}
