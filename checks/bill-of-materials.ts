import { type RunningPackage, runningPackages } from './running-packages.ts'

/**
 * docs/reference/bill-of-materials.json: what runs with Qiao, for the tools that look for known weaknesses.
 * CycloneDX 1.6 (ECMA-424), JSON. It has no serial number and no hour of making: the same packages are the same text.
 */
export function billOfMaterials(root: string): string {
  const bill = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': 'qiao', name: 'qiao' } },
    components: runningPackages(root).map(component),
  }
  return `${JSON.stringify(bill, null, 2)}\n`
}

function component({ name, version, licence, integrity }: RunningPackage) {
  // purl-spec, type npm: a scope's @ is percent-encoded.
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`
  const [algorithm = '', hash = ''] = integrity.split('-', 2)
  return {
    type: 'library',
    'bom-ref': purl,
    name,
    version,
    purl,
    hashes: [
      {
        alg: algorithm.replace('sha', 'SHA-'),
        content: Buffer.from(hash, 'base64').toString('hex'),
      },
    ],
    licenses: licence === 'see package' ? [] : [{ expression: licence }],
  }
}
