import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'

/** A real provider of OpenID Connect, and a browser that signs in there. */
export type SignOnProvider = Readonly<{
  issuer: string
  /** Goes where the console sends it, signs in as `login`; the query it comes back with. */
  visit: (address: string, login: string) => Promise<string>
  stop: () => Promise<void>
}>

/** @param callback the page that is registered there */
export async function startProvider(callback: string): Promise<SignOnProvider> {
  const issuer = `http://127.0.0.1:${await freePort()}`
  const file = join(import.meta.dirname, 'provider-process.ts')
  const child = spawn(process.execPath, [file, issuer, callback], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await once(child.stdout, 'data')
  const stop = async () => {
    child.kill()
    await once(child, 'exit')
  }
  return { issuer, stop, visit: (address, login) => visit(address, login, callback) }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}

/** Follows redirects and fills in the forms of the provider, with cookies, until it is sent back. */
async function visit(address: string, login: string, callback: string): Promise<string> {
  const cookies = new Map<string, string>()
  let [next, body]: [string, URLSearchParams | undefined] = [address, undefined]
  for (let step = 0; step < 12; step += 1) {
    if (next.startsWith(callback)) return new URL(next).search
    const answer = await fetch(next, {
      redirect: 'manual',
      method: body ? 'POST' : 'GET',
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      ...(body ? { body } : {}),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]?.split('=') ?? []
      cookies.set(name, value)
    }
    const to = answer.headers.get('location')
    if (to) {
      ;[next, body] = [new URL(to, next).href, undefined]
      continue
    }
    const page = await answer.text()
    const action = /action="([^"]+)"/.exec(page)?.[1]
    if (!action) throw new Error(`the provider answered ${answer.status}: ${page.slice(0, 200)}`)
    const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1] ?? ''
    ;[next, body] = [
      new URL(action, next).href,
      new URLSearchParams({ prompt, login, password: 'x' }),
    ]
  }
  throw new Error('the provider sends the browser round in circles')
}
