import { RESOURCES } from '@virtdeck/kubernetes'
import {
  editProblems,
  isChangedElsewhere,
  patchOf,
  placeOfRefusal,
  withValues,
  type EditItem,
  type PatchOperation,
  type VirtualMachine,
} from '@virtdeck/kubevirt'
import { useMemo, useState } from 'react'
import { useForm, useWatch, type DefaultValues, type FieldValues } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { toApiError, type ApiError } from '../../live/api-error.ts'
import { kubernetes } from '../../live/kubernetes.ts'
import { useMutation } from '../../live/use-mutation.ts'
import { toFieldProblem, type FieldProblem } from '../fields/form-problems.ts'

interface EditOptions<Values extends FieldValues> {
  item: EditItem<Values>
  /** As it is now, live. */
  virtualMachine: VirtualMachine
  onSaved: () => void
}

/** A VM as a refused write found it; newer than the live one until that moves on. */
interface Found {
  virtualMachine: VirtualMachine
  seenWith: string | undefined
}

const versionOf = ({ metadata }: VirtualMachine): string | undefined =>
  metadata?.resourceVersion

/**
 * The form of one item: its values, what is wrong with them, and saving them without overwriting
 * anything silently. The server tests the version that was edited; a write that only meets a newer
 * status is repeated, one that meets another edit of the same item is a conflict.
 */
export function useEdit<Values extends FieldValues>(options: EditOptions<Values>) {
  const { item, virtualMachine, onSaved } = options
  const { t } = useTranslation()
  const [base, setBase] = useState(virtualMachine)
  const [found, setFound] = useState<Found>()
  const isNewer = found !== undefined && found.seenWith === versionOf(virtualMachine)
  const latest = isNewer ? found.virtualMachine : virtualMachine

  const form = useForm<Values>({ defaultValues: item.read(base) as DefaultValues<Values> })
  const values = useWatch({ control: form.control }) as Values
  const key = JSON.stringify(values)
  const [refused, setRefused] = useState<{ key: string; error: ApiError }>()

  const problems = useMemo(
    () => editProblems(item, values).map((problem) => toFieldProblem(t, problem)),
    [item, values, t],
  )
  // Opening a form may not change a VM, also where it writes defaults out in full.
  const isUnchanged = key === JSON.stringify(item.read(base))
  const patch: PatchOperation[] =
    problems.length > 0 || isUnchanged ? [] : patchOf(base, withValues(item, base, values))
  const isConflict = isChangedElsewhere(item, base, latest)

  const saving = useMutation({
    run: async (wanted: Pick<SaveOptions<Values>, 'values' | 'latest'>) => {
      const sent = await save({ item, base, ...wanted })
      if (sent !== undefined) {
        setFound({ virtualMachine: sent, seenWith: versionOf(virtualMachine) })
      }
      return sent === undefined
    },
    onSuccess: (isSaved) => isSaved && onSaved(),
  })
  const error = refused?.key === key ? refused.error : undefined
  const causes = error?.causes ?? []
  const refusals = causes.flatMap((cause): FieldProblem[] => {
    const path = placeOfRefusal(item, cause.field)
    return path === undefined ? [] : [{ path, message: cause.message ?? '', isMissing: false }]
  })
  return {
    form,
    patch,
    problems: [...problems, ...refusals],
    isConflict,
    /** What the server said and no field can show. */
    error: error && refusals.length < Math.max(causes.length, 1) ? error : undefined,
    canSave: patch.length > 0 && !isConflict && !saving.isPending,
    isSaving: saving.isPending,
    save: () =>
      saving.mutate(
        { values, latest },
        { onError: (failure) => setRefused({ key, error: toApiError(failure) }) },
      ),
    keepMine: () => setBase(latest),
    takeTheirs: () => {
      setBase(latest)
      form.reset(item.read(latest))
    },
  }
}

interface SaveOptions<Values extends object> {
  item: EditItem<Values>
  base: VirtualMachine
  latest: VirtualMachine
  values: Values
}

const ATTEMPTS = 5

/** Resolves with the VM that somebody else has changed, or with nothing when it is saved. */
async function save<Values extends object>(
  options: SaveOptions<Values>,
): Promise<VirtualMachine | undefined> {
  const { item, base, values } = options
  const { namespace, name = '' } = base.metadata ?? {}
  const target = { namespace, name }
  let { latest } = options
  for (let attempt = 1; ; attempt += 1) {
    if (isChangedElsewhere(item, base, latest)) return latest
    const patch = patchOf(latest, withValues(item, latest, values))
    try {
      if (patch.length > 0) await kubernetes.jsonPatch(RESOURCES.virtualMachines, target, patch)
      return undefined
    } catch (failure) {
      // A test that fails is a plain 422 that does not say why.
      const { status, causes } = toApiError(failure)
      const isStale = status === 409 || (status === 422 && causes.length === 0)
      if (!isStale || attempt === ATTEMPTS) throw failure
      const now = await kubernetes.get<VirtualMachine>(RESOURCES.virtualMachines, target)
      if (versionOf(now) === versionOf(latest)) throw failure
      latest = now
    }
  }
}
