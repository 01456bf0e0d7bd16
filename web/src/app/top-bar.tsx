import { LanguageSwitch } from '../ui/language-switch.tsx'
import { AccountMenu } from './account-menu.tsx'
import { AreaSwitch } from './area-switch.tsx'
import { SearchBox } from './search-box.tsx'
import './top-bar.css'

export function TopBar() {
  return (
    <header className="top-bar">
      <AreaSwitch />
      <SearchBox />
      <div className="top-bar-end">
        <LanguageSwitch />
        <AccountMenu />
      </div>
    </header>
  )
}
