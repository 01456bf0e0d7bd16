/**
 * `npm run bench`: every question asked of performance, in one run on one machine, written to
 * bench/results.md. Times are of that machine; what to compare are the ratios.
 */
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { benchExplaining } from './explaining.ts'
import { benchMatching } from './matching.ts'
import type { Finding } from './measure.ts'

const findings: Finding[] = [
  ...(await benchExplaining()),
  ...(await benchMatching(20_000, 3000)),
  ...(await benchMatching(100_000, 10_000)),
]
const rows = findings.map(
  ({ question, value, limit, holds }) =>
    `| ${question} | ${value} | ${limit} | ${holds ? '' : 'no'} |`,
)
const text = `# Results

Written by \`npm run bench\` on ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}.

| question | measured | limit | missed |
| --- | --- | --- | --- |
${rows.join('\n')}
`
writeFileSync(new URL('./results.md', import.meta.url), text)
console.log(text)
process.exit(findings.every(({ holds }) => holds) ? 0 : 1)
