import { RESOURCES } from '@virtdeck/kubernetes'
import {
  defaultValues,
  DeviceEditError,
  problemsOf,
  virtualMachineCreateValues,
  virtualMachineOf,
  type DeviceEdit,
  type Template,
  type VirtualMachineCreateValues,
} from '@virtdeck/kubevirt'
import { useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { confirm } from '../../feedback/confirmations.ts'
import { showToast } from '../../feedback/toasts.ts'
import { useLeaveGuard } from '../../feedback/use-leave-guard.ts'
import { kubernetes } from '../../live/kubernetes.ts'
import { useMutation } from '../../live/use-mutation.ts'
import { toFieldProblem, type FieldProblem } from '../fields/form-problems.ts'

/** The row that is open. */
interface Editing<Row> {
  index: number
  /** As it was; undefined for one that was added just now. */
  before: Row | undefined
  /** The template that the row was read from: a change to a later one is a conflict. */
  template: Template
}

interface DeviceList<Row> {
  latest: Template
  /** Where its rows are in the wizard's form. */
  path: 'storage.disks' | 'networking.nics'
  rowsOf: (template: Template) => readonly Row[]
  put: (values: VirtualMachineCreateValues, rows: Row[]) => VirtualMachineCreateValues
  rowIn: (values: VirtualMachineCreateValues, index: number) => Row | undefined
  apply: (template: Template, edit: DeviceEdit<Row>) => Template
}

/**
 * F-60: one row of a template's disks or NICs is edited in its place, with the wizard's own
 * fields, and saved when it is accepted.
 */
export function useDeviceEditing<Row extends { name: string }>(list: DeviceList<Row>) {
  const { latest, path, rowsOf, put, rowIn, apply } = list
  const { t } = useTranslation()
  const { namespace = '', name: templateName = '' } = latest.metadata ?? {}
  const form = useForm<VirtualMachineCreateValues>({ defaultValues: defaultValues(namespace) })
  const values = useWatch({ control: form.control }) as VirtualMachineCreateValues
  const [editing, setEditing] = useState<Editing<Row>>()
  const [saved, setSaved] = useState<Template>()
  const [mismatch, setMismatch] = useState<string>()

  const current = saved && isNewer(saved, latest) ? saved : latest
  const rows = rowsOf(editing?.template ?? current)
  const row = editing && rowIn(values, editing.index)
  const isChanged =
    editing !== undefined && JSON.stringify(row) !== JSON.stringify(editing.before)
  useLeaveGuard(isChanged)

  const mutation = useMutation({
    run: (changed: Template) => kubernetes.replace(RESOURCES.templates, changed),
    onSuccess: (answer) => {
      setSaved(answer)
      setEditing(undefined)
      showToast({
        variant: 'success',
        title: t('template.devices.saved', { name: templateName }),
      })
    },
  })
  const save = (template: Template, edit: DeviceEdit<Row>) => {
    if (mutation.isPending) return
    try {
      mutation.mutate(apply(template, edit))
    } catch (error) {
      if (!(error instanceof DeviceEditError)) throw error
      setMismatch(t(`template.devices.${error.code}`, { name: error.device }))
    }
  }
  const open = (shown: readonly Row[], next: Editing<Row>) => {
    const spec = virtualMachineOf(next.template)?.spec
    const filled = put(defaultValues(namespace), structuredClone([...shown]))
    // Where a preference chooses, "nothing" is its choice.
    const { kind = 'VirtualMachineClusterPreference', name = '' } = spec?.preference ?? {}
    filled.general.preference = name === '' ? '' : `${kind}/${name}`
    form.reset(filled)
    forget()
    setEditing(next)
  }
  const forget = () => {
    setMismatch(undefined)
    mutation.reset()
  }
  const editOf = (): DeviceEdit<Row> | undefined => {
    if (!editing || !row) return undefined
    const { before } = editing
    return before ? { kind: 'change', before, row } : { kind: 'add', row }
  }

  const problems = editing ? problemsOfRow(editing.index) : []
  function problemsOfRow(index: number): FieldProblem[] {
    const before = editing?.before as Record<string, unknown> | undefined
    const now = row as Record<string, unknown> | undefined
    return problemsOf(virtualMachineCreateValues, values)
      .filter((problem) => {
        if (!problem.path.startsWith(`${path}.${index}.`)) return false
        // What the template said before, such as a name with a parameter, may stay.
        const field = problem.path.split('.')[3] ?? ''
        return before === undefined || before[field] !== now?.[field]
      })
      .map((problem) => toFieldProblem(t, problem))
  }

  return {
    form,
    rows: editing && editing.before === undefined ? [...rows, row ?? rows[0]] : rows,
    /** The template whose rows are shown. */
    shown: editing?.template ?? current,
    problems,
    editing,
    isPending: mutation.isPending,
    error: mutation.error,
    /** Why the change does not go with what is in the template now. */
    mismatch,
    edit: (index: number) => {
      const before = rows[index]
      if (before) open(rows, { index, before: structuredClone(before), template: current })
    },
    add: (added: Row) =>
      open([...rows, added], { index: rows.length, before: undefined, template: current }),
    accept: () => {
      const edit = editOf()
      if (!editing || !edit) return
      if (isChanged) save(editing.template, edit)
      else setEditing(undefined)
    },
    revert: () => {
      forget()
      setEditing(undefined)
    },
    /** Makes the same change to the template as it is now. */
    saveAnyway: () => {
      const edit = editOf()
      if (edit) save(current, edit)
    },
    /** Saves a change that concerns the rows together. */
    change: (change: (template: Template) => Template) => {
      forget()
      mutation.mutate(change(current))
    },
    remove: async (index: number) => {
      const { name = '' } = rows[index] ?? {}
      const confirmed = await confirm({
        title: t('template.devices.removeTitle', { name }),
        body: t('template.devices.removeBody', { name, template: templateName }),
        confirmLabel: t('template.devices.remove'),
        danger: true,
      })
      if (!confirmed) return
      forget()
      save(current, { kind: 'remove', name })
    },
  }
}

export type DeviceEditing = ReturnType<typeof useDeviceEditing>

const versionOf = ({ metadata }: Template): number => Number(metadata?.resourceVersion ?? 0)

const isNewer = (a: Template, b: Template): boolean =>
  a.metadata?.uid === b.metadata?.uid && versionOf(a) > versionOf(b)
