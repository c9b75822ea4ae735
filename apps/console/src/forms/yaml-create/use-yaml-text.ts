import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import { sessionQuery, useSession } from '../../live/session.ts'
import { exampleName, exampleText, type ExampleKind } from './example.ts'
import { keepText, keptTextOf } from './kept-text.ts'

/** The page's text: the example, which follows the chosen project, until something is typed. */
export function useYamlText(namespace: string, kind: ExampleKind) {
  const { user } = useSession()
  const [name, setName] = useState(exampleName)
  const [typed, setTyped] = useState(() => keptTextOf(user.name))
  const queryClient = useQueryClient()

  const leave = useEffectEvent(() => {
    const isSignedOut = !queryClient.getQueryData(sessionQuery.queryKey)
    keepText(isSignedOut && typed !== undefined ? { user: user.name, text: typed } : undefined)
  })
  useEffect(() => () => leave(), [])

  const example = exampleText({ kind, namespace, name })
  return {
    text: typed ?? example,
    setText: setTyped,
    isChanged: typed !== undefined && typed !== example,
    startOver: () => {
      setName(exampleName())
      setTyped(undefined)
    },
  }
}
