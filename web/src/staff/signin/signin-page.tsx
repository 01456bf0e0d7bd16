import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { Awaits } from '../../api/session.tsx'
import { CodeStep } from './code-step.tsx'
import { Door } from './door.tsx'
import { EnrolmentStep } from './enrolment-step.tsx'
import { PasswordStep } from './password-step.tsx'

/** Account and password, then whatever the account awaits beside them. */
export function SignInPage() {
  const { to, step } = useSearch({ from: '/sign-in' })
  const navigate = useNavigate()
  const [awaits, setAwaits] = useState<Awaits | undefined>(
    step === 'code' || step === 'enrolment' ? step : undefined,
  )
  const goIn = () => void navigate({ to: to?.startsWith('/') && !to.startsWith('//') ? to : '/' })
  const again = () => setAwaits(undefined)
  return (
    <Door>
      {awaits === 'code' ? <CodeStep onIn={goIn} onAnew={again} /> : null}
      {awaits === 'enrolment' ? <EnrolmentStep onIn={goIn} onAnew={again} /> : null}
      {awaits ? null : <PasswordStep onIn={goIn} onAwaits={setAwaits} />}
    </Door>
  )
}
