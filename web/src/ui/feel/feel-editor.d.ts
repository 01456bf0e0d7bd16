/** The package brings no types of its own; these are of what is used here. */
declare module '@bpmn-io/feel-editor' {
  import type { forceLinting, linter } from '@codemirror/lint'

  export interface FeelVariable {
    name: string
    detail?: string
    info?: string
    type?: string
    params?: { name: string; type?: string }[]
  }

  export default class FeelEditor {
    constructor(config: {
      container: HTMLElement
      value: string
      readOnly?: boolean
      variables: FeelVariable[]
      builtins: FeelVariable[]
      extensions: ReturnType<typeof linter>[]
      contentAttributes: Record<string, string>
      onChange: (value: string) => void
    })
    readonly _cmEditor: Parameters<typeof forceLinting>[0] & { destroy: () => void }
    setValue(value: string): void
    setVariables(variables: FeelVariable[]): void
  }
}
