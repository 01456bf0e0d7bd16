import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take minutes; begun last, one of them would run on while every other core is idle. */
const slow = [
  'console.browser.test.ts',
  'start-and-stop.test.ts',
  'mutation.test.ts',
  'replay.test.ts',
  'shards.test.ts',
  'workflow.test.ts',
  'killed-while-starting.test.ts',
  'database-url.test.ts',
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
