import { describe, expect, test } from 'vitest'
import { carriedIn, releaseFiles } from './three-way.ts'

const lines = (...words: string[]) => `${words.join('\n')}\n`
const base = {
  'pack.yaml': lines('id: qingpu', 'version: "1.0"', 'a: 1'),
  'programmes/a.yaml': lines('a', 'b', 'c', 'd', 'e'),
  'programmes/b.yaml': lines('a', 'b', 'c'),
  'programmes/c.yaml': lines('a', 'b', 'c'),
  'programmes/d.yaml': lines('a', 'b', 'c'),
}
const ours = {
  ...base,
  'pack.yaml': lines('id: qingpu', 'version: "1.0+3"', 'a: 1'),
  'programmes/a.yaml': lines('A', 'b', 'c', 'd', 'e'),
  'programmes/b.yaml': lines('a', 'ours', 'c'),
  'programmes/c.yaml': lines('a', 'ours', 'c'),
  'programmes/local.yaml': lines('ours'),
}
const theirs = {
  ...base,
  'pack.yaml': lines('id: qingpu', 'version: "2.0"', 'a: 1'),
  'programmes/a.yaml': lines('a', 'b', 'c', 'd', 'E'),
  'programmes/b.yaml': lines('a', 'theirs', 'c'),
  'programmes/d.yaml': lines('a', 'b', 'c', 'theirs'),
  'programmes/new.yaml': lines('theirs'),
}

describe('a release carried into what a district changed', () => {
  test('keeps both sides where they can stand together, and names the files where not', () => {
    expect(carriedIn({ base, ours, theirs })).toEqual({
      files: {
        'programmes/a.yaml': lines('A', 'b', 'c', 'd', 'E'),
        'programmes/d.yaml': lines('a', 'b', 'c', 'theirs'),
        'programmes/new.yaml': lines('theirs'),
      },
      undecided: ['programmes/b.yaml'],
    })
  })

  test('takes a programme out that it removed, unless the district changed it', () => {
    const { 'programmes/d.yaml': _gone, ...without } = base
    expect(carriedIn({ base, ours: base, theirs: without }).files).toEqual({
      'programmes/d.yaml': '',
    })
    const changed = { ...base, 'programmes/d.yaml': lines('a', 'ours', 'c') }
    expect(carriedIn({ base, ours: changed, theirs: without }).undecided).toEqual([
      'programmes/d.yaml',
    ])
  })

  test('that is in force already but for its version brings nothing', () => {
    const same = { ...ours, 'pack.yaml': theirs['pack.yaml'] }
    expect(carriedIn({ base, ours, theirs: same })).toEqual({ files: {}, undecided: [] })
  })

  test('shows file by file what either side did since the release before', () => {
    const fates = releaseFiles({ base, ours, theirs }).map(({ path, fate }) => `${path} ${fate}`)
    expect(fates).toEqual([
      'programmes/a.yaml merged',
      'programmes/b.yaml conflict',
      'programmes/c.yaml ours',
      'programmes/d.yaml theirs',
      'programmes/local.yaml ours',
      'programmes/new.yaml theirs',
    ])
    const clash = releaseFiles({ base, ours, theirs }).find(({ fate }) => fate === 'conflict')
    expect(clash?.ours).toContainEqual({ kind: 'new', text: 'ours' })
    expect(clash?.theirs).toContainEqual({ kind: 'new', text: 'theirs' })
  })
})
