import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { ExportDialog } from './export-dialog.tsx'

interface Props {
  label: string
  /** As the server calls the list. */
  list: string
  /** As the address of the list has them. */
  filters: Record<string, string>
}

/** Takes a list of people along: what for, which columns, how many rows, and whether another person is asked. */
export function ExportButton({ label, list, filters }: Props) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button icon={<DownloadOutlined />} onClick={() => setOpen(true)}>
        {label}
      </Button>
      {open ? (
        <ExportDialog
          list={list}
          filters={new URLSearchParams(filters).toString()}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  )
}
