import {
  Button,
  FormHelperText,
  Grid,
  GridItem,
  HelperText,
  HelperTextItem,
  TextInput,
} from '@patternfly/react-core'
import { MinusCircleIcon, PlusCircleIcon } from '@patternfly/react-icons'
import { useTranslation } from 'react-i18next'

export interface KeyValueRow {
  key: string
  value: string
}

/** What is wrong with a row, in words. */
export interface KeyValueProblems {
  key?: string
  value?: string
}

interface KeyValueRowsProps {
  rows: readonly KeyValueRow[]
  onChange: (rows: readonly KeyValueRow[]) => void
  problemsOf: (row: KeyValueRow) => KeyValueProblems
  addLabel: string
}

/** Pairs of key and value, each on a line of its own. */
export function KeyValueRows({ rows, onChange, problemsOf, addLabel }: KeyValueRowsProps) {
  const { t } = useTranslation()
  const put = (index: number, change: Partial<KeyValueRow>) =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...change } : row)))
  return (
    <Grid hasGutter>
      {rows.map((row, index) => {
        const problems = problemsOf(row)
        const number = index + 1
        return (
          // Rows have no identity beyond their place.
          // oxlint-disable-next-line react/no-array-index-key
          <GridItem key={index} span={12}>
            <Grid hasGutter>
              <GridItem span={5}>
                <Input
                  label={t('actions.metadata.key', { number })}
                  placeholder={t('actions.metadata.keyPlaceholder')}
                  value={row.key}
                  problem={problems.key}
                  onChange={(key) => put(index, { key: key.trim() })}
                />
              </GridItem>
              <GridItem span={6}>
                <Input
                  label={t('actions.metadata.value', { number })}
                  placeholder={t('actions.metadata.valuePlaceholder')}
                  value={row.value}
                  problem={problems.value}
                  onChange={(value) => put(index, { value })}
                />
              </GridItem>
              <GridItem span={1}>
                <Button
                  variant="plain"
                  icon={<MinusCircleIcon />}
                  aria-label={t('actions.metadata.remove', { key: row.key || number })}
                  onClick={() => onChange(rows.filter((_row, at) => at !== index))}
                />
              </GridItem>
            </Grid>
          </GridItem>
        )
      })}
      <GridItem span={12}>
        <Button
          variant="link"
          isInline
          icon={<PlusCircleIcon />}
          onClick={() => onChange([...rows, { key: '', value: '' }])}
        >
          {addLabel}
        </Button>
      </GridItem>
    </Grid>
  )
}

interface InputProps {
  label: string
  placeholder: string
  value: string
  problem: string | undefined
  onChange: (value: string) => void
}

function Input({ label, placeholder, value, problem, onChange }: InputProps) {
  return (
    <>
      <TextInput
        aria-label={label}
        placeholder={placeholder}
        value={value}
        autoComplete="off"
        spellCheck={false}
        validated={problem === undefined ? 'default' : 'error'}
        onChange={(_event, next) => onChange(next)}
      />
      {problem !== undefined && (
        <FormHelperText>
          <HelperText>
            <HelperTextItem variant="error">{problem}</HelperTextItem>
          </HelperText>
        </FormHelperText>
      )}
    </>
  )
}
