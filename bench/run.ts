/**
 * `npm run bench`: every question asked of performance, in one run on one machine, written to
 * bench/results.md. `npm run bench -- workload peers` asks only those parts. Times are of that
 * machine; what to compare are the ratios.
 */
import { benchDeliveries } from './deliveries.ts'
import { benchDistrict } from './district.ts'
import { benchExplaining } from './explaining.ts'
import { benchFeel } from './feel.ts'
import { benchLab } from './lab.ts'
import { benchMatching } from './matching.ts'
import type { Finding } from './measure.ts'
import { benchPeers } from './peers.ts'
import { machineNote, putSection, sectionOf } from './results-file.ts'
import { benchSql } from './sql.ts'
import { benchWorkload } from './workload.ts'

const parts: Readonly<Record<string, () => Promise<Finding[]>>> = {
  workload: benchWorkload,
  peers: benchPeers,
  sql: benchSql,
  explaining: benchExplaining,
  feel: benchFeel,
  matching: async () => [
    ...(await benchMatching(20_000, 3000)),
    ...(await benchMatching(100_000, 10_000)),
  ],
  district: () => benchDistrict(1_271_424),
  deliveries: () => benchDeliveries(1_040_000),
  lab: () => benchLab(100_000),
}

const asked = process.argv.slice(2)
const unknown = asked.filter((part) => !(part in parts))
if (unknown.length > 0) {
  console.error(`No part is called ${unknown.join(', ')}. Parts: ${Object.keys(parts).join(', ')}.`)
  process.exit(2)
}
let holds = true
for (const [part, bench] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(part)) continue
  const machine = machineNote()
  const findings = await bench()
  if (findings.length === 0) continue
  const section = sectionOf(part, machine, findings)
  putSection(new URL('./results.md', import.meta.url), part, section)
  console.log(section)
  holds &&= findings.every((finding) => finding.holds)
}
process.exit(holds ? 0 : 1)
