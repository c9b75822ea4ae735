import { ClipboardCopy, Content, ExpandableSection } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'

const CREATE_TOKEN = 'kubectl create token NAME --namespace NAMESPACE'

/** Where a token comes from, for those who have none yet. */
export function TokenHelp({ hasCode }: { hasCode: boolean }) {
  const { t } = useTranslation()
  return (
    <ExpandableSection toggleText={t('login.help.title')}>
      <Content component="ul">
        {hasCode && <Content component="li">{t('login.help.code')}</Content>}
        <Content component="li">{t('login.help.kubeconfig')}</Content>
        <Content component="li">
          {t('login.help.serviceAccount')}
          <ClipboardCopy
            isReadOnly
            isCode
            hoverTip={t('common.copy')}
            clickTip={t('common.copied')}
            textAriaLabel={t('login.help.command')}
          >
            {CREATE_TOKEN}
          </ClipboardCopy>
        </Content>
      </Content>
    </ExpandableSection>
  )
}
