import { readFileSync } from 'node:fs'
import { rootCertificates } from 'node:tls'
import { StartProblem } from '../../platform/start-problem.ts'

/**
 * Certificates trusted where files are fetched: those Node trusts, and the district's own.
 *
 * @param file PEM, as QIAO_DROP_CA names it
 * @returns undefined without a file: what Node trusts
 * @throws StartProblem where it holds no certificate
 */
export function authorities(file: string | undefined): readonly string[] | undefined {
  if (file === undefined) return undefined
  let text = ''
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    // Said below.
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----'))
    throw new StartProblem(
      `QIAO_DROP_CA is "${file}", which holds no certificates or cannot be read.`,
      'Name a PEM file that this account may read, or leave it out.',
    )
  return [...rootCertificates, text]
}
