import { RESOURCES } from '@virtdeck/kubernetes'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { ListedField } from '../fields/ListedField.tsx'
import { useListedObjects } from '../fields/use-listed-objects.ts'

/** The project; the page's project selector shows the same choice. */
export function ProjectField() {
  const { t } = useTranslation()
  const namespaces = useListedObjects(RESOURCES.namespaces)
  const [, setSearch] = useSearchParams()
  return (
    <ListedField
      name="general.namespace"
      label={t('wizard.general.namespace')}
      isRequired
      list={namespaces}
      choices={namespaces.names.map((name) => ({ value: name, label: name }))}
      placeholder={t('wizard.general.chooseNamespace')}
      onChange={(namespace) =>
        setSearch(
          (before) => {
            before.set('namespace', namespace)
            return before
          },
          { replace: true },
        )
      }
    />
  )
}
