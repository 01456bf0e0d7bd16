import type { Sheet } from '../../ui/xlsx.ts'

const [WIDTH, ROW, MARGIN, FIRST] = [1200, 26, 32, 320]

/** A sheet as a picture: the same words and figures as in the file, on white. */
export async function drawSheet(sheet: Sheet): Promise<Blob> {
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH * 2
  canvas.height = (sheet.length * ROW + MARGIN * 2) * 2
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('this browser draws nothing')
  pen.scale(2, 2)
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, WIDTH, canvas.height)
  const font = getComputedStyle(document.body).fontFamily
  sheet.forEach((row, i) =>
    drawRow(pen, row, { y: MARGIN + i * ROW + ROW / 2, font, isTitle: i === 0 }),
  )
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png')
  })
}

interface Line {
  y: number
  font: string
  isTitle: boolean
}

function drawRow(pen: CanvasRenderingContext2D, row: readonly string[], line: Line): void {
  pen.fillStyle = '#1f2a30'
  pen.textBaseline = 'middle'
  pen.font = line.isTitle ? `600 20px ${line.font}` : `14px ${line.font}`
  const column = (WIDTH - MARGIN * 2 - FIRST) / Math.max(1, row.length - 1)
  row.forEach((text, i) => {
    pen.textAlign = i === 0 ? 'left' : 'right'
    const width = i === 0 ? (row.length === 1 ? WIDTH - MARGIN * 2 : FIRST) : column - 8
    pen.fillText(text, i === 0 ? MARGIN : MARGIN + FIRST + column * i, line.y, width)
  })
  if (row.length < 2) return
  pen.fillStyle = '#dfe5e7'
  pen.fillRect(MARGIN, line.y + ROW / 2, WIDTH - MARGIN * 2, 1)
}
