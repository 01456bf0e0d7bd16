import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import 'antd/dist/antd.css'
import './tokens.css'
import { startLanguages } from '../messages/languages.ts'
import { Providers } from './providers.tsx'

startLanguages()

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Providers />
    </StrictMode>,
  )
}
