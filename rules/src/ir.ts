/**
 * The intermediate form that every evaluator reads: a typed graph over exact integers.
 *
 * VALUES. Every node has, for one row (the day, a household or a person), an abstract value
 * `{lo, hi, nul}`, sound for every way the unknown facts can turn out:
 * - number, date, code: the closed interval [lo, hi] of what it can be. Numbers are integers at the
 *   node's static `scale` (decimal digits: scale 2 of yuan = fen). Dates are day numbers since
 *   1970-01-01. Codes are indices into the fact's `codes`; joins are hulls. Open ends are ±Infinity
 *   (0 · ∞ is 0). `nul` is 0 (never null), 1 (may be null) or 2 (surely null; lo = ∞, hi = -∞).
 * - boolean: `lo` is a mask of what it can be, {@link TRUE} | {@link FALSE} | {@link NULL}.
 * Unknown is never null: an unknown fact has its declared range, and nul = 1 only if it is nullable.
 *
 * ORDER. `nodes[i].id === i`; operands have smaller ids, so one pass in id order evaluates all.
 * A `match` node has a greater id than every first-pass root of the target it reads
 * ({@link Target.ready} is the greatest of those). Second-pass roots come after all of them.
 *
 * ENTITY. `day` nodes depend on the day and the parameters only (the same for everyone),
 * `household` and `person` nodes on one row. Entities are left only by `project` (household value
 * for each member) and by the aggregates `count sum least greatest some every` (members →
 * household). An operator may take `day` operands together with operands of its own entity.
 *
 * ARITHMETIC is on integers, operands already aligned to one scale, so it is exact in float64:
 * readPack refuses a pack in which a magnitude could pass 2^53 with {@link MAX_MEMBERS} members.
 * There is no division but the one inside `floor`, `ceiling` and `round`.
 */

export const TRUE = 1
export const FALSE = 2
export const NULL = 4

/** A household has 1 to MAX_MEMBERS members; both evaluators rely on it. */
export const MAX_MEMBERS = 50

/** Facts and numbers with an open end are assumed below this when overflow is checked: 21 million yuan in fen. */
export const OPEN_END = 2_100_000_000

export type NodeId = number
export type Entity = 'day' | 'household' | 'person'
export type ValueType = 'number' | 'boolean' | 'code' | 'date'
export type CompareOp = '<' | '<=' | '>' | '>=' | '=' | '!='

export type Node = Readonly<{
  id: NodeId
  entity: Entity
  type: ValueType
  /** Decimal digits of a number; 0 for other types. */
  scale: number
  /** Can be null although every fact is known. Where false, `nul` is always 0 and needs no code. */
  nullable: boolean
  /** Static bounds of numbers and dates (integers at `scale`), open ends capped; 0 otherwise. */
  low: number
  high: number
  op: Op
}>

/** Operands named a, b, c are node ids; `of` is a list of them. */
export type Op =
  /** Number at the node's scale, day number, code index or boolean mask. */
  | { kind: 'literal'; value: number }
  /** The null literal, typed by its context. */
  | { kind: 'null' }
  /** The day asked about, `on`. Entity day. */
  | { kind: 'on' }
  /** Row of the day, as an integer at the node's scale; else its declared range. Entity day. */
  | { kind: 'parameter'; parameter: number }
  /** A fact of the row. Unknown = `facts[fact].range` (boolean: TRUE|FALSE), may be null if nullable. */
  | { kind: 'fact'; fact: number }
  /** The reading of `fact` if there is one, else the value of `a` clamped to the fact's range. */
  | { kind: 'derived'; fact: number; a: NodeId }
  /** status as it would stand if every match of this run were confirmed: b is surely TRUE → TRUE, else a. */
  | { kind: 'assumed'; a: NodeId; b: NodeId }
  /** First-pass verdict of a target: eligible TRUE, ineligible FALSE, unknown TRUE|FALSE. */
  | { kind: 'match'; target: number }
  // numbers; null if an operand is null
  | { kind: 'shift'; a: NodeId; factor: number } // a · factor, a positive power of ten
  | { kind: 'add' | 'sub' | 'mul'; a: NodeId; b: NodeId }
  | { kind: 'neg' | 'abs'; a: NodeId }
  | { kind: 'min' | 'max'; of: readonly NodeId[] }
  /** Whole number ⌊a / (b·unit)⌋ or ⌈…⌉; b (null = 1) is surely > 0; unit is a power of ten. */
  | { kind: 'floor' | 'ceiling'; a: NodeId; b: NodeId | null; unit: number }
  /** Amount in fen: (a·up) / (b·down), rounded; never below 0. See {@link Rounding}. */
  | { kind: 'round'; a: NodeId; b: NodeId | null; up: number; down: number; to: Rounding }
  // dates
  | { kind: 'age'; a: NodeId } // whole years from a to `on`; 29 February has its birthday on 1 March
  | { kind: 'add-months'; a: NodeId; months: number } // day clamped to the month's end
  | { kind: 'add-days'; a: NodeId; days: number }
  | { kind: 'date-part'; a: NodeId; part: 'year' | 'month' | 'day' }
  // choice: c surely TRUE → a; c never TRUE → b (null takes b); else the join of both
  | { kind: 'if'; c: NodeId; a: NodeId; b: NodeId }
  /** a without its null, used only where a guard (`x != null and …`) makes null irrelevant. If a is surely null: its static bounds. */
  | { kind: 'known'; a: NodeId }
  // booleans
  /** Numbers of one scale, or dates, or codes (codes only = and !=). `=`/`!=`: null = null is TRUE, null = x FALSE, never null. Order: null if one is null. */
  | { kind: 'compare'; compare: CompareOp; a: NodeId; b: NodeId }
  /** Code equals one of these indices (sorted); FALSE for null. */
  | { kind: 'code-in'; a: NodeId; codes: readonly number[] }
  /** Booleans equal; null = null TRUE, null = x FALSE; never null. */
  | { kind: 'same'; a: NodeId; b: NodeId }
  | { kind: 'is-null'; a: NodeId }
  /** TRUE → TRUE, FALSE and NULL → FALSE. */
  | { kind: 'is-true'; a: NodeId }
  /** FEEL: any FALSE → FALSE, else any NULL → NULL, else TRUE; `or` its mirror; lifted to masks. */
  | { kind: 'and' | 'or'; of: readonly NodeId[] }
  | { kind: 'not'; a: NodeId }
  // between entities
  | { kind: 'project'; a: NodeId }
  | { kind: 'count' } // members of the household, always known
  | { kind: 'sum'; a: NodeId } // of numbers; null if one is null
  /** Least/greatest over members for whom `where` is TRUE; null if there is none, or if one is null. */
  | { kind: 'least' | 'greatest'; a: NodeId; where: NodeId | null }
  | { kind: 'some' | 'every'; a: NodeId } // or/and over members

/**
 * fen: half up to the fen. yuan-up: up to the next whole yuan. yuan-half-up: half up to the yuan.
 * Exact on the integer quotient; a negative quotient gives 0 (a benefit is never negative).
 */
export type Rounding = 'fen' | 'yuan-up' | 'yuan-half-up'
export type Period = 'month' | 'year' | 'once' | 'event'

/** A fact as the evaluators need it; index = position in `Pack.facts`. */
export type LoweredFact = Readonly<{
  index: number
  id: string
  entity: 'household' | 'person'
  type: 'date' | 'money' | 'integer' | 'number' | 'boolean' | 'code'
  /** Digits of the integer form: money 2, number 2 unless declared (`decimals`), others 0. */
  scale: number
  /**
   * integer form = Math.round(cell · factor): a money cell is already fen (factor 1), a `number`
   * cell is the plain number (factor 10^scale), everything else factor 1.
   */
  factor: number
  /** Integer form of the declared range, inclusive, ±Infinity if open. code: [0, n-1]; boolean: unused. */
  range: { lo: number; hi: number }
  nullable: boolean
  codes: readonly string[]
  /** Fact this one can be derived from; unknown only if both are, and then asked as that one. */
  derivedFrom: number | null
  /** kind: status → the programme's id, else null. */
  statusOf: string | null
}>

/** One fact read, seen from a target: of the row itself, of its household, or of every member. */
export type FactRead = Readonly<{ fact: number; of: 'self' | 'household' | 'members' }>

/** What a root depends on, transitively (terms, derive, match and the conditions behind it). */
export type Reads = Readonly<{
  facts: readonly FactRead[]
  parameters: readonly number[]
  /** Indices of programmes read through match() and through status(). */
  matches: readonly number[]
  statuses: readonly number[]
}>

/** A numeric comparison, kept for value-against-line and near misses: left·rightDen OP right·leftDen. */
export type Measure = Readonly<{
  op: CompareOp
  left: NodeId
  leftDen: NodeId | null
  right: NodeId
  rightDen: NodeId | null
  /** Cross-multiplied, aligned sides: the operands of the `compare` node. */
  a: NodeId
  b: NodeId
  /** Which side is the line; the other is the value. */
  line: 'a' | 'b'
  /** The measured value and line are money (show in yuan). */
  money: boolean
  unit: string
  label: string
}>

/**
 * Outcome of a condition from its root's mask: bit by bit TRUE → met, FALSE → unmet,
 * NULL → `whenNull` (never occurs where whenNull is null). One outcome left → that verdict, more
 * than one → unknown. An unmet outcome of an unconfirmed condition becomes unknown with reason
 * condition-unconfirmed (also when met is still possible: then both reasons).
 */
export type Condition = Readonly<{
  id: string
  /** First pass: status() is the status fact. */
  root: NodeId
  /** Second pass (`assumed` statuses); equals root where no status is read. */
  pendingRoot: NodeId
  whenNull: 'met' | 'unmet' | 'unknown' | null
  /** false: known by recollection or low confidence only, so it can never exclude. */
  confirmed: boolean
  reads: Reads
  measure: Measure | null
}>

export type Amount =
  | Readonly<{ kind: 'computed'; node: NodeId; per: Period; reads: Reads }>
  | Readonly<{ kind: 'official' | 'none'; per: Period }>

export type Tier = Readonly<{
  id: string /** Indices into Target.conditions. */
  conditions: readonly number[]
  amount: Amount
}>

/**
 * The tiers of one programme that share a target; each gives one verdict per household or person.
 *
 * possible(tier): no base condition and none of its own is unmet. sure(tier): all are met.
 * Tiers in order, up to and including the first sure one, are the candidates (if possible).
 * Verdict: some tier sure → eligible; no tier possible → ineligible; else unknown.
 * Tier: reported if eligible and the only candidate. Amount: if ineligible none; else over the
 * candidates: all computed with one `per` → hull of the intervals (lo = hi: exact; hi = ∞: unknown; else range),
 * all official → official, all none → none, mixed → unknown.
 * Second pass: the same with pendingRoot. If the first verdict is not eligible and the second is,
 * the verdict becomes unknown with reason status-pending (match() still reads the first verdict).
 * Undecided conditions of the candidates (where the verdict is unknown, or there are several), and
 * their computed amount nodes with lo < hi when eligible, are where reasons and missing facts come from:
 * their reads that are unknown → missing-facts; parameters expired or missing → parameter-expired,
 * parameter-missing. `whenNull: unknown` met as the only outcome → reason null-unknown.
 * Near miss: final verdict ineligible and some tier has exactly one unmet condition among base
 * and its own, all others met, that one has a measure with op < <= > >= whose value v and line l
 * (Measure.a/b, by `line`) satisfy, for "v below line": (v.lo - l.hi) · 10 <= l.hi; for "v above
 * line": (l.lo - v.hi) · 10 <= l.lo; the line positive (l.hi > 0, l.lo > 0).
 */
export type Target = Readonly<{
  index: number
  programme: number
  entity: 'household' | 'person'
  conditions: readonly Condition[]
  /** Indices of conditions common to all tiers (excludes among them). */
  base: readonly number[]
  tiers: readonly Tier[]
  /** Greatest id among first-pass roots: the verdict can be formed once nodes 0..ready are done. */
  ready: NodeId
  /** Whether any pendingRoot differs from its root. */
  readsStatus: boolean
}>

/** Targets are in evaluation order: a match node reads only targets that stand before its own. */
export type Program = Readonly<{
  nodes: readonly Node[]
  facts: readonly LoweredFact[]
  targets: readonly Target[]
  /** Every numeric comparison by the id of its `compare` node; a condition's own is Condition.measure. */
  measures: ReadonlyMap<NodeId, Measure>
  /** Names for people: node id → term or parameter name. */
  names: ReadonlyMap<NodeId, string>
}>
