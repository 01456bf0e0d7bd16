import type { TSchema } from 'typebox'

/**
 * The class of a field: a word, or what a property beside it says. `{ of: 'sensitivity' }` is the value
 * of that property; `{ of: 'clinical', as: { true: 'clinical' }, otherwise: 'plain' }` a translation of it.
 */
export type DeclaredClass =
  | string
  | Readonly<{ of: string; as?: Readonly<Record<string, string>>; otherwise?: string }>

/** Declares of what class a property of an answer is, so that it leaves only for whom the matrix says. */
export function classed<T extends TSchema>(schema: T, fieldClass: DeclaredClass): T {
  const kept = Object.getOwnPropertyDescriptors(schema)
  const stated = { 'x-class': { value: fieldClass, enumerable: true } }
  return Object.create(Object.getPrototypeOf(schema) as object, { ...kept, ...stated }) as T
}

/** Whom a row is about: the committee it names, and who follows it. */
type Place = Readonly<{ areaId?: string; holderId?: string }>

export type Reading = Readonly<{
  isClear: (fieldClass: string, place: Place) => boolean
  maskText: (fieldClass: string, text: string) => string
}>

type Json = Readonly<Record<string, unknown>>
type Seen = Readonly<{ place: Place; beside: Json }>
export type Mask = (value: unknown, reading: Reading, seen?: Seen) => unknown

/** In the place of a property that is left out. */
const absent = Symbol('left out')
const nowhere: Seen = { place: {}, beside: {} }

/**
 * Masks an answer by the classes that its schema declares; `undefined` for a schema without any.
 *
 * @throws Error for a class at a place that could be neither emptied nor left out
 */
export function maskOf(schema: TSchema, isOptional = false): Mask | undefined {
  const { 'x-class': declared } = schema as { 'x-class'?: DeclaredClass }
  const inner = innerMask(schema)
  if (declared === undefined) return inner
  const empty = emptyOf(schema, isOptional)
  return (value, reading, { place, beside } = nowhere) => {
    if (value === undefined || value === null) return value
    const fieldClass = classIn(declared, beside)
    if (reading.isClear(fieldClass, place))
      return inner ? inner(value, reading, { place, beside }) : value
    return typeof value === 'string' ? reading.maskText(fieldClass, value) : empty
  }
}

function classIn(declared: DeclaredClass, beside: Json): string {
  if (typeof declared === 'string') return declared
  const said = String(beside[declared.of])
  return declared.as?.[said] ?? declared.otherwise ?? said
}

function innerMask(schema: TSchema): Mask | undefined {
  const { properties, items, anyOf, patternProperties } = schema as Parts
  if (properties) return objectMask(schema as Parts)
  if (items) {
    const one = maskOf(items)
    return one && ((value, ...rest) => (value as unknown[]).map((each) => one(each, ...rest)))
  }
  const inside = [...(anyOf ?? []), ...Object.values(patternProperties ?? {})].map((one) =>
    maskOf(one),
  )
  const found = inside.filter((one) => one !== undefined)
  if (found.length === 0) return undefined
  // Null is let through before; what else there is must be of one shape to be known.
  if (patternProperties || found.length > 1 || inside.length > 2)
    throw new Error('a class of a field stands where shapes differ or names are open')
  return found[0]
}

type Parts = TSchema & {
  properties?: Readonly<Record<string, TSchema>>
  required?: readonly string[]
  items?: TSchema
  anyOf?: readonly TSchema[]
  patternProperties?: Readonly<Record<string, TSchema>>
}

function objectMask({ properties = {}, required = [] }: Parts): Mask | undefined {
  const masks = Object.entries(properties).flatMap(([key, schema]) => {
    const mask = maskOf(schema, !required.includes(key))
    return mask ? [[key, mask] as const] : []
  })
  if (masks.length === 0) return undefined
  return (value, reading, seen = nowhere) => {
    if (typeof value !== 'object' || value === null) return value
    const beside = value as Json
    const here = { place: placeOf(beside, seen.place), beside }
    const masked: Record<string, unknown> = { ...beside }
    for (const [key, mask] of masks) {
      const shown = mask(beside[key], reading, here)
      if (shown === absent) delete masked[key]
      else masked[key] = shown
    }
    return masked
  }
}

/** A row that names an `area` is of that area; one with an `assignee` is in their hands. */
function placeOf({ area, assignee }: Json, outer: Place): Place {
  const [areaId, holderId] = [idOf(area), idOf(assignee)]
  if (areaId === undefined && holderId === undefined) return outer
  return {
    ...outer,
    ...(areaId === undefined ? {} : { areaId }),
    ...(holderId === undefined ? {} : { holderId }),
  }
}

function idOf(value: unknown): string | undefined {
  const id = typeof value === 'object' && value !== null ? (value as Json)['id'] : undefined
  return typeof id === 'string' ? id : undefined
}

/** What stands for a value that is no text. */
function emptyOf(schema: TSchema, isOptional: boolean): unknown {
  const { type, anyOf = [] } = schema as Parts & { type?: string }
  if (isOptional) return absent
  if (anyOf.some((one) => (one as { type?: string }).type === 'null')) return null
  if (type === 'array') return []
  if (type === 'string') return ''
  throw new Error('a class of a field stands where nothing could stand instead')
}

/** Every class that a schema may declare, with those that a property beside it may say. */
export function classesIn(
  schema: TSchema,
  beside: Readonly<Record<string, TSchema>> = {},
): string[] {
  const { properties, items, anyOf = [] } = schema as Parts
  const { 'x-class': declared } = schema as { 'x-class'?: DeclaredClass }
  return [
    ...(declared === undefined ? [] : saidBy(declared, beside)),
    ...Object.values(properties ?? {}).flatMap((one) => classesIn(one, properties)),
    ...(items ? classesIn(items) : []),
    ...anyOf.flatMap((one) => classesIn(one)),
  ]
}

function saidBy(declared: DeclaredClass, beside: Readonly<Record<string, TSchema>>): string[] {
  if (typeof declared === 'string') return [declared]
  const translated = Object.values(declared.as ?? {})
  if (declared.otherwise !== undefined) return [...translated, declared.otherwise]
  const { anyOf = [] } = (beside[declared.of] ?? {}) as Parts
  const literals = anyOf.map((one) => (one as { const?: unknown }).const)
  if (literals.length === 0) throw new Error(`no property ${declared.of} says the class of a field`)
  return [...translated, ...literals.map(String)]
}
