import { MenuToggle, Select } from '@patternfly/react-core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router'
import { paths } from '../paths.ts'
import { ProjectMenu } from './ProjectMenu.tsx'
import styles from './TopBar.module.css'
import { rememberProject, useProject } from './use-project.ts'

/** Narrows the page to one project; the menu's content asks the cluster only once opened. */
export function ProjectSelector() {
  const { t } = useTranslation()
  const project = useProject()
  const choose = useChooseProject()
  const [isOpen, setIsOpen] = useState(false)
  useEffect(() => rememberProject(project), [project])
  return (
    <Select
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      onOpenChangeKeys={['Escape']}
      isScrollable
      className={styles['projectMenu'] ?? ''}
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          className={styles['project'] ?? ''}
          isExpanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          {t('shell.project.toggle', { project: project ?? t('shell.project.all') })}
        </MenuToggle>
      )}
    >
      {isOpen && (
        <ProjectMenu
          selected={project}
          onChoose={(chosen) => {
            setIsOpen(false)
            choose(chosen)
          }}
        />
      )}
    </Select>
  )
}

/** On a list the list changes; an object's page gives way to the list of its kind. */
function useChooseProject(): (project: string | undefined) => void {
  const { pathname } = useLocation()
  const [query] = useSearchParams()
  const { namespace: pageOf } = useParams()
  const navigate = useNavigate()
  return (project) => {
    if (pageOf !== undefined) {
      const listOf = pathname.startsWith(paths.templates())
        ? paths.templates
        : paths.virtualMachines
      void navigate(listOf({ namespace: project }))
      return
    }
    const next = new URLSearchParams(query)
    if (project === undefined) next.delete('namespace')
    else next.set('namespace', project)
    next.delete('page')
    void navigate({ pathname, search: next.toString() })
  }
}
