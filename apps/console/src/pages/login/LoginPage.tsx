import {
  Alert,
  Bullseye,
  Card,
  CardBody,
  CardHeader,
  CardTitle,
  Flex,
  Spinner,
  Stack,
  StackItem,
} from '@patternfly/react-core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { SignInRequest } from '@virtdeck/bff-contract'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, useSearchParams } from 'react-router'
import { Brand } from '../../layouts/Brand.tsx'
import { LanguageMenu } from '../../layouts/LanguageMenu.tsx'
import { ThemeMenu } from '../../layouts/ThemeMenu.tsx'
import { sessionQuery, signIn, signInOptionsQuery } from '../../live/session.ts'
import { useMutation } from '../../live/use-mutation.ts'
import { paths } from '../../paths.ts'
import { safeNext, takeLoginCode } from './login-code.ts'
import styles from './LoginPage.module.css'
import { TokenForm } from './TokenForm.tsx'
import { TokenHelp } from './TokenHelp.tsx'

export default function LoginPage() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const [query] = useSearchParams()
  const { data: session } = useQuery(sessionQuery)
  const { data: options } = useQuery(signInOptionsQuery)
  const enter = useMutation({ run: (body: SignInRequest) => signIn(queryClient, body) })
  const { mutate, variables, isPending, error } = enter

  useEffect(() => {
    const useCode = () => {
      const code = takeLoginCode()
      if (code !== undefined) mutate({ code })
    }
    useCode()
    // Another one-time link opened in this tab changes only the fragment.
    window.addEventListener('hashchange', useCode)
    return () => window.removeEventListener('hashchange', useCode)
  }, [mutate])

  const title = t('login.title')
  useEffect(() => {
    document.title = `${title} · ${t('common.product')}`
  }, [title, t])

  const isCode = variables !== undefined && 'code' in variables
  if (session && !isPending) {
    return <Navigate to={safeNext(query.get('next'), paths.home())} replace />
  }
  return (
    <main className={styles['page']}>
      <Card className={styles['card'] ?? ''} isLarge>
        <CardHeader
          actions={{
            hasNoOffset: true,
            actions: (
              <Flex gap={{ default: 'gapNone' }}>
                <ThemeMenu />
                <LanguageMenu />
              </Flex>
            ),
          }}
        >
          <Brand name={t('common.product')} />
        </CardHeader>
        <CardTitle component="h1">
          {options ? t('login.titleCluster', { cluster: options.cluster }) : title}
        </CardTitle>
        <CardBody>
          {isCode && isPending ? (
            <Bullseye>
              <Flex>
                <Spinner size="lg" aria-hidden />
                <output>{t('login.signingIn')}</output>
              </Flex>
            </Bullseye>
          ) : (
            <Stack hasGutter>
              {query.has('next') && !error && (
                <StackItem>
                  <Alert isInline isPlain variant="info" title={t('login.next')} />
                </StackItem>
              )}
              {isCode && error && (
                <StackItem>
                  <Alert isInline variant="danger" title={t('login.codeRefused')}>
                    {error.status === 401 ? t('login.codeRefusedHint') : error.message}
                  </Alert>
                </StackItem>
              )}
              <StackItem>
                <TokenForm
                  isPending={isPending}
                  error={isCode ? null : error}
                  onSubmit={(token) => mutate({ token })}
                />
              </StackItem>
              <StackItem>
                <TokenHelp hasCode={options?.code ?? false} />
              </StackItem>
            </Stack>
          )}
        </CardBody>
      </Card>
    </main>
  )
}
