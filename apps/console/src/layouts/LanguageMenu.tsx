import { GlobeIcon } from '@patternfly/react-icons'
import { useTranslation } from 'react-i18next'
import { currentLanguage, LANGUAGES, setLanguage, type Language } from '../i18n.ts'
import { IconMenu } from '../ui/IconMenu.tsx'

export function LanguageMenu() {
  const { t } = useTranslation()
  const current = currentLanguage()
  return (
    <IconMenu
      label={t('shell.language')}
      icon={<GlobeIcon />}
      items={(Object.keys(LANGUAGES) as Language[]).map((id) => ({
        id,
        label: LANGUAGES[id],
        lang: id,
        isSelected: id === current,
        onSelect: () => void setLanguage(id),
      }))}
    />
  )
}
