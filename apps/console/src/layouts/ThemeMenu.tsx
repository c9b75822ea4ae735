import { MoonIcon, SunIcon } from '@patternfly/react-icons'
import { useTranslation } from 'react-i18next'
import { setThemePreference, useIsDark, useThemePreference } from '../theme/theme.ts'
import { IconMenu } from '../ui/IconMenu.tsx'

export function ThemeMenu() {
  const { t } = useTranslation()
  const preference = useThemePreference()
  const isDark = useIsDark()
  return (
    <IconMenu
      label={t('shell.theme.label')}
      icon={isDark ? <MoonIcon /> : <SunIcon />}
      items={(['system', 'light', 'dark'] as const).map((id) => ({
        id,
        label: t(`shell.theme.${id}`),
        isSelected: id === preference,
        onSelect: () => setThemePreference(id),
      }))}
    />
  )
}
