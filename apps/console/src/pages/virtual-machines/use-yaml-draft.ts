import type { V1VirtualMachine } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { RESOURCES } from '@virtdeck/kubernetes'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { showToast } from '../../feedback/toasts.ts'
import { useLeaveGuard } from '../../feedback/use-leave-guard.ts'
import { kubernetes } from '../../live/kubernetes.ts'
import { useMutation } from '../../live/use-mutation.ts'
import { changesTemplate, fromYaml, isSameDefinition, toSave, toYaml } from './yaml-document.ts'

interface Problem {
  title: string
  detail: string
  isConflict: boolean
}

/**
 * The text of a VM being edited. Until the user changes it, it follows the cluster; from then
 * on it is the user's and only Reload or a successful Save replaces it.
 */
export function useYamlDraft(latest: V1VirtualMachine, isRunning: boolean) {
  const { t } = useTranslation()
  const [loaded, setLoaded] = useState(latest)
  const [text, setText] = useState(() => toYaml(latest))
  const [unreadable, setUnreadable] = useState<Problem>()
  const isDirty = text !== toYaml(loaded)

  const load = (virtualMachine: V1VirtualMachine) => {
    setLoaded(virtualMachine)
    setText(toYaml(virtualMachine))
    setUnreadable(undefined)
  }
  const isBehind = loaded.metadata?.resourceVersion !== latest.metadata?.resourceVersion
  if (isBehind && !isDirty && isNewer(latest, loaded)) load(latest)
  useLeaveGuard(isDirty)

  const mutation = useMutation({
    run: (edited: V1VirtualMachine) =>
      kubernetes.replace(RESOURCES.virtualMachines, toSave({ edited, loaded, latest })),
    onSuccess: (saved) => {
      const resourceVersion = saved.metadata?.resourceVersion ?? ''
      const needsRestart = isRunning && changesTemplate(loaded, saved)
      load(withoutManagedFields(saved))
      showToast({
        variant: 'success',
        title: t('yamlEditor.saved', { resourceVersion }),
        description: needsRestart ? t('yamlEditor.afterRestart') : undefined,
      })
    },
  })

  const { error } = mutation
  const refused: Problem | undefined = error
    ? {
        title: t(error.status === 409 ? 'yamlEditor.conflict' : 'yamlEditor.refused'),
        detail: error.status === 0 ? t('error.unreachable') : error.message,
        isConflict: error.status === 409,
      }
    : undefined

  return {
    text,
    setText: (changed: string) => {
      setText(changed)
      setUnreadable(undefined)
    },
    isDirty,
    /** Somebody else changed the VM since the text was loaded. */
    isOutdated: isDirty && isBehind && !isSameDefinition(loaded, latest),
    problem: unreadable ?? refused,
    isSaving: mutation.isPending,
    save: () => {
      const parsed = fromYaml(text, latest)
      if ('problem' in parsed) {
        const title = t(`yamlEditor.${parsed.problem}`)
        setUnreadable({ title, detail: parsed.detail, isConflict: false })
        return
      }
      setUnreadable(undefined)
      mutation.mutate(parsed.virtualMachine)
    },
    reload: () => {
      mutation.reset()
      load(latest)
    },
  }
}

/** After a save, the live object is for a moment still the one before. */
const isNewer = (a: V1VirtualMachine, b: V1VirtualMachine): boolean =>
  Number(a.metadata?.resourceVersion) > Number(b.metadata?.resourceVersion)

/** Bookkeeping of the API server, which live objects come without. */
function withoutManagedFields(virtualMachine: V1VirtualMachine): V1VirtualMachine {
  const { managedFields: _, ...metadata } = virtualMachine.metadata ?? {}
  return { ...virtualMachine, metadata }
}
