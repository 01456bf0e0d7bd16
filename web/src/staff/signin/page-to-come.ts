const KEY = 'qiao.to'

/** Keeps which page was asked for while the browser is away at the district's sign-on. */
export function rememberPage(to: string | undefined): void {
  if (to) sessionStorage.setItem(KEY, to)
  else sessionStorage.removeItem(KEY)
}

/** The page that was asked for, once. */
export function takePage(): string | undefined {
  const to = sessionStorage.getItem(KEY) ?? undefined
  sessionStorage.removeItem(KEY)
  return to
}
