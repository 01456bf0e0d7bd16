import { Radio } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instrument } from '../../api/views.ts'

interface ScaleItemsProps {
  instrument: Instrument
  given: readonly (number | null)[]
  onChange: (given: (number | null)[]) => void
}

/** Item by item: as the district states the wording, else the number of the item and the points of its options. */
export function ScaleItems({ instrument, given, onChange }: ScaleItemsProps) {
  return (
    <ol className="assess-items">
      {instrument.items.map((item, place) => (
        <ScaleItem
          key={`${instrument.id} ${item.id}`}
          name={item.id}
          text={instrument.text?.items[place]}
          points={item.points}
          value={given[place] ?? null}
          onChange={(value) => onChange(given.map((one, at) => (at === place ? value : one)))}
        />
      ))}
    </ol>
  )
}

interface ScaleItemProps {
  name: string
  text: { text: string; options: string[] } | undefined
  points: readonly number[]
  value: number | null
  onChange: (value: number) => void
}

/** Of scales that ask what somebody manages, what each item asks about; others are numbered. */
const ACTIVITIES = [
  'feeding',
  'bathing',
  'grooming',
  'dressing',
  'bowels',
  'bladder',
  'toilet',
  'transfer',
  'walking',
  'stairs',
  'phone',
  'shopping',
  'food',
  'housekeeping',
  'laundry',
  'transport',
  'medicine',
  'money',
] as const

function ScaleItem({ name, text, points, value, onChange }: ScaleItemProps) {
  const { t } = useTranslation('assessments')
  const label = useId()
  const activity = ACTIVITIES.find((one) => one === name)
  const bare = activity ? t(`scales.activity.${activity}`) : t('scales.item', { id: name })
  return (
    <li>
      <span id={label}>{text?.text ?? bare}</span>
      <Radio.Group
        aria-labelledby={label}
        name={label}
        value={value}
        onChange={({ target }) => onChange(target.value as number)}
        options={points.map((each, place) => ({
          value: place,
          label: text?.options[place] ?? t('scales.points', { points: each }),
        }))}
      />
    </li>
  )
}
