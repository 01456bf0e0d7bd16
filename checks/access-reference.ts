import { accessMatrix } from '../server/src/features/staff/access-matrix.ts'
import { type Rule, scopes } from '../server/src/features/staff/rule.ts'
import {
  type FieldClass,
  fieldClasses,
  gradeOf,
  grades,
} from '../server/src/features/staff/field-classes.ts'
import { capabilities, roles } from '../server/src/features/staff/staff.ts'
import { freshInstallation } from './fresh-installation.ts'

type Operation = Readonly<{ 'x-may'?: string; summary?: string }>

/** docs/reference/access.md: the access matrix as an auditor reads it. */
export async function accessReference(): Promise<string> {
  const asking = operationsByRight(JSON.parse((await freshInstallation()).api))
  return `# Access matrix 访问权限表

Generated from \`server/src/features/staff/access-matrix.ts\` and \`field-classes.ts\`, which the program itself
obeys ([decision 15](../decisions/0015-one-access-matrix.md)).

## 谁可以做什么

${Object.values(scopes)
  .map(({ name, en }) => `**${name}** ${en}`)
  .join(
    '；',
  )}；— 不可。多人、多户的操作逐个核对，有一个不在范围内即整件退回。不在范围内的与不存在的，答复相同。

${rightsTable()}

## 显示到什么程度

${Object.values(grades)
  .map(({ name, en }) => `**${name}** ${en}`)
  .join('；')}。

${classesTable()}

## 每个权限对应的接口

${Object.entries(accessMatrix)
  .flatMap(([resource, { actions }]) =>
    Object.keys(actions).map((action) => `${resource}.${action}`),
  )
  .map((right) => `- \`${right}\`: ${asking.get(right)?.join(', ') ?? '由其他接口在办理中核对'}`)
  .join('\n')}
- 无须登录: ${asking.get('')?.join(', ') ?? '无'}
`
}

const holders = { ...roles, ...capabilities }

function rightsTable(): string {
  const names = Object.values(holders).map(({ name }) => name)
  const rows = Object.entries(accessMatrix).flatMap(([resource, { name, actions }]) =>
    Object.entries(actions as Readonly<Record<string, Rule>>).map(([action, rule]) => [
      `${name} · ${rule.name}`,
      `\`${resource}.${action}\``,
      ...Object.keys(holders).map((holder) => {
        const scope = rule.by[holder as keyof typeof holders]
        return scope === undefined ? '—' : scopes[scope].name
      }),
      [
        rule.exports ? '导出文件' : '',
        rule.demandsReason ? '须先说明事由' : '',
        rule.within ? '办理中核对' : '',
      ]
        .filter(Boolean)
        .join('，'),
      (rule.shows ?? []).map((one) => fieldClasses[one].name).join('、'),
    ]),
  )
  return tableOf(['事项', '权限', ...names, '要求', '可含信息'], rows)
}

function classesTable(): string {
  const rows = Object.entries(fieldClasses).map(([id, { name }]) => [
    `${name} \`${id}\``,
    ...Object.keys(roles).map((role) => grades[gradeOf(role, id as FieldClass)].name),
  ])
  return tableOf(['信息类别', ...Object.values(roles).map(({ name }) => name)], rows)
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function operationsByRight(document: {
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const [path, item] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(item)) {
      const right = operation['x-may'] ?? ''
      found.set(right, [...(found.get(right) ?? []), `\`${method.toUpperCase()} ${path}\``])
    }
  return found
}
