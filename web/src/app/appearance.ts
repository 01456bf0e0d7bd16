import { useSyncExternalStore } from 'react'

export type Appearance = 'light' | 'dark'
export type AppearanceChoice = Appearance | 'system'

const KEY = 'qiao.appearance'
const dark = window.matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()

function storedChoice(): AppearanceChoice {
  const stored = localStorage.getItem(KEY)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

let choice = storedChoice()

function appearance(): Appearance {
  if (choice !== 'system') return choice
  return dark.matches ? 'dark' : 'light'
}

function show(): void {
  document.documentElement.dataset['appearance'] = appearance()
  for (const listener of listeners) listener()
}

dark.addEventListener('change', show)
document.documentElement.dataset['appearance'] = appearance()

/** Remembers the reader's choice on this machine and shows it at once. */
export function chooseAppearance(next: AppearanceChoice): void {
  choice = next
  localStorage.setItem(KEY, next)
  show()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useAppearance(): Appearance {
  return useSyncExternalStore(subscribe, appearance)
}

export function useAppearanceChoice(): AppearanceChoice {
  return useSyncExternalStore(subscribe, () => choice)
}
