import type { FastifyReply, FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import type { Access } from './access.ts'
import type { App } from './app.ts'
import { classesIn, type Mask, maskOf, type Reading } from './masking.ts'

/** A file made of rows, with what is declared of a row. */
type Sheet<R> = Readonly<{
  row: TSchema
  rows: readonly R[]
  csv: (rows: readonly R[]) => string
  /** Whose classes it may hold; that of the route where left out. */
  right?: string
}>

declare module 'fastify' {
  interface FastifyReply {
    /** Sends rows as CSV, each masked as it would be in an answer. */
    sheet: <R>(sheet: Sheet<R> & Readonly<{ filename: string }>) => FastifyReply
    /** Rows as CSV, each masked as it would be in an answer, for {@link sendSheet}. */
    makeSheet: <R>(sheet: Sheet<R>) => string
    /** Sends a sheet that was made; no other text leaves as CSV. */
    sendSheet: (filename: string, made: string) => FastifyReply
  }
  interface FastifyContextConfig {
    /** By status: how the answers of this route are masked. Filled in when it is mounted. */
    masks?: Readonly<Record<string, Mask>>
  }
}

const sheets = new WeakMap<FastifyReply, string>()

/**
 * Masks every answer by the classes its schema declares, as the access matrix says for whoever asks. A route
 * whose answers declare a class that the matrix does not let its right show is refused when the server starts;
 * a CSV that was not made of rows by `reply.makeSheet` is refused when it is sent.
 */
export function maskAnswers(app: App, access: Access): void {
  app.addHook('onRoute', (route) => {
    const { may } = route.config ?? {}
    const responses = (route.schema?.response ?? {}) as Readonly<Record<string, TSchema>>
    const masks: Record<string, Mask> = {}
    for (const [status, schema] of Object.entries(responses)) {
      refuseUndeclared(route.url, classesIn(schema), may ? access.rights.get(may)?.shows : [])
      const mask = maskOf(schema)
      if (mask) masks[status] = mask
    }
    if (Object.keys(masks).length > 0) route.config = { ...route.config, masks }
  })
  app.addHook('preSerialization', async (request, reply, answer) => {
    const mask = request.routeOptions.config.masks?.[reply.statusCode]
    return mask ? mask(answer, readingOf(request, access)) : answer
  })
  app.decorateReply('makeSheet', function <
    R,
  >(this: FastifyReply, { row, rows, csv, right = this.request.routeOptions.config.may }: Sheet<R>) {
    const shows = right ? access.rights.get(right)?.shows : []
    refuseUndeclared(this.request.url, classesIn(row), shows)
    const mask = maskOf(row)
    const reading = readingOf(this.request, access)
    const made = csv(mask ? rows.map((one) => mask(one, reading) as R) : rows)
    sheets.set(this, made)
    return made
  })
  app.decorateReply('sendSheet', function (this: FastifyReply, filename: string, made: string) {
    return this.type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${filename}"`)
      .send(made)
  })
  app.decorateReply('sheet', function <
    R,
  >(this: FastifyReply, { filename, ...sheet }: Sheet<R> & Readonly<{ filename: string }>) {
    return this.sendSheet(filename, this.makeSheet(sheet))
  })
  app.addHook('onSend', async ({ url }, reply, payload) => {
    const isCsv = String(reply.getHeader('content-type') ?? '').startsWith('text/csv')
    if (isCsv && sheets.get(reply) !== payload)
      throw new Error(`${url} sends a sheet that nobody masked`)
    return payload
  })
}

function refuseUndeclared(
  url: string,
  classes: readonly string[],
  shows: readonly string[] = [],
): void {
  const more = classes.filter((one) => !shows.includes(one))
  if (more.length > 0)
    throw new Error(
      `${url} answers with ${more.join(', ')}, which the access matrix does not let it show`,
    )
}

/** What of somebody is shown to a caller, who may have said why they look. */
export function readingOf(
  { caller, reason }: Pick<FastifyRequest, 'caller' | 'reason'>,
  access: Access,
): Reading {
  const { role, duties, staffId } = caller
  const hasReason = reason !== undefined
  return {
    maskText: access.maskText,
    isClear: (fieldClass, { areaId, holderId }) => {
      const hasDuty = (areaId !== undefined && duties.includes(areaId)) || holderId === staffId
      return access.isClear(fieldClass, { role, hasDuty, hasReason })
    },
  }
}
