import { useState } from 'react'
import { useSignInError } from './signin-error.ts'

/** One act at the door or on one's own account: whether it is under way, and what went wrong with it. */
export interface Attempt {
  busy: boolean
  /** In words, while the last one failed. */
  failure: string | null
  /** Tries; `onFailure` puts the form right for another try. */
  attempt: (work: () => Promise<unknown>, onFailure?: () => void) => Promise<void>
  forget: () => void
}

export function useAttempt(): Attempt {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const errorText = useSignInError()
  async function attempt(work: () => Promise<unknown>, onFailure?: () => void): Promise<void> {
    setBusy(true)
    setFailure(null)
    try {
      await work()
    } catch (error) {
      setFailure(error)
      onFailure?.()
    } finally {
      setBusy(false)
    }
  }
  return {
    busy,
    failure: failure ? errorText(failure) : null,
    attempt,
    forget: () => setFailure(null),
  }
}
