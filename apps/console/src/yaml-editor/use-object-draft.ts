import type { KubernetesObject, ResourceRef } from '@virtdeck/kubernetes'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { showToast } from '../feedback/toasts.ts'
import { useLeaveGuard } from '../feedback/use-leave-guard.ts'
import { kubernetes } from '../live/kubernetes.ts'
import { useMutation } from '../live/use-mutation.ts'
import { fromYaml, isSameDefinition, toSave, toYaml } from './object-document.ts'

export interface EditedObject<T extends KubernetesObject> {
  resource: ResourceRef
  /** The object as the cluster has it now. */
  latest: T
  /** What else there is to know once it is saved. */
  afterSave?: (before: T, saved: T) => string | undefined
}

interface Problem {
  title: string
  detail: string
  isConflict: boolean
}

/** The three versions of an object that was changed here and elsewhere. */
export interface MergeSides<T> {
  base: T
  mine: T
  theirs: T
}

/**
 * The text of an object being edited. Until the user changes it, it follows the cluster; from then
 * on it is the user's and only Reload or a successful Save replaces it.
 */
export function useObjectDraft<T extends KubernetesObject>(edited: EditedObject<T>) {
  const { resource, latest, afterSave } = edited
  const { t } = useTranslation()
  const [loaded, setLoaded] = useState(latest)
  const [text, setText] = useState(() => toYaml(latest))
  const [unreadable, setUnreadable] = useState<Problem>()
  const [merging, setMerging] = useState<MergeSides<T>>()
  // Writing thousands of lines takes longer than a key may.
  const loadedText = useMemo(() => toYaml(loaded), [loaded])
  const isDirty = text !== loadedText

  const isSame = useMemo(() => isSameDefinition(loaded, latest), [loaded, latest])

  const load = (object: T) => {
    setLoaded(object)
    setText(toYaml(object))
    setUnreadable(undefined)
  }
  const isBehind = loaded.metadata?.resourceVersion !== latest.metadata?.resourceVersion
  if (isBehind && !isDirty && isNewer(latest, loaded)) load(latest)
  useLeaveGuard(isDirty)

  const mutation = useMutation({
    run: (changed: T) =>
      kubernetes.replace(resource, toSave({ edited: changed, loaded, latest })),
    onSuccess: (saved) => {
      const resourceVersion = saved.metadata?.resourceVersion ?? ''
      const description = afterSave?.(loaded, saved)
      load(withoutManagedFields(saved))
      showToast({
        variant: 'success',
        title: t('yamlEditor.saved', { resourceVersion }),
        description,
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

  /** The object in the text; undefined, with the problem told, if it is none. */
  const read = (): T | undefined => {
    const parsed = fromYaml(text, latest)
    if ('object' in parsed) {
      setUnreadable(undefined)
      return parsed.object
    }
    const title = t(`yamlEditor.${parsed.problem}`)
    setUnreadable({ title, detail: parsed.detail, isConflict: false })
    return undefined
  }

  return {
    text,
    setText: (changed: string) => {
      setText(changed)
      setUnreadable(undefined)
    },
    isDirty,
    /** Somebody else changed the object since the text was loaded. */
    isOutdated: isDirty && isBehind && !isSame,
    problem: unreadable ?? refused,
    isSaving: mutation.isPending,
    save: () => {
      const object = read()
      if (object) mutation.mutate(object)
    },
    /** While it is set, the user merges. */
    merging,
    beginMerge: () => {
      const mine = read()
      if (mine) setMerging({ base: loaded, mine, theirs: latest })
    },
    endMerge: (merged?: string) => {
      if (merged !== undefined && merging) {
        // The merged text is a change of what the cluster has now, not of what it had.
        setLoaded(merging.theirs)
        setText(merged)
        mutation.reset()
      }
      setMerging(undefined)
    },
    reload: () => {
      mutation.reset()
      load(latest)
    },
  }
}

/** After a save, the live object is for a moment still the one before. */
const isNewer = (a: KubernetesObject, b: KubernetesObject): boolean =>
  Number(a.metadata?.resourceVersion) > Number(b.metadata?.resourceVersion)

/** Bookkeeping of the API server, which live objects come without. */
function withoutManagedFields<T extends KubernetesObject>(object: T): T {
  const { managedFields: _, ...metadata } = object.metadata ?? {}
  return { ...object, metadata }
}
