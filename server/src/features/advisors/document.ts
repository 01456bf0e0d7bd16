import { buffer } from 'node:stream/consumers'
import type { FastifyReply } from 'fastify'
import QRCode from 'qrcode'
import { Type } from 'typebox'
import { chineseFont } from './font.ts'

/** Points in a millimetre. */
const mm = 72 / 25.4

/** What draws on one page; lengths in millimetres, from the upper left. */
export type Page = Readonly<{
  text: (
    words: string,
    at: Readonly<{
      x: number
      y: number
      width: number
      size: number
      colour?: string
      centre?: true
    }>,
  ) => void
  box: (
    at: Readonly<{
      x: number
      y: number
      width: number
      height: number
      colour: string
      line?: true
    }>,
  ) => void
  code: (address: string, at: Readonly<{ x: number; y: number; width: number }>) => void
}>

/** One page as PDF, with the letters it needs and no others. @param size width and height in millimetres */
export async function onePage(
  title: string,
  [width, height]: readonly [number, number],
  draw: (page: Page) => void,
): Promise<Buffer> {
  // Half a second to load, of which a start and all who print nothing need none.
  const { default: PDFDocument } = await import('pdfkit')
  const pdf = new PDFDocument({
    size: [width * mm, height * mm],
    margin: 0,
    lang: 'zh-CN',
    info: { Title: title, Creator: 'Qiao' },
  })
  pdf.font(chineseFont())
  const file = buffer(pdf)
  draw({
    text: (words, { x, y, width: wide, size, colour = '#1f2a30', centre }) =>
      pdf
        .fillColor(colour)
        .fontSize(size)
        .text(words, x * mm, y * mm, {
          width: wide * mm,
          align: centre ? 'center' : 'left',
        }),
    box: ({ x, y, width: wide, height: high, colour, line }) => {
      const box = pdf.rect(x * mm, y * mm, wide * mm, high * mm)
      if (line) box.lineWidth(0.5).stroke(colour)
      else box.fill(colour)
    },
    code: (address, { x, y, width: wide }) => {
      const { modules } = QRCode.create(address, { errorCorrectionLevel: 'M' })
      const side = (wide * mm) / modules.size
      pdf.fillColor('#000000')
      modules.data.forEach((dark, place) => {
        const [row, column] = [Math.floor(place / modules.size), place % modules.size]
        if (dark) pdf.rect(x * mm + column * side, y * mm + row * side, side, side)
      })
      pdf.fill()
    },
  })
  pdf.end()
  return file
}

export const pdfAnswer = {
  produces: ['application/pdf'],
  response: { 200: { content: { 'application/pdf': { schema: Type.String() } } } },
}

export function sendPdf(reply: FastifyReply, file: Buffer): FastifyReply {
  return reply.type('application/pdf').header('cache-control', 'no-store').send(file)
}
