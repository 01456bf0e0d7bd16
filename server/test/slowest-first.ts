import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take long; begun last, one of them would run on while every other core is idle. */
const slow = [
  'console.browser.test.ts',
  'replay.test.ts',
  'drafts/workflow.test.ts',
  'shards.test.ts',
  'drafts/releases.test.ts',
  'census.test.ts',
  'lab-district.test.ts',
  'load-delivery.test.ts',
  'agreement.test.ts',
  'figures.test.ts',
  'purpose.test.ts',
  'rules/test/columns.test.ts',
]

/** Those with limits of time: they begin when the browser, which alone asks for more than one core, is done. */
const timed = [
  'start-and-stop.test.ts',
  'killed-while-starting.test.ts',
  'refusals.test.ts',
  'database-url.test.ts',
  'awaiting-release.test.ts',
  'backup.test.ts',
  'crash.test.ts',
]

/** Begins with the longest, so that cores end together. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const place = ({ moduleId }: TestSpecification) => {
      const isIt = (name: string) => moduleId.endsWith(name)
      const [first, last] = [slow.findIndex(isIt), timed.findIndex(isIt)]
      if (first >= 0) return first
      return slow.length + 1 + last
    }
    return sorted.toSorted((one, other) => place(one) - place(other))
  }
}
