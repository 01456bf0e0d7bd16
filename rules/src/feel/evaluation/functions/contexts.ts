import { refuse } from '../refusal.ts'
import { type Context, contextOf, isContext, isList, type List, type Value } from '../value.ts'
import { any, context, type Functions, list, takes, text } from './signature.ts'

/** Functions of contexts. */
export const contextFunctions: Functions = {
  'get value': [takes([context('m'), text('key')], (m, key) => m.entries.get(key) ?? null)],
  'get entries': [
    takes([context('m')], (m) =>
      [...m.entries].map(([key, value]) =>
        contextOf([
          ['key', key],
          ['value', value],
        ]),
      ),
    ),
  ],
  context: [takes([list('entries')], fromEntries)],
  'context put': [
    takes([context('context'), text('key'), any('value')], (into, key, value) =>
      put(into, [key], value),
    ),
    takes([context('context'), list('keys'), any('value')], put),
  ],
  'context merge': [takes([list('contexts')], merge)],
}

/** Null where an entry has no text for a key, has no value, or repeats a key. */
function fromEntries(entries: List): Value {
  const made = new Map<string, Value>()
  for (const entry of entries) {
    if (!isContext(entry)) return null
    const [key, value] = [entry.entries.get('key'), entry.entries.get('value')]
    if (typeof key !== 'string' || value === undefined || made.has(key)) return null
    made.set(key, value)
  }
  return contextOf(made)
}

/** Sets the entry that `keys` lead to, through contexts inside contexts. */
function put(into: Context, keys: List, value: Value): Value {
  const [key, ...rest] = keys
  if (typeof key !== 'string')
    return keys.length === 0 ? refuse('DMN 没有规定不带键的 context put') : null
  if (rest.length === 0) return contextOf([...into.entries, [key, value]])
  const inner = into.entries.get(key)
  if (inner === undefined || isList(inner)) return refuse('context put 不会补出中间的上下文')
  const changed = isContext(inner) ? put(inner, rest, value) : null
  return changed === null ? null : contextOf([...into.entries, [key, changed]])
}

function merge(contexts: List): Value {
  return contexts.every(isContext) ? contextOf(contexts.flatMap((one) => [...one.entries])) : null
}
