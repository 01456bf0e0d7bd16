import { settings } from '../server/src/platform/settings.ts'

/** docs/reference/config.md, from the settings the program reads. */
export function configReference(): string {
  const rows = settings.map(
    (setting) =>
      `| \`${setting.name}\` | ${setting.default} | ${setting.about}<br>${setting.关于} |`,
  )
  return `# Settings 设置

Given in the environment; every one may be left out. Generated from \`server/src/platform/settings.ts\`.

| name | default | meaning |
| --- | --- | --- |
${rows.join('\n')}
`
}
