import type { Middleware } from 'openapi-fetch'

const stated = new Map<string, string>()

/** From now on every request at this address and beneath says why; until the page is loaded anew. */
export function stateReason(address: string, reason: string): void {
  stated.set(address, reason)
}

/** Percent-encoded, since a header holds no Chinese. */
export const sayWhy: Middleware = {
  onRequest({ request }) {
    const { pathname } = new URL(request.url)
    for (const [address, reason] of stated)
      if (pathname === address || pathname.startsWith(`${address}/`))
        request.headers.set('x-qiao-reason', encodeURIComponent(reason))
  },
}
