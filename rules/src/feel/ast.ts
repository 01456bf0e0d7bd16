/**
 * FEEL as we read it: plain data made from the lezer tree. Every node keeps its place in the text
 * (`from`, `to` in UTF-16 units), so that whoever refuses it can point at it.
 */

export type Place = Readonly<{ from: number; to: number }>

export type ArithmeticOp = '+' | '-' | '*' | '/' | '**'
export type ComparisonOp = '=' | '!=' | '<' | '<=' | '>' | '>='
export type TemporalKind = '@' | 'date' | 'time' | 'date and time' | 'duration'

export type Binding = Place & Readonly<{ name: string; in: Expr }>
export type Argument = Readonly<{ name: string | null; value: Expr }>

export type Expr = Place &
  Readonly<
    | { kind: 'number'; text: string }
    | { kind: 'string'; value: string }
    | { kind: 'boolean'; value: boolean }
    | { kind: 'null' }
    | { kind: 'temporal'; ctor: TemporalKind; args: readonly Argument[] }
    | { kind: 'name'; name: string }
    /** `?` inside a unary test: the value tested. */
    | { kind: 'tested' }
    | { kind: 'path'; of: Expr; name: string; nameAt: Place }
    | { kind: 'filter'; of: Expr; where: Expr }
    | { kind: 'call'; fn: Expr; args: readonly Argument[] }
    | { kind: 'arithmetic'; op: ArithmeticOp; a: Expr; b: Expr }
    | { kind: 'negate'; a: Expr }
    | { kind: 'compare'; op: ComparisonOp; a: Expr; b: Expr }
    | { kind: 'between'; x: Expr; low: Expr; high: Expr }
    | { kind: 'in'; x: Expr; tests: readonly Expr[] }
    /** `< 5` standing alone, as in `x in (< 5, > 10)`. */
    | { kind: 'unary'; op: ComparisonOp; value: Expr }
    | { kind: 'interval'; low: Expr; high: Expr; lowOpen: boolean; highOpen: boolean }
    /** `1..3` after `in` of a `for`. */
    | { kind: 'span'; low: Expr; high: Expr }
    | { kind: 'and' | 'or'; a: Expr; b: Expr }
    | { kind: 'if'; test: Expr; then: Expr; else: Expr }
    | { kind: 'quantified'; which: 'some' | 'every'; bindings: readonly Binding[]; satisfies: Expr }
    | { kind: 'for'; bindings: readonly Binding[]; return: Expr }
    | { kind: 'list'; items: readonly Expr[] }
    | { kind: 'context'; entries: readonly Readonly<{ key: string; value: Expr }>[] }
    | {
        kind: 'function'
        parameters: readonly Readonly<{ name: string; type: string | null }>[]
        body: Expr
        external: boolean
      }
    | { kind: 'instance-of'; x: Expr; type: string }
  >

/** What is wrong at a place of one FEEL text, in words for a policy officer. */
export type FeelProblem = Place & Readonly<{ code: string; message: string }>
