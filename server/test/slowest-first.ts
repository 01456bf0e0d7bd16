import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Files that take long; begun last, one of them would run on while every other core is idle. Those with
 * limits of time begin when the browser, which alone asks for more than one core, is done.
 */
const slow = [
  'console.browser.test.ts',
  'mutation.test.ts',
  'drafts/releases.test.ts',
  'drafts/workflow.test.ts',
  'replay.test.ts',
  'shards.test.ts',
  'lab-district.test.ts',
  'census.test.ts',
  'load-delivery.test.ts',
  'figures.test.ts',
  'start-and-stop.test.ts',
  'killed-while-starting.test.ts',
  'database-url.test.ts',
  'refusals.test.ts',
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
