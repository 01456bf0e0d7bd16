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

/** Begins with the longest, so that cores end together. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const place = ({ moduleId }: TestSpecification) => {
      const found = slow.findIndex((name) => moduleId.endsWith(name))
      return found < 0 ? slow.length : found
    }
    return sorted.toSorted((one, other) => place(one) - place(other))
  }
}
