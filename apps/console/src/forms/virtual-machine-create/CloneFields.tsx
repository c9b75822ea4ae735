import { HelperText, HelperTextItem } from '@patternfly/react-core'
import { formatBytes, RESOURCES } from '@virtdeck/kubernetes'
import type { VirtualMachineCreateValues } from '@virtdeck/kubevirt'
import { useEffect } from 'react'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { ListedField } from '../fields/ListedField.tsx'
import { useListedObjects } from '../fields/use-listed-objects.ts'
import { sizeOfClaim, useChosenClaim, type Claim } from './use-chosen-claim.ts'

const GIBIBYTE = 1024 ** 3

/** F-25: the disk to copy; the VM that uses it must be off, and the copy at least as large. */
export function CloneFields() {
  const { t } = useTranslation()
  const { watch, setValue, getValues } = useFormContext<VirtualMachineCreateValues>()
  const { namespace, claim } = watch('general.clone')
  const namespaces = useListedObjects(RESOURCES.namespaces)
  const source = useChosenClaim({ namespace, claim })
  const { bytes, runningUser, users, list, claims } = source

  // The rules of the form look at these too.
  useEffect(() => {
    setValue('general.clone.bytes', bytes)
    setValue('general.clone.usedBy', runningUser ?? '')
  }, [setValue, bytes, runningUser])

  const followClaim = (name: string) => {
    const chosen = claims.find(({ metadata }) => metadata?.name === name)
    if (chosen) setValue('storage', likeClaim(getValues('storage'), chosen))
  }
  const isEmpty = list.isComplete && list.names.length === 0
  return (
    <>
      <ListedField
        name="general.clone.namespace"
        label={t('wizard.clone.namespace')}
        isRequired
        list={namespaces}
        choices={namespaces.names.map((value) => ({ value, label: value }))}
        onChange={() => setValue('general.clone.claim', '')}
      />
      <ListedField
        name="general.clone.claim"
        label={t('wizard.clone.claim')}
        isRequired
        list={list}
        placeholder={t(isEmpty ? 'wizard.disk.noClaims' : 'wizard.clone.choose')}
        hint={t('wizard.clone.hint')}
        choices={claims.map((object) => {
          const name = object.metadata?.name ?? ''
          const size = sizeOfClaim(object)
          return { value: name, label: size ? `${name} (${formatBytes(size)})` : name }
        })}
        onChange={followClaim}
      />
      {users.length > 0 && runningUser === undefined && (
        <HelperText>
          <HelperTextItem>
            {t('wizard.clone.usedBy', { names: users.join(', ') })}
          </HelperTextItem>
        </HelperText>
      )}
    </>
  )
}

type Storage = VirtualMachineCreateValues['storage']

/** A copy starts as large as its source, in the same class and as the same kind of volume. */
function likeClaim(storage: Storage, claim: Claim): Storage {
  const bytes = sizeOfClaim(claim)
  const { spec } = claim
  const [mode] = spec?.accessModes ?? []
  const isOffered = mode === 'ReadWriteOnce' || mode === 'ReadWriteMany'
  return {
    ...storage,
    disks: storage.disks.map((disk) =>
      disk.source === 'clone'
        ? {
            ...disk,
            size:
              bytes === null ? disk.size : String(Math.ceil((bytes / GIBIBYTE) * 100) / 100),
            storageClass: spec?.storageClassName ?? '',
            accessMode: isOffered ? mode : '',
            volumeMode: spec?.volumeMode ?? '',
          }
        : disk,
    ),
  }
}
