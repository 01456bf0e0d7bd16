import { hash } from 'node:crypto'

/** The SM3 digest (GB/T 32905), 32 bytes, as the OpenSSL of Node computes it. */
export function sm3(bytes: Uint8Array | string): Buffer {
  return hash('sm3', bytes, 'buffer')
}
