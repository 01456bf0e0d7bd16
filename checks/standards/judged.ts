import { existsSync, readFileSync } from 'node:fs'
import type { FeelAnswer } from '../../rules/src/index.ts'

/** One expression of the conformance kit of DMN, with the value that it must have. */
export type KitCase = Readonly<{
  id: string
  folder: string
  expr: string
  inputs: Record<string, unknown>
  expected: unknown
}>

/** Unanswered: refused with a reason, or waiting for a name. */
export type KitVerdict = 'right' | 'wrong' | 'unanswered'

const kit = new URL('../../../shared/standards/dmn-tck-feel.json', import.meta.url)

/** All cases of the kit, which lies beside the project; null where it does not. */
export function kitCases(): readonly KitCase[] | null {
  return existsSync(kit) ? (JSON.parse(readFileSync(kit, 'utf8')) as KitCase[]) : null
}

/**
 * The kit gives each of these expressions to a decision declared to be of another type, which makes
 * its answer null. That is a matter of the decision; what the expression is by itself is not null.
 */
const judgedByDecision = '0082-feel-coercion'

/** @param answer days, times and durations written as `evaluateFeel` writes them */
export function judge({ folder, expected }: KitCase, answer: FeelAnswer): KitVerdict {
  if (!('value' in answer)) return 'unanswered'
  if (expected === null && folder === judgedByDecision) return 'unanswered'
  return isSame(answer.value, expected) ? 'right' : 'wrong'
}

/**
 * The kit writes a decision's result, not the expression's: a list of one may stand for its item,
 * a result without a declared type is text, and decimals are cut after 8 digits or more.
 */
function isSame(ours: unknown, theirs: unknown): boolean {
  if (typeof ours === 'number' && typeof theirs === 'number') return Math.abs(ours - theirs) < 1e-8
  if (typeof ours === 'boolean' && typeof theirs === 'string') return String(ours) === theirs
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    return ours.length === theirs.length && ours.every((one, i) => isSame(one, theirs[i]))
  }
  if (Array.isArray(ours)) return ours.length === 1 && theirs !== null && isSame(ours[0], theirs)
  if (isRecord(ours) && isRecord(theirs)) {
    const keys = Object.keys(ours)
    return (
      keys.length === Object.keys(theirs).length &&
      keys.every((key) => Object.hasOwn(theirs, key) && isSameEntry(key, ours[key], theirs[key]))
    )
  }
  return ours === theirs
}

/** Nothing has many ways to be written as a duration. */
function isSameEntry(key: string, ours: unknown, theirs: unknown): boolean {
  if (key !== '@duration' || typeof theirs !== 'string') return isSame(ours, theirs)
  const zero = { P0D: 'PT0S', P0Y: 'P0M' }[theirs]
  return ours === (zero ?? theirs)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
