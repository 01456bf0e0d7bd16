import { useTranslation } from 'react-i18next'
import type { HouseholdClass } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'

/** The class of a household: what is urgent alone is red, and says so in a word. */
export function ClassChip({ value }: { value: HouseholdClass }) {
  const { t } = useTranslation('assessments')
  const name = t(`class.${value}`)
  if (value === 'urgent')
    return (
      <span className="chip assess-urgent">
        <span aria-hidden="true">!</span> {name}
      </span>
    )
  return <Chip tone={value === 'guarantee' ? 'bridge' : 'plain'}>{name}</Chip>
}
