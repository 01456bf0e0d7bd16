import { useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import './password-meter.css'

interface PasswordMeterProps {
  password: string
  whose: Readonly<{ username: string; name: string }>
}

const GRADES = ['weak', 'enough', 'strong'] as const

/** How easily a chosen password is guessed, and by what. It only tells: the server decides. */
export function PasswordMeter({ password, whose }: PasswordMeterProps) {
  const { t } = useTranslation('account')
  const typed = useDeferredValue(password)
  // The lists are 0.4 MB: they come when somebody begins to choose. Without them there is no meter, and nothing stops.
  const { data: strength } = useQuery({
    queryKey: ['password-lists'],
    queryFn: () => import('./strength.ts'),
    enabled: typed !== '',
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  })
  if (!strength || typed === '') return null
  const { grade, why, missing } = strength.measure(typed, whose)
  const said = why ? t(`strength.why.${why}`, { count: missing }) : t(`strength.${grade}`)
  const level = GRADES.indexOf(grade) + 1
  return (
    <div className={`password-meter password-meter-${grade}`}>
      <div
        role="meter"
        aria-label={t('strength.label')}
        aria-valuemin={0}
        aria-valuemax={GRADES.length}
        aria-valuenow={level}
        aria-valuetext={said}
        className="password-meter-bar"
      >
        {GRADES.map((one, at) => (
          <span key={one} className={at < level ? 'password-meter-full' : undefined} />
        ))}
      </div>
      <p role="status">{said}</p>
    </div>
  )
}
