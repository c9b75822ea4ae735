import {
  Masthead,
  MastheadBrand,
  MastheadContent,
  MastheadLogo,
  MastheadMain,
  MastheadToggle,
  PageToggleButton,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
} from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { Link, type LinkProps } from 'react-router'
import { PaletteButton } from '../command-palette/PaletteButton.tsx'
import { paths } from '../paths.ts'
import { Brand } from './Brand.tsx'
import { HelpMenu } from './HelpMenu.tsx'
import { LanguageMenu } from './LanguageMenu.tsx'
import { ProjectSelector } from './ProjectSelector.tsx'
import { ThemeMenu } from './ThemeMenu.tsx'
import { useIsClusterScoped } from './use-project.ts'
import { UserMenu } from './UserMenu.tsx'

const HomeLink = (props: Omit<LinkProps, 'to'>) => <Link {...props} to={paths.home()} />

export function TopBar() {
  const { t } = useTranslation()
  const isClusterScoped = useIsClusterScoped()
  return (
    <Masthead>
      <MastheadMain>
        <MastheadToggle>
          <PageToggleButton isHamburgerButton aria-label={t('shell.toggleNavigation')} />
        </MastheadToggle>
        <MastheadBrand>
          <MastheadLogo component={HomeLink}>
            <Brand name={t('common.product')} />
          </MastheadLogo>
        </MastheadBrand>
      </MastheadMain>
      <MastheadContent>
        <Toolbar isFullHeight isStatic>
          <ToolbarContent>
            {!isClusterScoped && (
              <ToolbarItem>
                <ProjectSelector />
              </ToolbarItem>
            )}
            <ToolbarGroup variant="action-group-plain" align={{ default: 'alignEnd' }}>
              <ToolbarItem>
                <PaletteButton />
              </ToolbarItem>
              <ToolbarItem>
                <ThemeMenu />
              </ToolbarItem>
              <ToolbarItem>
                <LanguageMenu />
              </ToolbarItem>
              <ToolbarItem>
                <HelpMenu />
              </ToolbarItem>
              <ToolbarItem>
                <UserMenu />
              </ToolbarItem>
            </ToolbarGroup>
          </ToolbarContent>
        </Toolbar>
      </MastheadContent>
    </Masthead>
  )
}
