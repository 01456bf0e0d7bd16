import type { Path, Reporter } from './shape.ts'
import { parseFeel } from '../feel/parse.ts'

/** Names every expression may use, so that no fact, parameter or term may take them. */
const RESERVED = new Set([
  'on',
  '基准日',
  'members',
  '成员',
  'household',
  '家庭',
  'item',
  'status',
  'match',
  'sum',
  'count',
  'min',
  'max',
  'abs',
  'floor',
  'ceiling',
  'not',
  'date',
  'duration',
  'true',
  'false',
  'null',
])

/** Who uses a name, in words: 事实, 标准, 计算项. */
export type NameUse = Readonly<{ kind: 'fact' | 'parameter' | 'term'; id: string }>

const KIND_WORDS = { fact: '事实', parameter: '标准', term: '计算项' } as const

/** The one namespace of facts, parameters and terms: each is found by its id and by its name. */
export class Names {
  private readonly uses = new Map<string, NameUse>()
  private readonly broken = new Set<string>()

  /** Adds a name, or reports that it is illegal, reserved or taken. */
  add(name: string, use: NameUse, path: Path, report: Reporter): void {
    if (!isLegalName(name)) {
      report.add(
        path,
        'pack.illegal-name',
        `“${name}”不能作名称:不可含空格、全角符号或运算符,不可以数字开头`,
      )
      return
    }
    if (RESERVED.has(name)) {
      report.add(path, 'pack.reserved-name', `“${name}”是表达式的保留字,请换一个名称`)
      return
    }
    const taken = this.uses.get(name)
    if (taken && !(taken.kind === use.kind && taken.id === use.id)) {
      report.add(
        path,
        'pack.duplicate-name',
        `名称“${name}”重复:已经用于${KIND_WORDS[taken.kind]} ${taken.id}`,
      )
      return
    }
    this.uses.set(name, use)
  }

  /** Names that are declared, but so that nothing can be made of it: that has been said already. */
  addBroken(names: Iterable<string>): void {
    for (const name of names) if (!this.uses.has(name)) this.broken.add(name)
  }

  isBroken(name: string): boolean {
    return this.broken.has(name)
  }

  find(name: string): NameUse | undefined {
    return this.uses.get(name)
  }

  all(): Iterable<string> {
    return this.uses.keys()
  }
}

/** Whether FEEL reads the text as one name. */
function isLegalName(name: string): boolean {
  if (/\s/.test(name)) return false
  const parsed = parseFeel(name)
  return parsed.expr?.kind === 'name' && parsed.expr.name === name
}
