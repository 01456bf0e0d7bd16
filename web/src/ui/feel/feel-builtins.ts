import type { FeelVariable } from '@bpmn-io/feel-editor'

/** Functions that a policy may call, as docs/reference/feel.md lists them. */
const FUNCTIONS: Readonly<Record<string, readonly string[]>> = {
  abs: ['n'],
  floor: ['n'],
  ceiling: ['n'],
  count: ['list'],
  min: ['list'],
  max: ['list'],
  sum: ['list'],
  date: ['from'],
  duration: ['from'],
  not: ['negand'],
}

export const feelBuiltins: FeelVariable[] = Object.entries(FUNCTIONS).map(([name, params]) => ({
  name,
  type: 'function',
  params: params.map((param) => ({ name: param })),
}))
