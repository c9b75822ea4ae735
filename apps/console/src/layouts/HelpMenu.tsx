import {
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  Flex,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
} from '@patternfly/react-core'
import { QuestionCircleIcon } from '@patternfly/react-icons'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../live/session.ts'
import { IconMenu } from '../ui/IconMenu.tsx'

const DOCUMENTATION_URL = 'https://kubevirt.io/user-guide/'

/** Files of the build. */
const LICENSES = [
  { href: '/license.txt', label: 'shell.about.license' },
  { href: '/licenses.txt', label: 'shell.about.libraries' },
] as const

export function HelpMenu() {
  const { t } = useTranslation()
  const { cluster, version } = useSession()
  const [isAboutOpen, setIsAboutOpen] = useState(false)
  const facts = [
    { term: t('shell.about.version'), value: version },
    { term: t('shell.about.cluster'), value: cluster },
  ]
  return (
    <>
      <IconMenu
        label={t('shell.help')}
        icon={<QuestionCircleIcon />}
        items={[
          {
            id: 'documentation',
            label: t('shell.documentation'),
            onSelect: () => window.open(DOCUMENTATION_URL, '_blank', 'noopener'),
          },
          { id: 'about', label: t('shell.about.title'), onSelect: () => setIsAboutOpen(true) },
        ]}
      />
      <Modal
        isOpen={isAboutOpen}
        variant="small"
        aria-labelledby="about-title"
        onClose={() => setIsAboutOpen(false)}
      >
        <ModalHeader
          labelId="about-title"
          title={t('shell.about.title')}
          description={t('shell.about.description')}
        />
        <ModalBody>
          <DescriptionList isHorizontal isCompact>
            {facts.map(({ term, value }) => (
              <DescriptionListGroup key={term}>
                <DescriptionListTerm>{term}</DescriptionListTerm>
                <DescriptionListDescription>{value}</DescriptionListDescription>
              </DescriptionListGroup>
            ))}
          </DescriptionList>
        </ModalBody>
        <ModalFooter>
          <Flex>
            {LICENSES.map(({ href, label }) => (
              <a key={href} href={href} target="_blank" rel="noreferrer">
                {t(label)}
              </a>
            ))}
          </Flex>
        </ModalFooter>
      </Modal>
    </>
  )
}
