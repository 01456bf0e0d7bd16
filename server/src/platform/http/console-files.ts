import { existsSync } from 'node:fs'
import { join } from 'node:path'
import staticFiles from '@fastify/static'
import type { App } from './app.ts'

/**
 * Serves the built console: files with a hash in their name for a year, the page itself always
 * fresh, and the page for every address that only the console's router knows.
 *
 * Files are looked up when asked for, so that a console built anew under a running server is served
 * whole. Names that begin with a dot are the build's own.
 */
export async function serveConsole(app: App, folder: string): Promise<void> {
  await app.register(staticFiles, {
    root: folder,
    serve: false,
    dotfiles: 'ignore',
    setHeaders: (reply, path) => {
      const hashed = /[\\/]assets[\\/]/.test(path)
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.get('/*', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '/'
    if (path.startsWith('/api/')) return reply.callNotFound()
    if (/\.[a-z0-9]+$/i.test(path)) return reply.sendFile(path.slice(1))
    if (!existsSync(join(folder, 'index.html'))) return reply.callNotFound()
    return reply.sendFile('index.html')
  })
}
