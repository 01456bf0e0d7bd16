import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import type { Finding } from './measure.ts'

/** The machine as it was when a part began: read ratios, not times, across machines. */
export function machineNote(): string {
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  const load = loadavg()[0] ?? 0
  return `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${gigabytes} GB, Node ${process.version}, load ${load.toFixed(2)} at the start`
}

/** One part of results.md: its heading, the machine, and a row for each finding. */
export function sectionOf(part: string, machine: string, findings: readonly Finding[]): string {
  const rows = findings.map(
    ({ question, value, limit, holds }) =>
      `| ${question} | ${value} | ${limit} | ${holds ? '' : 'no'} |`,
  )
  return `## ${part}

${machine}

| question | measured | limit | missed |
| --- | --- | --- | --- |
${rows.join('\n')}
`
}

/** Puts a part's section in the file; the sections of other parts stay as they are. */
export function putSection(file: URL, part: string, section: string): void {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const [, ...kept] = text.split(/^(?=## )/m)
  const sections = new Map(kept.map((one) => [/^## (.*)$/m.exec(one)?.[1] ?? '', one.trimEnd()]))
  sections.set(part, section.trimEnd())
  const head =
    '# Results\n\nWritten by `npm run bench`; how to read it stands in [README.md](README.md).\n'
  writeFileSync(file, `${[head.trimEnd(), ...sections.values()].join('\n\n')}\n`)
}
