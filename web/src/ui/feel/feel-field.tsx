import FeelEditor, { type FeelVariable } from '@bpmn-io/feel-editor'
import { linter, setDiagnostics } from '@codemirror/lint'
import { useEffect, useRef } from 'react'
import { feelBuiltins } from './feel-builtins.ts'
import './feel-field.css'

/** What is wrong with one field, and from which of its characters on. */
export interface FieldTrouble {
  from: number
  message: string
}

interface FeelFieldProps {
  label: string
  value: string
  names: FeelVariable[]
  troubles: readonly FieldTrouble[]
  readOnly: boolean
  onChange: (value: string) => void
}

/** An expression with completion over what is declared, and what the check says under the words it means. */
export function FeelField({ label, value, names, troubles, readOnly, onChange }: FeelFieldProps) {
  const place = useRef<HTMLDivElement>(null)
  const editor = useRef<FeelEditor>(undefined)
  const change = useRef(onChange)
  change.current = onChange
  const found = useRef(troubles)
  const written = useRef(value)

  useEffect(() => {
    if (!place.current) return
    const made = new FeelEditor({
      container: place.current,
      value: written.current,
      readOnly,
      variables: names,
      builtins: feelBuiltins,
      contentAttributes: { 'aria-label': label },
      extensions: [linter((view) => marksIn(found.current, view.state.doc.length), { delay: 200 })],
      onChange: (text) => {
        written.current = text
        change.current(text)
      },
    })
    editor.current = made
    return () => made._cmEditor.destroy()
  }, [label, readOnly, names])

  useEffect(() => {
    if (value === written.current) return
    written.current = value
    editor.current?.setValue(value)
  }, [value])

  useEffect(() => {
    found.current = troubles
    const view = editor.current?._cmEditor
    view?.dispatch(setDiagnostics(view.state, marksIn(troubles, view.state.doc.length)))
  }, [troubles])

  return (
    <>
      <div ref={place} className="feel-field" />
      {troubles.map(({ message, from }) => (
        <p key={`${from} ${message}`} role="alert" className="feel-trouble small">
          {message}
        </p>
      ))}
    </>
  )
}

function marksIn(troubles: readonly FieldTrouble[], length: number) {
  return troubles.map(({ from, message }) => {
    // What is missing at the end is marked under the last character: behind it there is nothing to see.
    const start = Math.min(Math.max(from, 0), Math.max(0, length - 1))
    return { from: start, to: length, severity: 'error' as const, message }
  })
}
