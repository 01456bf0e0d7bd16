import { useTranslation } from 'react-i18next'
import { Chip } from '../../ui/chip.tsx'

const AGREEING = [
  'same-id-number',
  'like-id-number',
  'same-name',
  'same-sound',
  'same-shape',
  'same-birth-date',
  'like-birth-date',
  'same-phone',
  'same-address',
] as const
const MORE = ['one-unidentified', 'other-id-number', 'other-sex', 'far-birth-date'] as const

/** Why two records may be of one person; what speaks against it stands out. */
export function Reasons({ reasons }: { reasons: readonly string[] }) {
  const { t } = useTranslation(['duplicates', 'registering'])
  return (
    <span className="duplicate-reasons">
      {AGREEING.filter((one) => reasons.includes(one)).map((one) => (
        <Chip key={one}>{t(`registering:reason.${one}`)}</Chip>
      ))}
      {MORE.filter((one) => reasons.includes(one)).map((one) => (
        <Chip key={one} tone={one === 'one-unidentified' ? 'plain' : 'amber'}>
          {t(`reason.${one}`)}
        </Chip>
      ))}
    </span>
  )
}
